import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { bronzePrefix } from '../../src/spec/storage-layout';
import { Backfill, type BackfillProgress } from '../backfill/backfill';
import { firstLoadId } from '../backfill/first-load';
import { Bronze } from '../bronze/bronze';
import type { StreamEvent } from '../bronze/stream-event';
import { GoldFailedError } from '../gold/errors';
import { Gold } from '../gold/gold';
import type { GoldReport } from '../gold/gold-report';
import { MaintenanceFailedError } from '../maintenance/errors';
import { Maintenance } from '../maintenance/maintenance';
import type { MaintenanceReport } from '../maintenance/maintenance-report';
import type { Clock } from '../ports/clock';
import type { Row } from '../ports/query-engine';
import { Schema } from '../schema/schema';
import { SilverFailedError } from '../silver/errors';
import { Silver } from '../silver/silver';
import type { SilverReport } from '../silver/silver-report';
import { DuckDbQueryEngine } from './duckdb-query-engine';
import { FolderObjectStore } from './folder-object-store';
import type { DuckDb } from './load-duckdb';
import { LOCAL_HASH_KEY } from './local-hash-key';
import { NO_ANNOUNCER } from './no-announcer';
import { NO_TABLE_VERSIONS } from './no-table-versions';
import type { OutputFolder } from './output-folder';
import { name, text } from './quote';
import type { ExistingItems } from './source/change-source';
import { StageFailedError } from './stage-failed';
import { Verification } from './verify/verification';

export interface LocalPipelineOptions {
  readonly spec: PipelineSpec;
  readonly folder: OutputFolder;
  readonly duckDb: DuckDb;
  readonly clock: Clock;
}

/** Tells this pipeline's statements from another's; there is no other on a laptop. */
const PIPELINE = 'local';
/** More spills to disk. */
const MEMORY_LIMIT = '1GB';
/** Bounds of windows lie on quarters of an hour, in every time zone. */
const BOUND_GRID = 15 * 60 * 1000;

/** The pipeline of a spec on this machine: the handlers' own cores over a folder and an embedded database. */
export class LocalPipeline {
  public static async open({ spec, folder, duckDb, clock }: LocalPipelineOptions): Promise<LocalPipeline> {
    const instance = await duckDb.DuckDBInstance.create(folder.database, { memory_limit: MEMORY_LIMIT, temp_directory: `${folder.database}.tmp` });
    const store = new FolderObjectStore(folder.lake, clock);
    return new LocalPipeline(spec, folder, clock, instance, store, await DuckDbQueryEngine.open(instance, spec, store));
  }

  private readonly bronze: Bronze;
  private readonly silver: Silver;
  private readonly gold: Gold;
  private readonly maintenance: Maintenance;

  private constructor(
    public readonly spec: PipelineSpec,
    private readonly folder: OutputFolder,
    private readonly clock: Clock,
    private readonly instance: DuckDBInstance,
    private readonly store: FolderObjectStore,
    private readonly engine: DuckDbQueryEngine,
  ) {
    const dependencies = { spec, store, engine, clock, timeLeft: () => Infinity, pipeline: PIPELINE };
    this.bronze = new Bronze({ ...dependencies, hashKey: async () => LOCAL_HASH_KEY });
    this.silver = new Silver(dependencies);
    this.gold = new Gold({ ...dependencies, announcer: NO_ANNOUNCER });
    this.maintenance = new Maintenance({ ...dependencies, tableVersions: NO_TABLE_VERSIONS });
  }

  /** What a deploy does. `tableArns`: Silver table to the ARN of its source. */
  public async deploy(tableArns: { readonly [silverTable: string]: string }): Promise<void> {
    const { spec, store, engine, clock } = this;
    const sources = Object.fromEntries(Object.entries(tableArns).map(([table, arn]) => [arn, spec.tables[table].bronzeName]));
    await new Schema({ spec, store, engine, clock }).apply(sources);
  }

  /** What Lambda does with a batch of a stream. */
  public async ingest(event: StreamEvent): Promise<void> {
    await this.bronze.ingest(event);
  }

  /** Loads a full export of one table's source. */
  public async backfill(table: string, existing: ExistingItems): Promise<BackfillProgress> {
    const { spec, store, engine, clock } = this;
    const backfill = new Backfill({
      spec,
      store,
      engine,
      clock,
      timeLeft: () => Infinity,
      streams: store,
      hashKey: async () => LOCAL_HASH_KEY,
      exports: existing.exports(store),
      items: existing.items,
      startSilver: async () => void await this.runSilver(),
    });
    for (;;) {
      const step = await backfill.advance({ id: firstLoadId(table), table, kind: 'full' }, 'local');
      if (step.state === 'done') return step.progress;
      // Everything else is over when it has been asked for.
      if (step.state === 'waiting' && step.progress.phase === 'settling') await clock.sleep(step.seconds * 1000);
    }
  }

  public async runSilver(): Promise<SilverReport> {
    try {
      return await this.silver.run();
    } catch (error) {
      throw error instanceof SilverFailedError ? new StageFailedError('silver', error.report.tables) : error;
    }
  }

  /** Refreshes Gold; `at` is a time that all its windows were cut by. */
  public async runGold(): Promise<{ readonly report: GoldReport; readonly at: Date }> {
    for (;;) {
      const before = this.clock.now();
      const report = await this.refreshGold();
      const at = this.clock.now();
      if (Math.floor(before.getTime() / BOUND_GRID) === Math.floor(at.getTime() / BOUND_GRID)) return { report, at };
    }
  }

  /** What happens every night: the embedded engine has nothing to compact, but pruning and the sweep are the same. */
  public async runMaintenance(): Promise<MaintenanceReport> {
    try {
      return await this.maintenance.run();
    } catch (error) {
      throw error instanceof MaintenanceFailedError ? new StageFailedError(undefined, error.report.tables) : error;
    }
  }

  private async refreshGold(): Promise<GoldReport> {
    try {
      return await this.gold.run();
    } catch (error) {
      throw error instanceof GoldFailedError ? new StageFailedError('gold', error.report.tables) : error;
    }
  }

  /** Another session of the database; whoever asks closes it. */
  public async connect(): Promise<DuckDBConnection> {
    return this.instance.connect();
  }

  public async verification(): Promise<Verification> {
    return Verification.open(this.instance, this.spec);
  }

  /** Rows of SQL in DuckDB's dialect. */
  public async read(sql: string): Promise<Row[]> {
    return this.engine.read(sql);
  }

  /** Leaves one file that any DuckDB client opens, with the change logs as views. */
  public async close(): Promise<void> {
    await this.engine.read('CREATE SCHEMA IF NOT EXISTS bronze');
    for (const { bronzeName } of Object.values(this.spec.tables)) {
      const files = text(this.store.uri(`${bronzePrefix(bronzeName)}**/*.parquet`));
      const [{ found }] = await this.engine.read(`SELECT count(*) AS found FROM glob(${files})`);
      if (found === '0') continue;
      await this.engine.read(`CREATE OR REPLACE VIEW bronze.${name(bronzeName)} AS SELECT * FROM read_parquet(${files}, union_by_name = true)`);
    }
    await this.engine.read('CHECKPOINT');
    this.engine.close();
    this.instance.closeSync();
  }

  public get lake(): string {
    return this.folder.lake;
  }
}
