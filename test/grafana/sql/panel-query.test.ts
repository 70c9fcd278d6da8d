import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { DASHBOARD_SESSION } from '../../../lambda-src/local/grafana/dashboard-session';
import { panelStatements, type PanelStatement, type ReaderView } from '../../../lambda-src/local/grafana/panel-statements';
import { compilePipeline } from '../../../src/spec/compile-pipeline';
import { everyPanel } from '../../helpers/every-panel';
import { LocalLake } from '../../helpers/local-lake';
import { loadTrinoGrammar } from '../../sql/trino-grammar';

/** `UPDATE_GOLDEN=1 npx jest test/grafana/sql` writes the texts anew; read the difference. */
const FOLDER = path.join(__dirname, 'golden');
const NOW = new Date('2026-03-28T20:00:00Z');

const { spec } = compilePipeline(new Stack(new App(), 'Shop'), everyPanel());
const statements = panelStatements(spec, { now: NOW });
const grammar = loadTrinoGrammar();
let lake: LocalLake;

beforeAll(async () => {
  lake = await LocalLake.open(spec);
  const order = (id: string, customer: string | null, total: string, at: string) => lake.stream('orders').insert({
    OrderID: { S: id },
    ...(customer !== null && { CustomerID: { S: customer } }),
    TotalAmount: { N: total },
    OrderDate: { S: `2026-03-${at}Z` },
    ProductIDs: { L: [{ S: 'p1' }] },
  });
  await lake.ingest(
    order('o1', 'c1', '10', '28T10:15:00'), order('o2', 'c1', '60', '28T11:15:00'), order('o3', 'c2', '30', '28T11:30:00'),
    order('o4', 'c2', '5', '27T09:00:00'), order('o5', null, '7', '27T09:30:00'),
    order('o6', 'c3', '100', '25T10:00:00'), order('o7', 'c1', '40', '23T10:00:00'), order('o8', 'c1', '1', '22T10:00:00'),
  );
  await lake.silver();
  await lake.gold();
  await lake.rows(DASHBOARD_SESSION);
}, 60_000);
afterAll(() => lake.close());

async function shown(title: string, view: Partial<ReaderView> = {}): Promise<(string | null)[][]> {
  const { sql } = panelStatements(spec, { now: NOW, ...view }).find(statement => statement.title === title)!;
  return (await lake.rows(sql)).map(row => Object.values(row));
}

