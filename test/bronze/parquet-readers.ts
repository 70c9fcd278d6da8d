import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';

export type ReadRow = { readonly [column: string]: unknown };

/** DuckDB as a reader of Parquet files that are in memory. */
export class DuckDbReader {
  public static async open(): Promise<DuckDbReader> {
    const instance = await DuckDBInstance.create(':memory:');
    return new DuckDbReader(await instance.connect());
  }

  private readonly folder = mkdtempSync(path.join(tmpdir(), 'bronze-'));
  private files = 0;

  private constructor(private readonly connection: DuckDBConnection) {}

  /** Every value as DuckDB's own text of it, so that none passes through a JavaScript number. */
  public async texts(parquet: Uint8Array): Promise<ReadRow[]> {
    const file = this.write(parquet);
    return this.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet('${file}')`);
  }

  public async types(parquet: Uint8Array): Promise<{ readonly [column: string]: string }> {
    const rows = await this.rows(`DESCRIBE SELECT * FROM read_parquet('${this.write(parquet)}')`);
    return Object.fromEntries(rows.map(row => [row.column_name, row.column_type as string]));
  }

  public close(): void {
    this.connection.closeSync();
    rmSync(this.folder, { recursive: true });
  }

  private write(parquet: Uint8Array): string {
    const file = path.join(this.folder, `${this.files++}.parquet`);
    writeFileSync(file, parquet);
    return file;
  }

  private async rows(sql: string): Promise<ReadRow[]> {
    return (await this.connection.runAndReadAll(sql)).getRowObjects();
  }
}

/** The second reader: pure JavaScript, no line of code shared with the first. */
export async function hyparquetRows(parquet: Uint8Array): Promise<ReadRow[]> {
  return parquetReadObjects({ file: bufferOf(parquet), utf8: false });
}

export function keyValueMetadata(parquet: Uint8Array): ReadonlyMap<string, string | undefined> {
  return new Map((parquetMetadata(bufferOf(parquet)).key_value_metadata ?? []).map(({ key, value }) => [key, value]));
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
