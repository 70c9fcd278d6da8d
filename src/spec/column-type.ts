/** How a timestamp stands in an item. */
export type TimestampFormatSpec =
  | { readonly kind: 'iso8601' | 'epoch-seconds' | 'epoch-milliseconds' }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly timeZone: string };

/** A declared column's type, as a user says it; `sqlTypeOf` says what it becomes in Silver. */
export type ColumnType =
  | { readonly kind: 'string' | 'boolean' | 'integer' | 'bigint' | 'double' | 'date' | 'binary' | 'json' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'timestamp'; readonly format: TimestampFormatSpec }
  | { readonly kind: 'list' | 'set'; readonly element: ColumnType }
  | { readonly kind: 'map'; readonly value: ColumnType }
  | { readonly kind: 'struct'; readonly fields: { readonly [name: string]: ColumnSpec } };

/** A column of a Silver table, or a field of a struct. */
export interface ColumnSpec {
  /** The item's attribute that it is read from. */
  readonly attribute: string;
  readonly type: ColumnType;
}
