import type { DuckDBBlobValue, DuckDBValue } from '@duckdb/node-api';

/** A value of that DuckDB type as Athena's results print it. It asks for no class of the engine, which is loaded late. */
export function textOf(value: DuckDBValue, type: string): string | null {
  if (value === null) return null;
  if (type === 'TIMESTAMP') return withMicros(String(value));
  if (type === 'BLOB') return Buffer.from((value as DuckDBBlobValue).bytes).toString('hex');
  return String(value);
}

function withMicros(text: string): string {
  const [seconds, fraction = ''] = text.split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}
