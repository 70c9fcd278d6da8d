import type { DuckDBConnection } from '@duckdb/node-api';
import { QueryFailedError, type Row } from '../ports/query-engine';
import { textOf } from './duckdb-value';
import { engineMessage } from './engine-message';

/** Runs SQL text of the embedded engine's own; values come as Trino would print them. Throws QueryFailedError. */
export async function readRows(connection: DuckDBConnection, sql: string, purpose = 'read the tables'): Promise<Row[]> {
  try {
    const reader = await connection.runAndReadAll(sql);
    const names = reader.columnNames();
    const types = reader.columnTypes();
    return reader.getRows().map(row => Object.fromEntries(row.map((value, index) => [names[index], textOf(value, types[index])])));
  } catch (error) {
    throw new QueryFailedError({ kind: 'statement', message: engineMessage(error) }, purpose);
  }
}

/** As Trino: integers divide to integers, and no session zone moves a timestamp. */
export const SESSION = "SET integer_division = true; SET TimeZone = 'UTC'";
