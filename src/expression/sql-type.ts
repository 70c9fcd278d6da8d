/** A type as Silver and Gold tables have it; the names are Trino's. */
export type SqlType =
  | { readonly kind: 'varchar' | 'boolean' | 'integer' | 'bigint' | 'double' | 'date' | 'timestamp' | 'varbinary' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: SqlType }
  | { readonly kind: 'map'; readonly value: SqlType }
  | { readonly kind: 'row'; readonly fields: { readonly [name: string]: SqlType } };

export const VARCHAR: SqlType = { kind: 'varchar' };
export const BOOLEAN: SqlType = { kind: 'boolean' };
export const INTEGER: SqlType = { kind: 'integer' };
export const BIGINT: SqlType = { kind: 'bigint' };
export const DOUBLE: SqlType = { kind: 'double' };
export const DATE: SqlType = { kind: 'date' };
/** Microseconds, UTC, without a time zone of its own. */
export const TIMESTAMP: SqlType = { kind: 'timestamp' };
export const VARBINARY: SqlType = { kind: 'varbinary' };

export function decimal(precision: number, scale: number): SqlType {
  return { kind: 'decimal', precision, scale };
}

/** The type as Trino writes it, for messages and documentation: `decimal(12,2)`, `array(varchar)`. */
export function typeName(type: SqlType): string {
  switch (type.kind) {
    case 'decimal': return `decimal(${type.precision},${type.scale})`;
    case 'array': return `array(${typeName(type.element)})`;
    case 'map': return `map(varchar, ${typeName(type.value)})`;
    case 'row': return `row(${Object.entries(type.fields).map(([name, field]) => `${name} ${typeName(field)}`).join(', ')})`;
    default: return type.kind;
  }
}

/** For messages: `an integer`, `a varchar`. */
export function typeWithArticle(type: SqlType): string {
  const name = typeName(type);
  return `${/^[aei]/.test(name) ? 'an' : 'a'} ${name}`;
}

export function sameType(left: SqlType, right: SqlType): boolean {
  return typeName(left) === typeName(right);
}

export function isNumeric(type: SqlType): boolean {
  return isExactNumeric(type) || type.kind === 'double';
}

export function isExactNumeric(type: SqlType): boolean {
  return type.kind === 'integer' || type.kind === 'bigint' || type.kind === 'decimal';
}

export function isNested(type: SqlType): boolean {
  return type.kind === 'array' || type.kind === 'map' || type.kind === 'row';
}
