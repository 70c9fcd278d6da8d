import { ExecutionFailure, MalformedQueryError } from '../errors';
import { hiveType } from './hive-type';
import { tableName, trinoName, trinoTable } from './names';
import type { Reader } from './reader';
import type { Work } from './statement';
import { assertKnown, maintenanceProperties, tableProperties, trinoMap } from './table-properties';

const TRANSFORMS: ReadonlySet<string> = new Set(['year', 'month', 'day', 'hour']);

/** `[IF NOT EXISTS] t (…) [PARTITIONED BY (…)] LOCATION '…' TBLPROPERTIES ('table_type' = 'ICEBERG', …)`, and nothing else. */
export function createTable(reader: Reader, external: boolean): () => Work {
  const condition = reader.tryWords('IF', 'NOT', 'EXISTS') ? 'IF NOT EXISTS ' : '';
  const table = tableName(reader);
  const columns = reader.list(() => column(reader));
  const partitions = reader.tryWords('PARTITIONED', 'BY') ? reader.list(() => partition(reader)) : [];
  const location = reader.tryWords('LOCATION') ? reader.string() : undefined;
  const properties = reader.tryWords('TBLPROPERTIES') ? tableProperties(reader) : {};
  reader.end();
  return () => {
    const iceberg = properties.table_type?.toUpperCase() === 'ICEBERG';
    if (iceberg && external) throw new ExecutionFailure('External keyword not supported for table type ICEBERG', 'user', 1000);
    if (!iceberg) throw new ExecutionFailure('External keyword required for table type HIVE', 'user', 1000);
    if (location === undefined) {
      throw new ExecutionFailure('No location was specified for table. An S3 location must be specified', 'user', 1000);
    }
    assertKnown(properties);
    const unknown = partitions.find(({ column: name }) => !columns.some(candidate => candidate.name === name));
    if (unknown) throw new ExecutionFailure(`COLUMN_NOT_FOUND: Column '${unknown.column}' cannot be resolved`, 'user', 1100);
    const options = [
      `location = '${location}'`,
      `format = '${(properties.format ?? 'parquet').toUpperCase()}'`,
      'format_version = 2',
      'object_store_layout_enabled = true', // hashed prefixes, as Athena's own tables have them
      ...partitions.length > 0 ? [`partitioning = ARRAY[${partitions.map(({ trino }) => `'${trino}'`).join(', ')}]`] : [],
      ...Object.keys(maintenanceProperties(properties)).length > 0 ? [`extra_properties = ${trinoMap(maintenanceProperties(properties))}`] : [],
    ];
    const definitions = columns.map(({ name, type }) => `${trinoName(name)} ${type}`).join(', ');
    return { kind: 'run', sql: [`CREATE TABLE ${condition}${trinoTable(table)} (${definitions}) WITH (${options.join(', ')})`] };
  };
}

/** `name type [COMMENT '…']`; Athena knows no NOT NULL here. */
export function column(reader: Reader): { readonly name: string; readonly type: string } {
  const name = reader.name();
  const type = hiveType(reader);
  if (reader.tryWords('COMMENT')) reader.string();
  return { name, type };
}

/** A bare column or a transform of one. Quotes would become part of the name; a type makes it Hive's clause. */
function partition(reader: Reader): { readonly column: string; readonly trino: string } {
  const first = bareName(reader);
  if (!reader.trySymbol('(')) {
    const next = reader.peek()?.text;
    if (next !== ',' && next !== ')') throw new MalformedQueryError('Invalid PARTITIONED BY clause in Iceberg create table statement');
    return { column: first, trino: first };
  }
  const transform = first.toLowerCase();
  if (transform === 'bucket' || transform === 'truncate') {
    const size = reader.number();
    reader.symbol(',');
    const name = bareName(reader);
    reader.symbol(')');
    return { column: name, trino: `${transform}(${name}, ${size})` }; // the other way round than Athena
  }
  if (!TRANSFORMS.has(transform)) throw new MalformedQueryError(`mismatched input '${first}' expecting a partition transform`);
  const name = bareName(reader);
  reader.symbol(')');
  return { column: name, trino: `${transform}(${name})` };
}

function bareName(reader: Reader): string {
  const token = reader.take();
  if (token.kind !== 'word') throw new MalformedQueryError(`mismatched input '${token.text}': PARTITIONED BY takes bare names`);
  return token.text;
}
