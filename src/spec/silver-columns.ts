import { BOOLEAN, BIGINT, DATE, DOUBLE, INTEGER, TIMESTAMP, VARBINARY, VARCHAR, decimal, type SqlType } from '../expression/sql-type';
import type { ColumnType } from './column-type';
import type { Named, PipelineSpec } from './pipeline-spec';

/** The Silver type of a declared column. A set is an array, JSON is text. */
export function sqlTypeOf(type: ColumnType): SqlType {
  switch (type.kind) {
    case 'string': case 'json': return VARCHAR;
    case 'boolean': return BOOLEAN;
    case 'integer': return INTEGER;
    case 'bigint': return BIGINT;
    case 'double': return DOUBLE;
    case 'date': return DATE;
    case 'binary': return VARBINARY;
    case 'timestamp': return TIMESTAMP;
    case 'decimal': return decimal(type.precision, type.scale);
    case 'list': case 'set': return { kind: 'array', element: sqlTypeOf(type.element) };
    case 'map': return { kind: 'map', value: sqlTypeOf(type.value) };
    case 'struct': return { kind: 'row', fields: mapValues(type.fields, field => sqlTypeOf(field.type)) };
  }
}

/** A Silver table's own columns, typed, without what enrichments and the system add. */
export function ownColumns(spec: PipelineSpec, table: string): Named<SqlType> {
  return mapValues(spec.tables[table].columns, column => sqlTypeOf(column.type));
}

/** The columns that enrichments add, typed through chains of enrichments. */
export function enrichedColumns(spec: PipelineSpec, table: string): Named<SqlType> {
  const columns: { [name: string]: SqlType } = {};
  for (const enrichment of spec.tables[table].enrichments) {
    const joined = dataColumns(spec, enrichment.table);
    for (const [name, from] of Object.entries(enrichment.columns)) columns[name] = joined[from];
  }
  return columns;
}

/** Own and enriched columns: what a Gold expression may name. */
export function dataColumns(spec: PipelineSpec, table: string): Named<SqlType> {
  return { ...ownColumns(spec, table), ...enrichedColumns(spec, table) };
}

export function mapValues<A, B>(record: Named<A>, change: (value: A, name: string) => B): Named<B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