test.each(named(statements))('the text of %s is its golden text', (name, { rawSql }) => {
  const file = path.join(FOLDER, `${name}.sql`);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${rawSql}\n`);
  expect(`${rawSql}\n`).toBe(readFileSync(file, 'utf8'));
});

test('no golden text is left of a panel that is no more', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(named(statements).map(([name]) => `${name}.sql`).sort());
});

test.each(named(statements))('%s, its macros put in, is Trino', (_, { sql }) => {
  expect(grammar.validate(sql).map(({ startLine, message }) => `${startLine}: ${message}`)).toEqual([]);
  expect(sql).not.toContain('$');
});

test.each<[string, (string | null)[][]]>([
  ['All metrics', [['3.0', '253.0']]],
  ['One metric', [['0'], ['253.0']]],
  ['Dial', [['3.0']]],
  ['Total and before', [['140.0'], ['112.0']]],
  ['Total and course', [['2026-03-27', '12.0'], ['2026-03-28', '100.0']]],
  ['Total alone', [['60.0']]],
  ['Total of all time', [['253.0']]],
  ['Hours and before', [['1.0'], ['5.0']]],
  ['Latest', [['2.0']]],
  ['Pie with others', [['c1', '2.0'], ['Others', '3.0']]],
  ['Pie of days', [['2026-03-28', '3.0'], ['2026-03-27', '2.0'], ['2026-03-22', '1.0'], ['2026-03-23', '1.0'], ['2026-03-25', '1.0']]],
  ['Pie of hours', [['2026-03-27 09:00:00', '2'], ['2026-03-28 11:00:00', '2'], ['2026-03-22 10:00:00', '1'], ['2026-03-23 10:00:00', '1'], ['2026-03-25 10:00:00', '1'], ['2026-03-28 10:00:00', '1']]],
  ['Bars', [['(none)', '1.0', '7.0'], ['c1', '1.0', '10.0'], ['c2', '1.0', '5.0']]],
  ['Bars of booleans', [['true', '60.0'], ['false', '52.0']]],
  ['Bars of days', [['2026-03-27', '12.0'], ['2026-03-28', '100.0']]],
  ['Bar gauge', [['c1', '111.0'], ['c3', '100.0']]],
  ['Lines', [['2026-03-27', '5.0', '7.0'], ['2026-03-28', '10.0', '60.0']]],
  ['Lines by customer', [
    ['2026-03-22', 'c1', '1.0', '1.0'], ['2026-03-23', 'c1', '1.0', '40.0'], ['2026-03-24', 'c1', '0', '0'],
    ['2026-03-25', 'c1', '0', '0'], ['2026-03-25', 'c3', '1.0', '100.0'], ['2026-03-26', 'c1', '0', '0'], ['2026-03-26', 'c3', '0', '0'],
    ['2026-03-27', '(none)', '1.0', '7.0'], ['2026-03-27', 'c1', '0', '0'], ['2026-03-27', 'c2', '1.0', '5.0'], ['2026-03-27', 'c3', '0', '0'],
    ['2026-03-28', '(none)', '0', '0'], ['2026-03-28', 'c1', '2.0', '70.0'], ['2026-03-28', 'c2', '1.0', '30.0'], ['2026-03-28', 'c3', '0', '0'],
  ]],
  // No orders in an hour, and nothing known of its customers.
  ['Hours', Array.from({ length: 36 }, (_, i) => {
    const hour = new Date(Date.UTC(2026, 2, 27, 9 + i)).toISOString().slice(0, 13).replace('T', ' ');
    const known: { readonly [hour: string]: [string, string] } = { '2026-03-27 09': ['2', '1'], '2026-03-28 10': ['1', '1'], '2026-03-28 11': ['2', '2'] };
    return [`${hour}:00:00.000000`, ...known[hour] ?? ['0', null]];
  })],
  ['Mean of rows', [['2026-03-27', '6.0'], ['2026-03-28', String(100 / 3)]]],
  ['Table', [['o4', '2026-03-27', '5.0', '[p1]'], ['o5', '2026-03-27', '7.0', '[p1]'], ['o1', '2026-03-28', '10.0', '[p1]']]],
  ['variable customer', [['c1'], ['c2'], ['c3']]],
  ['variable large', [['false'], ['true']]],
])('%s shows what the orders say', async (title, expected) => {
  const rows = await shown(title);
  expect(rows.map(row => row.map(numbered))).toEqual(expected.map(row => row.map(numbered)));
});

test('choices leave the rows that have both, and all rows where the table has no such column', async () => {
  const choices = { customer: ['c1'], large: ['true'] };
  expect((await shown('Total and before', { choices })).map(row => row.map(numbered))).toEqual([[0], [60]]);
  expect((await shown('Bar gauge', { choices })).map(row => row.map(numbered))).toEqual([['c1', 111]]);
  expect((await shown('Hours and before', { choices })).map(row => row.map(numbered))).toEqual([[1], [5]]);
});

test('every query gives something', async () => {
  for (const { title, sql } of statements) expect([title, (await lake.rows(sql)).length > 0]).toEqual([title, true]);
});

function named(all: readonly PanelStatement[]): [string, PanelStatement][] {
  return all.map(statement => [statement.title.toLowerCase().replaceAll(' ', '-'), statement]);
}

function numbered(value: string | null): string | number | null {
  return value !== null && /^\d+(\.\d+)?$/.test(value) ? Number(Number(value).toFixed(6)) : value;
}
