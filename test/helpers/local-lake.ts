import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Bronze } from '../../lambda-src/bronze/bronze';
import { Gold, type GoldDependencies } from '../../lambda-src/gold/gold';
import { DuckDbQueryEngine } from '../../lambda-src/local/duckdb-query-engine';
import { FolderObjectStore } from '../../lambda-src/local/folder-object-store';
import { NO_ANNOUNCER } from '../../lambda-src/local/no-announcer';
import { NO_TABLE_VERSIONS } from '../../lambda-src/local/no-table-versions';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import { Maintenance, type MaintenanceDependencies } from '../../lambda-src/maintenance/maintenance';
import type { Row } from '../../lambda-src/ports/query-engine';
import { Rebuild, type RebuildDependencies } from '../../lambda-src/rebuild/rebuild';
import { Schema, type SchemaDependencies } from '../../lambda-src/schema/schema';
import { Silver, type SilverDependencies } from '../../lambda-src/silver/silver';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { FixedClock } from './fixed-clock';
import { StreamRecords, tableArn } from './stream-records';

/**
 * The embedded engine answers from another thread: who waits for it must let the event loop turn. The wait takes next to no time,
 * or a slow machine would carry the clock past midnight between a refresh and a look at what it should hold.
 */
export class YieldingClock extends FixedClock {
  public override async sleep(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    await super.sleep(1);
  }
}

/** A deployed pipeline on the embedded engine, in a folder of its own; source tables are called as their Bronze logs. */
export class LocalLake {
  public static async open(spec: PipelineSpec, start?: string): Promise<LocalLake> {
    const lake = await LocalLake.empty(spec, start);
    await lake.deploy();
    return lake;
  }

  /** Before its first deploy. */
  public static async empty(spec: PipelineSpec, start = '2026-03-28T20:00:00.000Z'): Promise<LocalLake> {
    const folder = mkdtempSync(path.join(tmpdir(), 'lake-'));
    const clock = new YieldingClock(start);
    const store = new FolderObjectStore(folder, clock);
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new LocalLake(spec, folder, clock, store, instance, await DuckDbQueryEngine.open(instance, spec, store));
  }

  private readonly streams = new Map<string, StreamRecords>();

  private constructor(
    public spec: PipelineSpec,
    public readonly folder: string,
    public readonly clock: YieldingClock,
    public readonly store: FolderObjectStore,
    private readonly instance: DuckDBInstance,
    public readonly engine: DuckDbQueryEngine,
  ) {}

  /** Deploys another definition, under which every stage runs from now on. */
  public async redeploy(spec: PipelineSpec, overrides: Partial<SchemaDependencies> = {}): ReturnType<Schema['apply']> {
    const report = await this.deploy(spec, overrides);
    this.spec = spec;
    this.engine.use(spec);
    return report;
  }

  public async deploy(spec = this.spec, overrides: Partial<SchemaDependencies> = {}): Promise<ReturnType<Schema['apply']>> {
    const sources = Object.fromEntries(Object.values(spec.tables).map(({ bronzeName }) => [tableArn(bronzeName), bronzeName]));
    return new Schema({ ...this, spec, ...overrides }).apply(sources);
  }

  /** The stream of the table's source, which makes records of its items. */
  public stream(silverTable: string): StreamRecords {
    const { bronzeName, key, columns } = this.spec.tables[silverTable];
    const stream = this.streams.get(silverTable) ?? new StreamRecords(bronzeName, { key: key.map(name => columns[name].attribute) });
    this.streams.set(silverTable, stream);
    return stream;
  }

  public async ingest(...records: readonly DynamoDbStreamRecord[]): Promise<string[]> {
    const { tables } = await new Bronze(this).ingest({ Records: records });
    return Object.values(tables).flatMap(({ files }) => files);
  }

  public silver(overrides: Partial<SilverDependencies> = {}): ReturnType<Silver['run']> {
    return new Silver({ ...this.dependencies(), ...overrides }).run();
  }

  public gold(overrides: Partial<GoldDependencies> = {}): ReturnType<Gold['run']> {
    return new Gold({ ...this.dependencies(), announcer: NO_ANNOUNCER, ...overrides }).run();
  }

  public maintain(overrides: Partial<MaintenanceDependencies> = {}): ReturnType<Maintenance['run']> {
    return new Maintenance({ ...this.dependencies(), tableVersions: NO_TABLE_VERSIONS, ...overrides }).run();
  }

  public rebuild(overrides: Partial<RebuildDependencies> = {}): ReturnType<Rebuild['run']> {
    return new Rebuild({ ...this.dependencies(), ...overrides }).run();
  }

  public rows(sql: string): Promise<Row[]> {
    return this.engine.read(sql);
  }

  public joined(column: string): string {
    return `array_to_string(coalesce(${column}, []), ',')`;
  }

  public dependencies(): SilverDependencies {
    return { spec: this.spec, store: this.store, engine: this.engine, clock: this.clock, timeLeft: () => Infinity, pipeline: 'test' };
  }

  public close(): void {
    this.engine.close();
    this.instance.closeSync();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
