import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { athenaSql } from '../../lambda-src/sql/athena';
import { duckDbSql } from '../../lambda-src/sql/duckdb';
import type { Query, Statement } from '../../lambda-src/sql/nodes';
import { bronzeColumns } from '../../src/spec/bronze-columns';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { everyTypeShop } from './every-type-shop';
import { everyStatement } from './statements';
import { loadTrinoGrammar } from './trino-grammar';

/** `UPDATE_GOLDEN=1 npx jest test/sql/golden` writes the texts anew; read the difference. */
const FOLDER = path.join(__dirname, 'golden');
const MAX_STATEMENT = 262_144;

const spec = everyTypeShop();
const statements = Object.entries(everyStatement(spec));
const grammar = loadTrinoGrammar();

function athena(node: Statement | Query): string {
  return athenaSql(node, {
    databases: { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' },
    location: ({ layer, name }) => `s3://shop-lake/${layer}/${name}/`,
  });
}

function duckDb(node: Statement | Query): string {
  return duckDbSql(node, ({ bronzeName, run }) => ({ files: [`lake/${bronzeName}/${run}.parquet`], columns: bronzeColumns(tableOf(spec, bronzeName)) }));
}

describe.each([['athena', athena], ['duckdb', duckDb]] as const)('the text for %s', (dialect, compile) => {
  test.each(statements)('%s is its golden text', (name, node) => {
    const file = path.join(FOLDER, `${name}.${dialect}.sql`);
    const text = `${compile(node)}\n`;
    if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});

test('no golden text is left of a statement that is no more', () => {
  const expected = statements.flatMap(([name]) => [`${name}.athena.sql`, `${name}.duckdb.sql`]);
  expect(readdirSync(FOLDER).sort()).toEqual(expected.sort());
});

describe('Athena takes', () => {
  const isDdl = (node: Statement | Query): boolean => ['create-table', 'add-columns', 'widen-column', 'set-properties'].includes(node.kind);
  const isUpkeep = (node: Statement | Query): boolean => node.kind === 'optimize' || node.kind === 'vacuum';
  const bare = (sql: string): string => sql.replace(/'(?:[^']|'')*'/g, "''");

  test.each(statements.filter(([, node]) => !isDdl(node) && !isUpkeep(node)))('%s: it is Trino, with its names in double quotes', (_, node) => {
    const sql = athena(node);
    expect(grammar.validate(sql).map(({ startLine, message }) => `${startLine}: ${message}`)).toEqual([]);
    expect(bare(sql)).not.toContain('`');
  });

  test.each(statements.filter(([, node]) => isDdl(node)))('%s: names stand in backticks, and bare where they partition', (_, node) => {
    const sql = athena(node);
    expect(bare(sql)).not.toContain('"');
    expect(/PARTITIONED BY \(([^)`]|\([^)`]*\))*\)/.test(sql)).toBe(sql.includes('PARTITIONED BY'));
    expect(sql).not.toMatch(/timestamp\(|varchar|varbinary|\brow\(|NOT NULL/);
  });

  test.each(statements.filter(([, node]) => isUpkeep(node)))('%s: names stand bare', (_, node) => {
    expect(bare(athena(node))).not.toMatch(/["`]/);
  });

  test.each(statements)('%s: no number is a double by accident, and it is no longer than allowed', (_, node) => {
    const sql = athena(node);
    expect(bare(sql).replace(/"(?:[^"]|"")*"/g, '""')).not.toMatch(/\d\.\d/);
    expect(sql.length).toBeLessThan(MAX_STATEMENT);
    expect(sql).not.toMatch(/IS NOT DISTINCT FROM|;\s*$/);
  });
});

function tableOf({ tables }: PipelineSpec, bronzeName: string) {
  return Object.values(tables).find(table => table.bronzeName === bronzeName)!;
}
