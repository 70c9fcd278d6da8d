import { Backfill, type BackfillDependencies, type BackfillProgress } from '../../lambda-src/backfill/backfill';
import type { BackfillRequest } from '../../lambda-src/backfill/backfill-request';
import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import { LocalItemReader } from '../../lambda-src/local/source/local-item-reader';
import { LocalTableExports } from '../../lambda-src/local/source/local-table-exports';
import { PointInTimeLog } from '../../lambda-src/local/source/point-in-time-log';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import { TableSimulator, type ShardRecord } from '../../lambda-src/local/source/table-simulator';
import type { ObjectStore } from '../../lambda-src/ports/object-store';
import type { ObjectStreams } from '../../lambda-src/ports/object-streams';
import type { SilverDependencies } from '../../lambda-src/silver/silver';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { FixedClock } from './fixed-clock';
import { LocalLake } from './local-lake';
import { tableArn } from './stream-records';

/** What loading exports needs of a lake, whatever engine it is on. */
export interface LoadableLake {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore & ObjectStreams;
  readonly clock: FixedClock;
  silver(): Promise<unknown>;
  dependencies(): SilverDependencies;
  close(): void;
}

/** A lake with simulated tables that can be exported. */
export class BackfillLake<Lake extends LoadableLake = LocalLake> {
  /** On the embedded engine. */
  public static async open(spec: PipelineSpec): Promise<BackfillLake> {
    return new BackfillLake(await LocalLake.open(spec));
  }

  public static over<Lake extends LoadableLake>(lake: Lake): BackfillLake<Lake> {
    return new BackfillLake(lake);
  }

  public readonly exports: LocalTableExports;
  public readonly items: LocalItemReader;
  private readonly tables = new Map<string, TableSimulator>();

  private constructor(public readonly lake: Lake) {
    const { clock, store, spec } = lake;
    const logs = new Map<string, PointInTimeLog>();
    const readable = new Map<string, TableSimulator>();
    for (const [name, { bronzeName, key, columns }] of Object.entries(spec.tables)) {
      const log = new PointInTimeLog(clock);
      const table = new TableSimulator({ tableName: bronzeName, key: key.map(column => columns[column].attribute), clock, log });
      this.tables.set(name, table);
      logs.set(tableArn(bronzeName), log);
      readable.set(tableArn(bronzeName), table);
    }
    this.exports = new LocalTableExports({ store, clock, tables: logs });
    this.items = new LocalItemReader(readable, clock);
  }

  /** A write to the source, and the record that its stream then has; undefined if nothing changed. */
  public put(table: string, item: AttributeMap): DynamoDbStreamRecord | undefined {
    return deployedRecord(this.tables.get(table)!.put(item));
  }

  public delete(table: string, key: AttributeMap): DynamoDbStreamRecord | undefined {
    return deployedRecord(this.tables.get(table)!.delete(key));
  }

  public expire(table: string, key: AttributeMap): DynamoDbStreamRecord | undefined {
    return deployedRecord(this.tables.get(table)!.expire(key));
  }

  public wait(seconds: number): void {
    this.lake.clock.advance(seconds * 1000);
  }

  public dependencies(overrides: Partial<BackfillDependencies> = {}): BackfillDependencies {
    const { lake, exports, items } = this;
    const startSilver = async (): Promise<void> => void await lake.silver();
    return { ...lake.dependencies(), streams: lake.store, exports, items, startSilver, ...overrides };
  }

  /** Goes on with a backfill until it is done. */
  public async backfill(request: BackfillRequest, overrides: Partial<BackfillDependencies> = {}, execution = 'test'): Promise<BackfillProgress> {
    for (;;) {
      const step = await new Backfill(this.dependencies(overrides)).advance(request, execution);
      if (step.state === 'done') return step.progress;
      if (step.state === 'elsewhere') throw new Error(`${step.execution} is at it`);
      if (step.state === 'waiting') this.wait(step.seconds);
    }
  }

  public close(): void {
    this.lake.close();
  }
}

/** The simulator's tables lie in a region of their own. */
function deployedRecord(change: ShardRecord | undefined): DynamoDbStreamRecord | undefined {
  return change && { ...change.record, eventSourceARN: change.record.eventSourceARN.replace('us-east-1', 'eu-central-1') };
}
