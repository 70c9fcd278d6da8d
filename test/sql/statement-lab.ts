import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { readRows, SESSION } from '../../lambda-src/local/read-rows';
import type { Row } from '../../lambda-src/ports/query-engine';
import { managedTables, managedViews } from '../../lambda-src/schema/tables';
import { duckDbSql } from '../../lambda-src/sql/duckdb';
import { duckDbType } from '../../lambda-src/sql/duckdb/type-name';
import type { Query, Statement } from '../../lambda-src/sql/nodes';
import { bronzeColumns } from '../../src/spec/bronze-columns';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';

/** Values as the embedded engine's literals would have them; NULL for columns that are left out. */
export interface Values {
  readonly [column: string]: string | null;
}

/** A pipeline's tables on the embedded engine, to run single statements against rows that a test lays out. */
export class StatementLab {
  public static async open(spec: PipelineSpec): Promise<StatementLab> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const lab = new StatementLab(spec, instance, connection, mkdtempSync(path.join(tmpdir(), 'statements-')));
    await connection.run(`${SESSION}; CREATE SCHEMA silver; CREATE SCHEMA gold; CREATE SCHEMA bookkeeping`);
    for (const { create } of managedTables(spec)) await lab.run({ ...create, purpose: 'create' });
    for (const view of managedViews(spec)) await lab.run({ ...view, purpose: 'create' });
    return lab;
  }

  private readonly files = new Map<string, string>();

  private constructor(
    private readonly spec: PipelineSpec,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  /** Makes these changes the manifest of a run. */
  public async bronze(bronzeName: string, run: string, ...changes: readonly Values[]): Promise<void> {
    const columns = Object.entries(bronzeColumns(Object.values(this.spec.tables).find(table => table.bronzeName === bronzeName)!));
    const file = path.join(this.folder, `${bronzeName}.${run}.parquet`);
    const rows = changes.map(change => {
      const defaults: Values = { _event_name: 'INSERT', _event_timestamp: '1774720000000000', _event_id: `e${change._sequence}`, _epoch: '1', _ttl_delete: 'false' };
      return `SELECT ${columns.map(([name, type]) => `CAST(${text({ ...defaults, ...change }[name])} AS ${duckDbType(type)}) AS "${name}"`).join(', ')}`;
    });
    await this.connection.run(`COPY (${rows.join(' UNION ALL ')}) TO '${file}' (FORMAT parquet)`);
    this.files.set(`${bronzeName}/${run}`, file);
  }

  public async insert(table: string, ...rows: readonly Values[]): Promise<void> {
    for (const row of rows) {
      const names = Object.keys(row).map(name => `"${name}"`).join(', ');
      await this.connection.run(`INSERT INTO ${table} (${names}) VALUES (${Object.values(row).map(text).join(', ')})`);
    }
  }

  public async run(statement: Statement): Promise<void> {
    await this.connection.run(this.sql(statement));
  }

  public query(query: Query): Promise<Row[]> {
    return this.rows(this.sql(query));
  }

  public rows(sql: string): Promise<Row[]> {
    return readRows(this.connection, sql);
  }

  public close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private sql(node: Statement | Query): string {
    return duckDbSql(node, ({ bronzeName, run }) => {
      const table = Object.values(this.spec.tables).find(candidate => candidate.bronzeName === bronzeName)!;
      const file = this.files.get(`${bronzeName}/${run}`);
      return { files: file ? [file] : [], columns: bronzeColumns(table) };
    });
  }
}

function text(value: string | null | undefined): string {
  return value === null || value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}
