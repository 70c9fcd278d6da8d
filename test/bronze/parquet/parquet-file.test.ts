import * as fc from 'fast-check';
import { wasmMemory } from 'parquet-wasm/node';
import { decimalText } from '../../../lambda-src/bronze/convert/exact-number';
import { StorageTypeError } from '../../../lambda-src/bronze/parquet/column-data';
import { parquetFile, type ParquetColumn } from '../../../lambda-src/bronze/parquet/parquet-file';
import { BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, VARBINARY, VARCHAR, decimal, type SqlType } from '../../../src/expression/sql-type';
import { DuckDbReader, hyparquetRows } from '../parquet-readers';

let duckDb: DuckDbReader;
beforeAll(async () => { duckDb = await DuckDbReader.open(); });
afterAll(() => duckDb.close());

function column(type: SqlType, values: ParquetColumn['values'], content: ParquetColumn['content'] = 'repeating'): ParquetColumn {
  return { name: 'value', type, content, values };
}

function write(...columns: ParquetColumn[]): Uint8Array {
  return parquetFile(columns, new Map());
}

/** Type, values, their text in DuckDB, their value in hyparquet; every column has a null in it too. */
const CASES: [SqlType, string, ParquetColumn['values'], string[], unknown[]][] = [
  [BIGINT, 'BIGINT', [0n, 2n ** 63n - 1n, -(2n ** 63n)], ['0', '9223372036854775807', '-9223372036854775808'], [0n, 2n ** 63n - 1n, -(2n ** 63n)]],
  [DOUBLE, 'DOUBLE', [0.1, -1e-130, 1.7976931348623157e308], ['0.1', '-1e-130', '1.7976931348623157e+308'], [0.1, -1e-130, 1.7976931348623157e308]],
  [BOOLEAN, 'BOOLEAN', [true, false, true], ['true', 'false', 'true'], [true, false, true]],
  [DATE, 'DATE', [0, -719162, 2932896], ['1970-01-01', '0001-01-01', '9999-12-31'],
    [new Date('1970-01-01'), new Date('0001-01-01'), new Date('9999-12-31')]],
  [VARCHAR, 'VARCHAR', ['', 'plain', 'Grüße 🎉\u0000'], ['', 'plain', 'Grüße 🎉\u0000'], ['', 'plain', 'Grüße 🎉\u0000']],
  [VARBINARY, 'BLOB', [new Uint8Array([]), new Uint8Array([97]), new Uint8Array([0, 255])], ['', 'a', '\\x00\\xFF'],
    [new Uint8Array([]), new Uint8Array([97]), new Uint8Array([0, 255])]],
  [decimal(4, 2), 'DECIMAL(4,2)', [0n, 9999n, -9999n], ['0.00', '99.99', '-99.99'], [0, 99.99, -99.99]],
  [decimal(9, 0), 'DECIMAL(9,0)', [1n, 999999999n, -999999999n], ['1', '999999999', '-999999999'], [1, 999999999, -999999999]],
  [decimal(18, 3), 'DECIMAL(18,3)', [1n, 10n ** 18n - 1n, -1n], ['0.001', '999999999999999.999', '-0.001'], [0.001, 1e15, -0.001]],
  [decimal(38, 10), 'DECIMAL(38,10)', [1n, 10n ** 38n - 1n, -(10n ** 38n) + 1n],
    ['0.0000000001', '9999999999999999999999999999.9999999999', '-9999999999999999999999999999.9999999999'], [1e-10, 1e28, -1e28]],
];

test.each(CASES)('%j is %s, read alike by two readers', async (type, duckDbType, values, texts, second) => {
  const withNull = [values[0], null, ...values.slice(1)];
  for (const content of ['repeating', 'distinct', 'opaque'] as const) {
    const file = write(column(type, withNull, content));
    expect(await duckDb.types(file)).toEqual({ value: duckDbType });
    expect((await duckDb.texts(file)).map(row => row.value)).toEqual([texts[0], null, ...texts.slice(1)]);
    const rows = (await hyparquetRows(file)).map(row => row.value);
    expect(rows.map(value => typeof value === 'number' ? Number(value.toPrecision(15)) : value))
      .toEqual([second[0], null, ...second.slice(1)].map(value => typeof value === 'number' ? Number(value.toPrecision(15)) : value));
  }
});

test.each(CASES)('a column of %j may hold nothing but nulls', async type => {
  const file = write(column(type, [null, null, null]));
  expect((await duckDb.texts(file)).map(row => row.value)).toEqual([null, null, null]);
  expect((await hyparquetRows(file)).map(row => row.value)).toEqual([null, null, null]);
});

test('a type that Bronze never stores is refused', () => {
  expect(() => write(column(INTEGER, [1n]))).toThrow(StorageTypeError);
});

test('decimals of any width come back digit for digit', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 38 }).chain(precision => fc.record({
    precision: fc.constant(precision),
    scale: fc.nat(precision),
    values: fc.array(unscaledOf(precision), { minLength: 1, maxLength: 50 }),
  })), async ({ precision, scale, values }) => {
    const rows = await duckDb.texts(write(column(decimal(precision, scale), values)));
    expect(rows.map(row => unpadded(row.value as string))).toEqual(values.map(value => unpadded(decimalText(value, scale))));
  }), { numRuns: 60 });
});

test('texts come back character for character, in either reader', async () => {
  const manyTexts = fc.array(fc.option(fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 100 });
  await fc.assert(fc.asyncProperty(manyTexts, async values => {
    const file = write(column(VARCHAR, values, 'opaque'));
    expect((await hyparquetRows(file)).map(row => row.value)).toEqual(values);
    expect((await duckDb.texts(file)).map(row => row.value)).toEqual(values);
  }), { numRuns: 60 });
});

test('a long column spans bytes of the null bitmap and pages of the file', async () => {
  const values = Array.from({ length: 30_001 }, (_, index) => index % 3 === 0 ? null : BigInt(index));
  const rows = await hyparquetRows(write(column(BIGINT, values)));
  expect(rows.map(row => row.value)).toEqual(values);
});

test('writing many files leaves no memory behind', () => {
  const values = Array.from({ length: 2000 }, (_, index) => `${'x'.repeat(200)}${index}`);
  const sizes = Array.from({ length: 60 }, () => {
    write(column(VARCHAR, values, 'opaque'));
    return wasmBytes();
  });
  expect(sizes.at(-1)).toBe(sizes[5]);
});

function unscaledOf(precision: number): fc.Arbitrary<bigint> {
  const limit = 10n ** BigInt(precision) - 1n;
  return fc.bigInt({ min: -limit, max: limit });
}

function wasmBytes(): number {
  return (wasmMemory() as { readonly buffer: ArrayBuffer }).buffer.byteLength;
}

/** DuckDB leaves out the zero before the point when all digits are behind it. */
function unpadded(text: string): string {
  return text.replace(/^(-?)0\./, '$1.');
}
