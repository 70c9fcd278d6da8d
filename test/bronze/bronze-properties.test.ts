import * as fc from 'fast-check';
import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import type { BronzeReport } from '../../lambda-src/bronze/bronze';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import type { ColumnType } from '../../src/spec/column-type';
import { attributeMap, attributeName, attributeValue, numberText } from '../helpers/attribute-arbitraries';
import { StreamRecords } from '../helpers/stream-records';
import { BronzeFixture, oneColumn, pipelineOf, silverTable } from './bronze-fixture';
import { DuckDbReader, hyparquetRows, type ReadRow } from './parquet-readers';

let duckDb: DuckDbReader;
beforeAll(async () => { duckDb = await DuckDbReader.open(); });
afterAll(() => duckDb.close());

const scalar: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.constantFrom<ColumnType>(
    { kind: 'string' }, { kind: 'boolean' }, { kind: 'integer' }, { kind: 'bigint' }, { kind: 'double' }, { kind: 'date' }, { kind: 'binary' },
    { kind: 'json' }, { kind: 'timestamp', format: { kind: 'iso8601' } }, { kind: 'timestamp', format: { kind: 'epoch-seconds' } },
    { kind: 'timestamp', format: { kind: 'pattern', pattern: 'yyyy-MM-dd', timeZone: 'Europe/Berlin' } },
  ),
  fc.integer({ min: 1, max: 38 }).chain(precision => fc.nat(precision).map((scale): ColumnType => ({ kind: 'decimal', precision, scale }))),
);
const columnType: fc.Arbitrary<ColumnType> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  scalar.map((element): ColumnType => ({ kind: 'list', element })),
  scalar.map((element): ColumnType => ({ kind: 'set', element })),
  scalar.map((value): ColumnType => ({ kind: 'map', value })),
  fc.tuple(attributeName, scalar).map(([attribute, type]): ColumnType => ({ kind: 'struct', fields: { field: { attribute, type } } })),
);
const definition = fc.array(fc.tuple(attributeName, columnType), { maxLength: 5 }).map(columns => pipelineOf({
  things: silverTable('things', ['id'], {
    id: { attribute: 'Id', type: { kind: 'string' } },
    ...Object.fromEntries(columns.map(([attribute, type], index) => [`column_${index}`, { attribute, type }])),
  }),
}));
const item = fc.tuple(attributeMap, fc.oneof({ weight: 5, arbitrary: fc.string({ minLength: 1 }).map(S => ({ S })) }, attributeValue))
  .map(([attributes, id]): AttributeMap => ({ ...attributes, Id: id }));
const change = fc.record({ kind: fc.constantFrom('insert', 'modify', 'remove', 'expire'), before: item, after: item });

/** What is no stream record, or one with a part torn out. */
const damage = fc.oneof(
  { weight: 6, arbitrary: fc.constant((record: DynamoDbStreamRecord): unknown => record) },
  fc.constantFrom('eventID', 'eventName', 'eventSourceARN', 'dynamodb')
    .map(part => (record: DynamoDbStreamRecord): unknown => ({ ...record, [part]: undefined })),
  fc.tuple(fc.constantFrom('Keys', 'NewImage', 'SequenceNumber', 'ApproximateCreationDateTime'), fc.jsonValue())
    .map(([part, value]) => (record: DynamoDbStreamRecord): unknown => ({ ...record, dynamodb: { ...record.dynamodb, [part]: value } })),
  fc.jsonValue().map(value => (): unknown => value),
);

