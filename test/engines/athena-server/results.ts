import type { TrinoColumn, TrinoResult, TrinoValue, TypeSignature } from './trino';

export interface ResultSet {
  readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
  readonly ResultSetMetadata: { readonly ColumnInfo: readonly ColumnInfo[] };
}

export interface ColumnInfo {
  readonly Name: string;
  readonly Type: string;
  readonly Precision: number;
  readonly Scale: number;
}

/** All rows as GetQueryResults has them; every value is text. */
export function resultRows({ columns, rows }: TrinoResult, header: 'header' | 'no-header'): ResultSet['Rows'] {
  const names = header === 'header' ? [{ Data: columns.map(({ name }) => ({ VarCharValue: name })) }] : [];
  return [...names, ...rows.map(row => ({
    Data: row.map((value, index) => value === null ? {} : { VarCharValue: asText(value, columns[index].typeSignature) }),
  }))];
}

export function columnInfo(columns: readonly TrinoColumn[]): readonly ColumnInfo[] {
  return columns.map(({ name, typeSignature: { rawType, arguments: parameters } }) => {
    const [precision, scale] = rawType === 'decimal' ? parameters.map(({ value }) => value as number) : [0, 0];
    return { Name: name, Type: rawType, Precision: precision, Scale: scale };
  });
}

/** Nested values have a form that cannot be read back, as on Athena: `[a, b]`, `{k=v}`. */
function asText(value: TrinoValue, type: TypeSignature): string {
  if (value === null) return 'null';
  switch (type.rawType) {
    case 'array': return `[${(value as readonly TrinoValue[]).map(element => asText(element, inner(type, 0))).join(', ')}]`;
    case 'map': return `{${Object.entries(value).map(([key, member]) => `${key}=${asText(member as TrinoValue, inner(type, 1))}`).join(', ')}}`;
    case 'row': return `{${(value as readonly TrinoValue[]).map((field, index) => `${fieldName(type, index)}=${asText(field, inner(type, index))}`).join(', ')}}`;
    case 'varbinary': return spacedHex(Buffer.from(value as string, 'base64'));
    default: return String(value);
  }
}

function inner(type: TypeSignature, index: number): TypeSignature {
  const argument = type.arguments[index];
  if (argument.kind === 'NAMED_TYPE') return argument.value.typeSignature;
  if (argument.kind === 'TYPE') return argument.value;
  throw new TypeError(`${type.rawType} has no type at ${index}`);
}

function fieldName(type: TypeSignature, index: number): string {
  const argument = type.arguments[index];
  return argument.kind === 'NAMED_TYPE' && argument.value.fieldName ? argument.value.fieldName.name : `field${index}`;
}

/** `0a ff`. */
function spacedHex(bytes: Buffer): string {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
}
