import { readExportLine } from '../../../lambda-src/backfill/export-line';
import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import type { Change } from '../../../lambda-src/bronze/change';
import { ChangeFiles } from '../../../lambda-src/bronze/change-files';
import { ChangeLog, type ChangeRow } from '../../../lambda-src/bronze/change-log';
import { Masking } from '../../../lambda-src/bronze/masking';
import { parseDuckDbType } from '../../../lambda-src/local/duckdb-type';
import { DASHBOARD_SESSION } from '../../../lambda-src/local/grafana/dashboard-session';
import type { DynamoDbStreamRecord } from '../../../lambda-src/local/source/stream-record';
import { QueryFailedError, type QueryEngine, type Row } from '../../../lambda-src/ports/query-engine';
import { managedTables } from '../../../lambda-src/schema/tables';
import { writeManifest } from '../../../lambda-src/silver/run-manifest';
import type { Query, Statement, TableName } from '../../../lambda-src/sql/nodes';
import type { SqlType } from '../../../src/expression/sql-type';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { LocalLake } from '../../helpers/local-lake';
import type { StreamRecords } from '../../helpers/stream-records';
import { runOnTrino } from '../athena-server/trino';
import { RawAthena } from '../lake/raw-athena';
import { RealLake } from '../lake/real-lake';
import { connection } from '../stack/connection';

/** Every table's rows, one text a row, sorted. */
export interface Contents {
  readonly [table: string]: readonly string[];
}

/** What a line of an incremental export says; without an item it is gone. */
export interface ExportedItem {
  readonly key: AttributeMap;
  readonly item?: AttributeMap;
  /** Epoch microseconds. */
  readonly written: bigint;
}

/** An answer as whoever asked gets it. */
export interface Shown {
  /** Name and type of each column. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** How Iceberg keeps a table. */
export interface Storage {
  readonly dataFiles: number;
  readonly deleteFiles: number;
  readonly snapshots: number;
  readonly properties: { readonly [key: string]: string };
}

/** The same pipeline twice, on Trino and on the embedded engine, fed with the same records at the same time. */
export class TwinLakes {
  public static async open(spec: PipelineSpec): Promise<TwinLakes> {
    return new TwinLakes(spec, await RealLake.open(spec), await LocalLake.open(spec));
  }

  private readonly snapshots = new Map<string, string | null>();
  private readonly loaded = new Map<unknown, string[]>();

  private constructor(private readonly spec: PipelineSpec, private readonly real: RealLake, private readonly local: LocalLake) {}

  public stream(silverTable: string): StreamRecords {
    return this.local.stream(silverTable);
  }

  /** Loads lines of an export as a backfill does; the next `ingest` makes them part of its run. */
  public async load(silverTable: string, exportId: string, items: readonly ExportedItem[]): Promise<void> {
    const table = this.spec.tables[silverTable];
    const changeLog = new ChangeLog(table, new Masking({}));
    const rows = items.map(({ key: Keys, item, written }, index) => {
      const line = JSON.stringify({ Metadata: { WriteTimestampMicros: { N: String(written) } }, Keys, NewImage: item });
      const source = { exportId, kind: 'incremental', tableName: table.bronzeName, time: 0n } as const;
      return changeLog.row(readExportLine(line, `${exportId}/data/${index}`, source, Object.keys(Keys)) as Change, 1) as ChangeRow;
    });
    for (const lake of [this.real, this.local]) {
      this.loaded.set(lake, [await new ChangeFiles(lake.store, table.bronzeName).writeChanges(changeLog, rows, 1, lake.clock.now())]);
    }
  }

  /** Takes the records in as one Silver run of that number. */
  public async ingest(run: string, ...records: readonly DynamoDbStreamRecord[]): Promise<void> {
    for (const lake of [this.real, this.local]) {
      const files = [...await lake.ingest(...records), ...this.loaded.get(lake) ?? []];
      this.loaded.delete(lake);
      for (const { bronzeName } of Object.values(this.spec.tables)) {
        const own = files.filter(file => file.startsWith(`bronze/${bronzeName}/`)).map(file => lake.store.uri(file));
        await writeManifest(lake.store, { bronzeName, run }, own);
      }
    }
  }

  /** Runs it on both. Throws QueryFailedError. */
  public async run(statement: Statement): Promise<void> {
    for (const lake of [this.real, this.local]) await runStatement(lake.engine, statement);
  }

  /** Runs a text that both understand; names as in `silver.x`. */
  public async execute(sql: string): Promise<void> {
    for (const lake of [this.real, this.local]) await lake.rows(sql);
  }

  /** What both answer, in order of their texts. */
  public async query(query: Query): Promise<{ readonly onTrino: string[]; readonly embedded: string[] }> {
    const answer = async ({ engine, store }: RealLake | LocalLake): Promise<string[]> => (
      texts((await engine.query(query, () => Infinity)).rows, store.uri('')));
    return { onTrino: await answer(this.real), embedded: await answer(this.local) };
  }

  /** What both answer to a dashboard's query, in its order; its tables are Gold's. */
  public async shown(sql: string): Promise<{ readonly onTrino: Shown; readonly embedded: Shown }> {
    const { columns, rows } = await new RawAthena(this.real.databases.gold).table(sql);
    await this.local.rows(DASHBOARD_SESSION);
    const types = await this.local.rows(`DESCRIBE ${sql}`);
    return {
      onTrino: { columns: columns.map(({ name, type }) => `${name} ${type}`), rows: rows.map(row => Object.values(row)) },
      embedded: {
        columns: types.map(({ column_name: name, column_type: type }) => `${name} ${athenaType(parseDuckDbType(type!))}`),
        rows: (await this.local.rows(sql)).map(row => Object.values(row)),
      },
    };
  }

