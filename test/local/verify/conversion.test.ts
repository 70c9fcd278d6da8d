import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as fc from 'fast-check';
import type { AttributeMap, AttributeValue } from '../../../lambda-src/bronze/attribute-value';
import { converterOf } from '../../../lambda-src/bronze/convert/converter';
import { Misfit } from '../../../lambda-src/bronze/convert/misfit';
import { generateValue } from '../../../lambda-src/local/generate-value';
import { name } from '../../../lambda-src/local/quote';
import { Random } from '../../../lambda-src/local/random';
import { readRows, SESSION } from '../../../lambda-src/local/read-rows';
import { converted } from '../../../lambda-src/local/verify/conversion';
import { loadItems } from '../../../lambda-src/local/verify/source-tables';
import type { ColumnType } from '../../../src/spec/column-type';
import { attributeValue, numberText } from '../../helpers/attribute-arbitraries';
import { EVERY_TYPE } from '../every-type';

const NOW = new Date('2026-03-29T01:30:00Z');
const TRICKY: readonly AttributeValue[] = [
  { NULL: true }, { S: '' }, { S: '007' }, { N: '1.5' }, { N: '1.50' }, { N: '1E2' }, { N: '1.005' }, { N: '-0' }, { N: '2147483648' }, { S: '+5' },
  { N: '9223372036854775808' }, { N: '12345678901.5' }, { S: 'NaN' }, { S: 'Infinity' }, { S: '1e400' }, { S: ' 1' }, { S: '2026-02-29' }, { S: '2024-02-29' },
  { S: '0000-01-01' }, { S: '0001-01-01' }, { S: '2026-1-1' }, { S: '2026-01-31T24:00:00' }, { S: '2026-01-31 10:00' }, { S: '2026-01-31T10:00:00,5Z' },
  { S: '2026-01-31T10:00:00.123456789' }, { S: '2026-01-31T10:00:00.123456000+05:30' }, { S: '2026-01-31T10:00:00-0330' }, { S: '2026-01-31T10:00:00Z' },
  { S: '25.10.2026 02:30:00.000' }, { S: '29.03.2026 02:30:00.000' }, { S: '31.01.2026 10:00:00.123' }, { S: '1.1.2026 10:00:00.000' },
  { N: '253402300799' }, { N: '253402300800' }, { N: '-62135596801' }, { N: '1767225600.1234567' }, { N: '1767225600.5' }, { B: '' }, { BOOL: false },
  { L: [] }, { L: [{ NULL: true }] }, { SS: ['b', 'a'] }, { NS: ['2', '1.5'] }, { M: {} }, { L: [{ L: [{ N: '1' }, { NULL: true }] }, { L: [] }] },
  { M: { 'Street/~"Name': { S: 'x' }, 'Since': { S: '2026-01-01' }, 'Notes': { M: { a: { N: '1.0' } } } } }, { M: { Since: { S: 'never' } } },
];

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(SESSION);
});
afterAll(() => connection.closeSync());

describe('the verification converts with the engine\'s casts', () => {
  test.each(Object.entries(EVERY_TYPE))('and takes for %s what Bronze takes, and nothing else', async (column, type) => {
    const values = valuesFor(type);
    const converts = converterOf(type);
    const items = values.map((value, index): AttributeMap => ({ Value: value, Index: { N: String(index) } }));
    const columns = { index: { attribute: 'Index', type: { kind: 'integer' as const } }, value: { attribute: 'Value', type } };
    await loadItems(connection, column, { ...TABLE, columns }, items);
    const rows = await readRows(connection, `SELECT ${converted({ kind: 'integer' }, name('index'))} AS i, (${converted(type, name('value'))}) IS NULL AS empty FROM ${name(column)} ORDER BY i`);

    expect(rows.map(({ empty }, index) => ({ value: values[index], taken: empty === 'false' })))
      .toEqual(values.map(value => ({ value, taken: isTaken(converts(value)) })));
    expect(rows.some(({ empty }) => empty === 'false')).toBe(true);
  });
});

const TABLE = { definitionHash: '', bronzeName: 't', key: ['index'], ttlDeletes: 'remove' as const, partitionBy: [], enrichments: [], expectations: {} };

function isTaken(value: unknown): boolean {
  return value !== null && !(value instanceof Misfit);
}

function valuesFor(type: ColumnType): AttributeValue[] {
  const random = new Random(7);
  return [
    ...TRICKY,
    ...Array.from({ length: 50 }, () => generateValue(type, random, NOW)),
    ...fc.sample(attributeValue, { seed: 7, numRuns: 100 }),
    ...fc.sample(numberText, { seed: 7, numRuns: 100 }).map(N => ({ N })),
  ].filter(isReadable);
}

/** Half a character has no UTF-8 form, so it cannot be in an item, nor in the engine. */
function isReadable(value: AttributeValue): boolean {
  return !/\\ud[89a-f]|\p{Surrogate}|\\u0000/iu.test(JSON.stringify(value));
}
