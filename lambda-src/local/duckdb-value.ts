import type {
  DuckDBBlobValue, DuckDBListType, DuckDBListValue, DuckDBMapType, DuckDBMapValue, DuckDBStructType, DuckDBStructValue, DuckDBType,
  DuckDBValue,
} from '@duckdb/node-api';

/**
 * A value of that type as Athena's results print it: nested ones as `[a, null]` and `{k=v}`, bytes as `00 ab`. It asks for no class of the
 * engine, which is loaded late.
 */
export function textOf(value: DuckDBValue, type: DuckDBType): string | null {
  return value === null ? null : printed(value, type);
}

function printed(value: DuckDBValue, type: DuckDBType): string {
  if (value === null) return 'null';
  const name = String(type);
  if (name === 'TIMESTAMP') return withMicros(String(value));
  if (name === 'BLOB') return [...(value as DuckDBBlobValue).bytes].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
  if (name.endsWith('[]')) return `[${(value as DuckDBListValue).items.map(item => printed(item, (type as DuckDBListType).valueType)).join(', ')}]`;
  if (name.startsWith('MAP(')) {
    const { keyType, valueType } = type as DuckDBMapType;
    return `{${(value as DuckDBMapValue).entries.map(entry => `${printed(entry.key, keyType)}=${printed(entry.value, valueType)}`).join(', ')}}`;
  }
  if (name.startsWith('STRUCT(')) {
    const { entryNames, entryTypes } = type as DuckDBStructType;
    const { entries } = value as DuckDBStructValue;
    return `{${entryNames.map((field, index) => `${field}=${printed(entries[field], entryTypes[index])}`).join(', ')}}`;
  }
  return String(value);
}

function withMicros(text: string): string {
  const [seconds, fraction = ''] = text.split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}