  public async contents(): Promise<{ readonly onTrino: Contents; readonly embedded: Contents }> {
    const tables = await Promise.all(managedTables(this.spec).map(async ({ create: { table } }) => {
      const columns = (await this.real.engine.describe(table))!.columns;
      const read = (text: (column: string, type: SqlType) => string): string => (
        `SELECT ${Object.entries(columns).map(([name, type]) => `${text(name, type)} AS "${name}"`).join(', ')} FROM ${key(table)}`);
      return {
        name: key(table),
        onTrino: texts(await this.real.rows(read(trinoText)), this.real.store.uri('')),
        embedded: texts(await this.local.rows(read(duckDbText)), this.local.store.uri('')),
      };
    }));
    return {
      onTrino: Object.fromEntries(tables.map(({ name, onTrino }) => [name, onTrino])),
      embedded: Object.fromEntries(tables.map(({ name, embedded }) => [name, embedded])),
    };
  }

  /** The columns and types of every table on both. */
  public async schemas(): Promise<{ readonly onTrino: unknown[]; readonly embedded: unknown[] }> {
    const tables = managedTables(this.spec).map(({ create }) => create.table);
    const described = async (engine: QueryEngine): Promise<unknown[]> => (
      Promise.all(tables.map(async table => ({ table, columns: (await engine.describe(table))?.columns }))));
    return { onTrino: await described(this.real.engine), embedded: await described(this.local.engine) };
  }

  /** How a table lies on S3. */
  public async storage(table: TableName): Promise<Storage> {
    const rows = async (part: string, columns: string): Promise<readonly unknown[][]> => (
      (await this.trino(`SELECT ${columns} FROM "${this.real.databases[table.layer]}"."${table.name}$${part}"`)).rows as readonly unknown[][]);
    const contents = (await rows('files', 'content')).map(([content]) => Number(content));
    const properties = await rows('properties', 'key, value');
    return {
      dataFiles: contents.filter(content => content === 0).length,
      deleteFiles: contents.filter(content => content !== 0).length,
      snapshots: (await rows('snapshots', 'snapshot_id')).length,
      properties: Object.fromEntries(properties) as Storage['properties'],
    };
  }

  /** Notes how every table is, for `restore`. */
  public async save(): Promise<void> {
    for (const { create: { table } } of managedTables(this.spec)) {
      await this.local.rows(`CREATE OR REPLACE TABLE main."${table.layer}_${table.name}" AS SELECT * FROM ${table.layer}.${table.name}`);
      this.snapshots.set(key(table), await this.currentSnapshot(table));
    }
  }

  public async restore(): Promise<void> {
    for (const { create: { table } } of managedTables(this.spec)) {
      const saved = this.snapshots.get(key(table));
      if (await this.currentSnapshot(table) === saved) continue;
      const name = `"${this.real.databases[table.layer]}"."${table.name}"`;
      if (saved === null) await this.trino(`DELETE FROM ${name}`);
      else await this.trino(`ALTER TABLE ${name} EXECUTE rollback_to_snapshot(${saved})`);
      await this.local.rows(`DELETE FROM ${table.layer}.${table.name}`);
      await this.local.rows(`INSERT INTO ${table.layer}.${table.name} BY NAME SELECT * FROM main."${table.layer}_${table.name}"`);
    }
  }

  public close(): void {
    this.local.close();
  }

  private async currentSnapshot(table: TableName): Promise<string | null> {
    const name = `"${this.real.databases[table.layer]}"."${table.name}$refs"`;
    const [[snapshot] = [null]] = (await this.trino(`SELECT snapshot_id FROM ${name} WHERE name = 'main'`)).rows;
    return snapshot === null ? null : String(snapshot);
  }

  private trino(sql: string): ReturnType<typeof runOnTrino> {
    return runOnTrino({ url: connection().trino, catalog: 'awsdatacatalog' }, undefined, sql, AbortSignal.timeout(60_000));
  }
}

async function runStatement(engine: QueryEngine, statement: Statement): Promise<void> {
  const submission = await engine.sign(await engine.prepare(statement), `${Date.now()}-${Math.random()}`.padEnd(32, '0'));
  const id = await submission.send();
  for (;;) {
    const status = await engine.status(id);
    if (status.state === 'succeeded') return;
    if (status.state === 'failed') throw new QueryFailedError(status.failure, statement.purpose);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function texts(rows: readonly Row[], root: string): string[] {
  return rows.map(row => JSON.stringify(row).replaceAll(root.replace(/\/$/, ''), '').replaceAll('\\"', '"')).sort();
}

/** As Athena's results name a column's type. */
function athenaType(type: SqlType): string {
  return type.kind === 'decimal' ? `decimal(${type.precision},${type.scale})` : type.kind;
}

/** Nested values as JSON and bytes as digits: their other texts are each engine's own. */
function trinoText(column: string, type: SqlType): string {
  switch (type.kind) {
    case 'array': case 'map': case 'row': return `json_format(CAST("${column}" AS json))`;
    case 'varbinary': return `to_hex("${column}")`;
    default: return `"${column}"`;
  }
}

function duckDbText(column: string, type: SqlType): string {
  switch (type.kind) {
    case 'array': case 'map': case 'row': return `CAST(to_json("${column}") AS varchar)`;
    case 'varbinary': return `hex("${column}")`;
    default: return `"${column}"`;
  }
}

function key(table: TableName): string {
  return `${table.layer}.${table.name}`;
}
