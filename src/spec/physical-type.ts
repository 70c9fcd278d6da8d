import type { ColumnType } from './column-type';

/**
 * How Bronze stores a column: one of a few classes that never change for a name, so that a file of any older definition can be
 * read under the current one. Nested values and JSON are JSON text, timestamps are epoch microseconds, every integer has 64 bits.
 */
export type PhysicalType =
  | { readonly kind: 'int64' | 'double' | 'utf8' | 'boolean' | 'date' | 'binary' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number };

export function physicalTypeOf(type: ColumnType): PhysicalType {
  switch (type.kind) {
    case 'integer': case 'bigint': case 'timestamp': return { kind: 'int64' };
    case 'double': case 'boolean': case 'date': case 'binary': return { kind: type.kind };
    case 'decimal': return { kind: 'decimal', precision: type.precision, scale: type.scale };
    case 'string': case 'json': case 'list': case 'set': case 'map': case 'struct': return { kind: 'utf8' };
  }
}
