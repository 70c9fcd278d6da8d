import { BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, TIMESTAMP, VARBINARY, VARCHAR, decimal, type SqlType } from '../../src/expression/sql-type';
import type { PartitionSpec } from '../../src/spec/pipeline-spec';
import type { TableDescription } from '../ports/query-engine';

/** What is read of a `*.metadata.json`; the format is the Iceberg table specification's, versions 1 and 2. */
interface IcebergMetadata {
  readonly 'table-uuid': string;
  readonly 'current-schema-id'?: number;
  readonly 'schemas'?: readonly (IcebergStruct & { readonly 'schema-id'?: number })[];
  readonly 'schema'?: IcebergStruct;
  readonly 'default-spec-id'?: number;
  readonly 'partition-specs'?: readonly IcebergPartitionSpec[];
  readonly 'current-snapshot-id'?: number | null;
  /** Grows with every commit of rows; only version 1 has none. */
  readonly 'last-sequence-number'?: number;
  readonly 'snapshots'?: readonly { readonly 'snapshot-id': number; readonly 'summary'?: { readonly [name: string]: string } }[];
}

interface IcebergStruct {
  readonly fields: readonly { readonly id?: number; readonly name: string; readonly type: IcebergType }[];
}

interface IcebergPartitionSpec {
  readonly 'spec-id'?: number;
  readonly 'fields': readonly { readonly 'source-id': number; readonly 'transform': string }[];
}

type IcebergType = string
  | ({ readonly type: 'struct' } & IcebergStruct)
  | { readonly type: 'list'; readonly element: IcebergType }
  | { readonly type: 'map'; readonly key: IcebergType; readonly value: IcebergType };

const PRIMITIVES: { readonly [iceberg: string]: SqlType } = {
  string: VARCHAR, int: INTEGER, long: BIGINT, double: DOUBLE, date: DATE, timestamp: TIMESTAMP, binary: VARBINARY, boolean: BOOLEAN,
};

export class UnknownColumnTypeError extends Error {
  public readonly name = 'UnknownColumnTypeError';
}

export function describeIceberg(metadata: IcebergMetadata): TableDescription {
  const schema = metadata.schemas?.find(one => one['schema-id'] === metadata['current-schema-id']) ?? metadata.schema;
  if (!schema) throw new Error(`table ${metadata['table-uuid']}: its metadata has no schema ${metadata['current-schema-id']}`);
  return {
    uuid: metadata['table-uuid'],
    columns: columnsOf(schema, ''),
    totalBytes: totalBytes(metadata),
    version: version(metadata),
    ...partitioning(metadata, schema),
  };
}

function columnsOf(struct: IcebergStruct, path: string): { readonly [name: string]: SqlType } {
  return Object.fromEntries(struct.fields.map(({ name, type }) => [name, sqlType(type, path + name)]));
}

function sqlType(type: IcebergType, path: string): SqlType {
  if (typeof type === 'string') return primitive(type, path);
  switch (type.type) {
    case 'list': return { kind: 'array', element: sqlType(type.element, `${path}.element`) };
    case 'struct': return { kind: 'row', fields: columnsOf(type, `${path}.`) };
    case 'map':
      if (type.key !== 'string') throw unknown(`map with ${JSON.stringify(type.key)} keys`, path);
      return { kind: 'map', value: sqlType(type.value, `${path}.value`) };
  }
}

/** Of the default spec, by which new rows are written. A field that has been taken out again stays in it as `void`. */
function partitioning(metadata: IcebergMetadata, schema: IcebergStruct): Pick<TableDescription, 'partitionBy'> {
  const spec = metadata['partition-specs']?.find(one => one['spec-id'] === metadata['default-spec-id']);
  if (!spec) return {};
  const names = new Map(schema.fields.map(({ id, name }) => [id, name]));
  const fields = spec.fields.filter(({ transform }) => transform !== 'void');
  return { partitionBy: fields.map(field => partitionOf(field.transform, names.get(field['source-id']) ?? `field ${field['source-id']}`)) };
}

function partitionOf(transform: string, column: string): PartitionSpec {
  const buckets = /^bucket\[(\d+)\]$/.exec(transform)?.[1];
  if (buckets !== undefined) return { transform: 'bucket', column, buckets: Number(buckets) };
  if (isPlainTransform(transform)) return { transform, column };
  throw new UnknownColumnTypeError(`column ${column} is partitioned by ${transform}, which this pipeline never does: `
    + 'another program has changed the table; drop it and deploy again');
}

function isPlainTransform(transform: string): transform is Exclude<PartitionSpec['transform'], 'bucket'> {
  return ['identity', 'year', 'month', 'day', 'hour'].includes(transform);
}

function primitive(type: string, path: string): SqlType {
  const [, precision, scale] = /^decimal\((\d+),\s*(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined) return decimal(Number(precision), Number(scale));
  if (Object.hasOwn(PRIMITIVES, type)) return PRIMITIVES[type];
  throw unknown(type, path);
}

function unknown(type: string, path: string): UnknownColumnTypeError {
  return new UnknownColumnTypeError(`column ${path} has the Iceberg type ${type}, which this pipeline never creates: `
    + 'another program has changed the table; remove the column, or drop the table and deploy again');
}

/** Both: a table can also be set back to a snapshot that it has had before. */
function version(metadata: IcebergMetadata): string | undefined {
  const snapshot = metadata['current-snapshot-id'] ?? -1;
  return snapshot === -1 ? undefined : `${metadata['last-sequence-number'] ?? 0}/${snapshot}`;
}

function totalBytes(metadata: IcebergMetadata): number {
  // Snapshot ids exceed what a double holds, but both sides are rounded alike.
  const current = metadata.snapshots?.find(snapshot => snapshot['snapshot-id'] === metadata['current-snapshot-id']);
  return Number(current?.summary?.['total-files-size'] ?? 0);
}
