import * as fc from 'fast-check';
import { athenaSql } from '../../lambda-src/sql/athena';
import { column, equal, item, text } from '../../lambda-src/sql/build';
import { duckDbSql } from '../../lambda-src/sql/duckdb';
import type { Query, Statement } from '../../lambda-src/sql/nodes';
import { VARCHAR } from '../../src/expression/sql-type';
import { StatementLab } from './statement-lab';
import { loadTrinoGrammar } from './trino-grammar';

/** What tears SQL open where it is put together by hand. */
const ATTACKS = [
  "'", "''", '"', '""', '`', '\\', "\\'", "'; DROP TABLE victims; --", '"; DROP TABLE victims; --', '`; DROP TABLE victims; --', "' OR '1'='1", '/* a', '*/', '-- a', '$$', '${x}', '{{x}}',
  '\u2019 OR 1=1', '\u02bc', '\uff07', 'x\ny', 'x\r\n', '\t', '?', ':a', '$1', '%', '_', 'U&\'\\0027\'', 'é', '🤦🏼‍♂️', ' ', '',
];
const hostile = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 5 }).map(parts => parts.join('')),
).filter(value => !value.includes('\0'));
const hostileName = hostile.filter(value => value.length > 0 && Buffer.byteLength(value) < 100);

const NO_BRONZE = () => ({ files: [], columns: {} });
const grammar = loadTrinoGrammar();

function athena(node: Statement | Query): string {
  return athenaSql(node, { databases: { bronze: 'b', silver: 's', gold: 'g', bookkeeping: 'k' }, location: () => 's3://lake/' });
}

/** Everything but names and texts: what a statement does. */
function shape(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`/g, quoted => quoted[0] + quoted[0]);
}

function queryOf(name: string, value: string): Query {
  return { kind: 'select', columns: [item(text(value), name)], from: { kind: 'subquery', query: { kind: 'select', columns: [item(text(value), name)] }, as: 'q' }, where: equal(column('q', name), text(value)) };
}

function statementsOf(name: string, value: string): readonly Statement[] {
  const table = { layer: 'gold', name } as const;
  return [
    { purpose: name, kind: 'create-table', table, columns: { [name]: VARCHAR, kept: VARCHAR }, partitionBy: [] },
    { purpose: name, kind: 'insert', target: table, columns: [name, 'kept'], query: { kind: 'select', columns: [item(text(value), name), item(text('kept'), 'kept')] } },
    {
      purpose: name,
      kind: 'merge',
      target: table,
      source: { kind: 'select', columns: [item(text(value), name)] },
      on: equal(column('t', name), column('s', name)),
      branches: [{ when: 'matched', and: equal(column('t', name), text(value)), then: 'update', set: [{ column: name, value: text(`${value}!`) }] }],
    },
    { purpose: name, kind: 'add-columns', table, columns: { [`${name}_more`]: VARCHAR } },
  ];
}

describe('whatever a name or a value holds', () => {
  let lab: StatementLab;
  beforeAll(async () => { lab = await StatementLab.open({ specVersion: 1, timeZone: 'UTC', tables: {}, gold: {}, dashboards: {} }); });
  afterAll(() => lab.close());

  test('a query gives the value back, under the name', async () => {
    await fc.assert(fc.asyncProperty(hostileName, hostile, async (name, value) => {
      expect(await lab.query(queryOf(name, value))).toEqual([{ [name]: value }]);
    }), { numRuns: 200, examples: ATTACKS.filter(attack => attack !== '').map(attack => [attack, attack]) });
  });

  test('the statements keep their shape in both dialects', () => {
    fc.assert(fc.property(hostileName, hostile, (name, value) => {
      const [plain, attacked] = [['name', 'value'], [name, value]].map(([n, v]) => [queryOf(n, v), ...statementsOf(n, v)]);
      for (const [index, node] of attacked.entries()) {
        expect(shape(athena(node))).toBe(shape(athena(plain[index])));
        expect(shape(duckDbSql(node, NO_BRONZE))).toBe(shape(duckDbSql(plain[index], NO_BRONZE)));
      }
    }), { numRuns: 300 });
  });

  test.each(ATTACKS.filter(attack => attack !== ''))('Trino reads one statement: %j', attack => {
    const [, insert, merge] = statementsOf(attack, attack);
    for (const node of [queryOf(attack, attack), insert, merge]) expect(grammar.validate(athena(node))).toEqual([]);
  });

  test('a table is created, filled, merged into and widened, and nothing else happens', async () => {
    await lab.rows("CREATE OR REPLACE TABLE victims AS SELECT 'safe' AS kept");
    let tables = 0;
    for (const attack of ATTACKS.filter(value => value.trim() !== '')) {
      const name = `${attack}${tables++}`;
      for (const statement of statementsOf(name, attack)) await lab.run(statement);
      const read: Query = { kind: 'select', columns: [item(column('v', name), 'value'), item(column('v', 'kept'), 'kept')], from: { kind: 'table', table: { layer: 'gold', name }, as: 'v' } };
      expect(await lab.query(read)).toEqual([{ value: `${attack}!`, kept: 'kept' }]);
    }
    expect(await lab.rows("SELECT count(*) AS tables FROM duckdb_tables() WHERE schema_name = 'gold'")).toEqual([{ tables: String(tables) }]);
    expect(await lab.rows('SELECT kept FROM victims')).toEqual([{ kept: 'safe' }]);
  });

  test('a file whose name holds quotes is read as a file', () => {
    const node: Query = { kind: 'select', columns: [item(column('b', 'a'), 'a')], from: { kind: 'bronze-run', run: { bronzeName: 'x', run: "1'; DROP" }, as: 'b' } };
    const sql = duckDbSql(node, () => ({ files: ["it's'] ); DROP TABLE victims; --.parquet"], columns: { a: VARCHAR } }));
    expect(sql).toContain("read_parquet(['it''s''] ); DROP TABLE victims; --.parquet']");
    expect(athena(node)).toContain('WHERE "run" = \'1\'\'; DROP\'');
  });
});