test('no record is ever lost: each is in the file with its images as they were, or among the rejected', async () => {
  const batch = fc.array(fc.tuple(change, damage), { minLength: 1, maxLength: 8 });
  await fc.assert(fc.asyncProperty(definition, batch, async (spec, changes) => {
    const stream = new StreamRecords('Things', { key: ['Id'] });
    const records = changes.map(([{ kind, before, after }, spoil]) => asJson(spoil(recordOf(stream, kind, before, after))));
    const fixture = await BronzeFixture.deployed(spec);
    const report = await fixture.ingest(...records);

    const rows = report.tables.things?.files.length ? await hyparquetRows(fixture.parquet('things')) : [];
    const taken = rows.map(row => ({ id: row._event_id, newImage: parsed(row._new_image), oldImage: parsed(row._old_image) }));
    const refused = [...fixture.rejected('things'), ...fixture.rejected('_unknown')].map(line => line.record);
    const refusedTexts = new Set(refused.map(record => JSON.stringify(record)));
    const expected = records.filter(record => !refusedTexts.has(JSON.stringify(record))) as DynamoDbStreamRecord[];
    expect(taken).toEqual(expected.map(({ eventID, dynamodb }) => ({
      id: eventID, newImage: dynamodb.NewImage ?? null, oldImage: dynamodb.OldImage ?? null,
    })));
    expect(sum(report, 'records')).toBe(taken.length);
    expect(sum(report, 'rejected')).toBe(refused.length);
    expect(taken.length + refused.length).toBe(records.length);
  }), { numRuns: 300 });
});

test('an undamaged change with a key that converts is always taken, and a value is null only with a reason', async () => {
  await fc.assert(fc.asyncProperty(columnType, fc.array(attributeValue, { minLength: 1, maxLength: 20 }), async (type, values) => {
    const stream = new StreamRecords('Things', { key: ['Id'] });
    const fixture = await BronzeFixture.deployed(oneColumn(type));
    const report = await fixture.ingest(...values.map((value, index) => stream.insert({ Id: { S: `id-${index}` }, Value: value })));

    expect(report.tables.things).toMatchObject({ records: values.length, rejected: 0 });
    const rows = await hyparquetRows(fixture.parquet('things'));
    for (const [index, row] of rows.entries()) {
      const hasReason = (parsed(row._errors) as ReadRow | null)?.value !== undefined;
      expect(row.value === null).toBe('NULL' in values[index] || hasReason);
      expect(hasReason && 'NULL' in values[index]).toBe(false);
    }
    expect(report.tables.things.conversionErrors).toBe(rows.filter(row => row._errors !== null).length);
  }), { numRuns: 200 });
});

test('a number is in its decimal column exactly, or in the errors', async () => {
  await fc.assert(fc.asyncProperty(fc.array(numberText, { minLength: 1, maxLength: 50 }), fc.nat(38), async (numbers, scale) => {
    const stream = new StreamRecords('Things', { key: ['Id'] });
    const fixture = await BronzeFixture.deployed(oneColumn({ kind: 'decimal', precision: 38, scale }));
    await fixture.ingest(...numbers.map((N, index) => stream.insert({ Id: { S: `id-${index}` }, Value: { N } })));

    const rows = await duckDb.texts(fixture.parquet('things'));
    expect(rows.map(row => row.value === null ? null : exact(row.value as string))).toEqual(numbers.map(text => {
      const value = exact(text);
      return fits(value, scale) ? value : null;
    }));
    expect(rows.map(row => row._errors === null)).toEqual(rows.map(row => row.value !== null));
  }), { numRuns: 100 });
});

function recordOf(stream: StreamRecords, kind: string, before: AttributeMap, after: AttributeMap): DynamoDbStreamRecord {
  switch (kind) {
    case 'insert': return stream.insert(after);
    case 'modify': return stream.modify(before, { ...after, Id: before.Id });
    case 'remove': return stream.remove(before);
    default: return stream.expire(before);
  }
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function parsed(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : null;
}

function sum(report: BronzeReport, count: 'records' | 'rejected'): number {
  return Object.values(report.tables).reduce((total, table) => total + table[count], 0);
}

/** The number as a fraction of a power of ten that holds all of DynamoDB's numbers, by big integers alone. */
function exact(text: string): bigint {
  const [mantissa, exponent = '0'] = text.split('E');
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction) * 10n ** BigInt(DEEPEST + Number(exponent) - fraction.length);
  return mantissa.startsWith('-') ? -magnitude : magnitude;
}

const DEEPEST = 200;

function fits(value: bigint, scale: number): boolean {
  const unit = 10n ** BigInt(DEEPEST - scale);
  const magnitude = value < 0n ? -value : value;
  return magnitude % unit === 0n && magnitude / unit < 10n ** 38n;
}
