import { describeIceberg, UnknownColumnTypeError } from '../../lambda-src/aws/iceberg-metadata';
import { typeName } from '../../src/expression/sql-type';

const schema = { 'schema-id': 0, 'fields': [{ name: 'id', type: 'string' }] };

test.each([
  ['string', 'varchar'], ['int', 'integer'], ['long', 'bigint'], ['double', 'double'], ['boolean', 'boolean'], ['date', 'date'],
  ['timestamp', 'timestamp'], ['binary', 'varbinary'], ['decimal(38,10)', 'decimal(38,10)'],
  [{ type: 'list', element: 'string' } as const, 'array(varchar)'],
  [{ type: 'map', key: 'string', value: 'long' } as const, 'map(varchar, bigint)'],
  [{ type: 'struct', fields: [{ name: 'city', type: { type: 'list', element: 'int' } }] } as const, 'row(city array(integer))'],
])('Iceberg %j is %s', (type, expected) => {
  const { columns } = describeIceberg({ 'table-uuid': 'u', 'current-schema-id': 0, 'schemas': [{ 'schema-id': 0, 'fields': [{ name: 'c', type }] }] });
  expect(typeName(columns.c)).toBe(expected);
});

test.each(['uuid', 'timestamptz', 'float', 'constructor'])('a column of type %s, which the pipeline never makes, is refused by name', type => {
  const nested = { type: 'struct', fields: [{ name: 'inner', type }] } as const;
  const metadata = { 'table-uuid': 'u', 'current-schema-id': 0, 'schemas': [{ 'schema-id': 0, 'fields': [{ name: 'outer', type: nested }] }] };
  expect(() => describeIceberg(metadata)).toThrow(UnknownColumnTypeError);
  expect(() => describeIceberg(metadata)).toThrow(`column outer.inner has the Iceberg type ${type}`);
});

test.each([[null], [-1], [undefined]])('a table without a snapshot (%s) is empty', current => {
  expect(describeIceberg({ 'table-uuid': 'u', 'current-schema-id': 0, 'schemas': [schema], 'snapshots': [], 'current-snapshot-id': current }).totalBytes)
    .toBe(0);
});

test('the size is that of the current snapshot, not of the last in the list', () => {
  const snapshots = [
    { 'snapshot-id': 1, 'summary': { 'total-files-size': '10' } },
    { 'snapshot-id': 2, 'summary': { 'total-files-size': '20' } },
  ];
  expect(describeIceberg({ 'table-uuid': 'u', 'current-schema-id': 0, 'schemas': [schema], snapshots, 'current-snapshot-id': 1 }).totalBytes).toBe(10);
});

test('the version is another one after every commit, and none before the first', () => {
  const metadata = { 'table-uuid': 'u', 'current-schema-id': 0, 'schemas': [schema] };
  const versions = [
    describeIceberg({ ...metadata, 'last-sequence-number': 7, 'current-snapshot-id': 1 }),
    describeIceberg({ ...metadata, 'last-sequence-number': 8, 'current-snapshot-id': 2 }),
    describeIceberg({ ...metadata, 'last-sequence-number': 8, 'current-snapshot-id': 1 }),
  ].map(({ version }) => version);
  expect(new Set(versions).size).toBe(3);
  expect(describeIceberg({ ...metadata, 'last-sequence-number': 0, 'current-snapshot-id': -1 }).version).toBeUndefined();
});

test('partitions are those of the default spec, by the names that the columns have now', () => {
  const fields = [{ id: 1, name: 'id', type: 'string' }, { id: 2, name: 'at', type: 'timestamp' }];
  const field = (source: number, transform: string) => ({ 'source-id': source, transform });
  const metadata = {
    'table-uuid': 'u',
    'current-schema-id': 0,
    'schemas': [{ 'schema-id': 0, fields }],
    'default-spec-id': 1,
    'partition-specs': [
      { 'spec-id': 0, 'fields': [] },
      { 'spec-id': 1, 'fields': [field(2, 'month'), field(1, 'bucket[16]'), field(1, 'void'), field(1, 'identity')] },
    ],
  };
  expect(describeIceberg(metadata).partitionBy).toEqual([
    { transform: 'month', column: 'at' }, { transform: 'bucket', column: 'id', buckets: 16 }, { transform: 'identity', column: 'id' },
  ]);
  expect(() => describeIceberg({ ...metadata, 'partition-specs': [{ 'spec-id': 1, 'fields': [field(1, 'truncate[4]')] }] }))
    .toThrow('column id is partitioned by truncate[4], which this pipeline never does');
});

test('a table of format version 1 has one schema only', () => {
  expect(describeIceberg({ 'table-uuid': 'u', schema }).columns).toEqual({ id: { kind: 'varchar' } });
});
