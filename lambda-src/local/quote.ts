/** Names and texts as DuckDB reads them, for SQL that is written here and not compiled from a tree. */

export function name(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
