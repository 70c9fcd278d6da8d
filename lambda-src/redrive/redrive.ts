import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { doneKey, FAILED_BATCHES_PREFIX, REJECTED_PREFIX } from '../../src/spec/storage-layout';
import { STREAM_RETENTION_HOURS } from '../../src/spec/stream-retention';
import { UNKNOWN_TABLE, type Bronze } from '../bronze/bronze';
import { isRecord } from '../bronze/convert/attribute';
import { Rejection, streamOf } from '../bronze/stream-event';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { requireDeployment, type Deployment } from '../schema/deployment';
import { failureText } from '../state/failure-text';
import { RedriveTally, type OldChange, type RedriveReport } from './redrive-report';
import type { RedriveRequest } from './redrive-request';
import { changeTime, isExportLine, recordsOf, Unreadable } from './set-aside-file';

export interface RedriveDependencies {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  readonly bronze: Pick<Bronze, 'ingest'>;
  /** How long the pipeline remembers that an item is gone. */
  readonly absentSeconds: number;
}

/** A file that is not begun with less time than this left is begun by the next invocation. */
const TIME_FOR_A_FILE = 90 * 1000;

const HOUR_SECONDS = 60 * 60;

/** Between a redrive and the Silver run that takes its changes: as long as anything may stand still before changes are lost anyway. */
const MARGIN_SECONDS = STREAM_RETENTION_HOURS * HOUR_SECONDS;

/**
 * Puts changes that were set aside through Bronze again: batches that Lambda gave up, and records that Bronze rejected. A file is filed
 * under `done/` once all it held is in the change log or rejected anew, so that a crash anywhere loses nothing, and doing it again
 * only writes changes that Silver knows already.
 */
export class Redrive {
  public constructor(private readonly dependencies: RedriveDependencies) {}

  public async run(request: RedriveRequest): Promise<RedriveReport> {
    const { store, clock, timeLeft } = this.dependencies;
    const startedAt = request.startedAt ?? clock.now().toISOString();
    const run = new RedriveRun(this.dependencies, await requireDeployment(store), { ...request, startedAt });
    let after = request.after;
    for (const prefix of this.prefixes(request)) {
      for await (const { key } of store.list(prefix, after)) {
        if (timeLeft() < TIME_FOR_A_FILE) return run.tally.report({ ...request, startedAt, ...(after !== undefined && { after }) });
        await run.redrive(key);
        after = key;
      }
    }
    return run.tally.report();
  }

  /** In the order of keys, so that one key says how far a redrive has come. */
  private prefixes({ tables }: RedriveRequest): string[] {
    if (!tables) return [FAILED_BATCHES_PREFIX, REJECTED_PREFIX];
    const names = [UNKNOWN_TABLE, ...tables.map(table => this.dependencies.spec.tables[table].bronzeName)];
    return [FAILED_BATCHES_PREFIX, ...names.map(name => `${REJECTED_PREFIX}${name}/`).sort()];
  }
}

/** One invocation's part of a redrive. */
class RedriveRun {
  public readonly tally = new RedriveTally();
  private readonly wanted: ReadonlySet<string>;
  private readonly rejectedHere = new Set<string>();
  private readonly oldest: number;

  public constructor(
    private readonly dependencies: RedriveDependencies,
    private readonly deployment: Deployment,
    private readonly request: RedriveRequest & { readonly startedAt: string },
  ) {
    const { spec, clock, absentSeconds } = dependencies;
    this.wanted = new Set((request.tables ?? Object.keys(spec.tables)).map(table => spec.tables[table].bronzeName));
    this.oldest = clock.now().getTime() - (absentSeconds - MARGIN_SECONDS) * 1000;
  }

  /** A file that fails does not stop the others. */
  public async redrive(key: string): Promise<void> {
    if (this.rejectedHere.has(key)) return;
    try {
      await this.putThrough(key);
    } catch (error) {
      this.tally.leave({ key, why: 'failed', message: failureText(error) });
    }
  }

  private async putThrough(key: string): Promise<void> {
    const { store, bronze } = this.dependencies;
    const file = await store.get(key);
    // Another redrive has filed it, or it was set aside after this one began.
    if (!file || file.lastModified.getTime() > Date.parse(this.request.startedAt)) return;
    const records = recordsOf(key, file.body);
    if (records instanceof Unreadable) return this.tally.leave({ key, why: 'unreadable', message: records.reason });
    if (!this.concerns(key, records)) return;
    if (records.some(isExportLine)) return this.leaveToBackfill(key);

    const isOld = (record: unknown): boolean => (changeTime(record)?.getTime() ?? Infinity) < this.oldest;
    const old = records.filter(isOld);
    const young = records.filter(record => !isOld(record));
    if (old.length > 0) this.refuse(key, old, records.length);
    if (young.length === 0 && old.length > 0) return;
    if (this.request.dryRun) return this.countOnly(young, old);

    const report = await bronze.ingest({ Records: young });
    this.tally.took(report);
    const rejectedFiles = Object.values(report.tables).flatMap(table => table.rejectedFiles);
    for (const rejected of rejectedFiles) this.rejectedHere.add(rejected);
    if (old.length > 0) return;
    // Rejected for the same reasons in the same hour, it has the same name: it must stay.
    if (rejectedFiles.includes(key)) return this.tally.leave({ key, why: 'rejected', message: 'its records were rejected for the same reasons as before' });
    await this.file(key, file.body);
  }

  /** Copied first, deleted once the copy is certain; the name says the content, so a copy that is there already is the same. */
  private async file(key: string, body: Uint8Array): Promise<void> {
    const { store } = this.dependencies;
    await store.put(doneKey(key), body, { kind: 'absent' });
    await store.delete(key);
    this.tally.done();
  }

  /** Whether one of the asked tables has a change in the file; in a bucket that is shared others may lie there too. */
  private concerns(key: string, records: readonly unknown[]): boolean {
    if (records.some(isExportLine)) return [...this.wanted].some(name => key.startsWith(`${REJECTED_PREFIX}${name}/`));
    const names = records.map(record => this.bronzeNameOf(record));
    if (names.some(name => name !== undefined && this.wanted.has(name)) || records.length === 0) return true;
    if (names.every(name => name === undefined) && this.request.tables === undefined) {
      this.tally.leave({ key, why: 'unknown-table', message: 'no change in it is of a source of this pipeline; declare its table, deploy, then redrive' });
    }
    return false;
  }

  private leaveToBackfill(key: string): void {
    this.tally.leave({
      key,
      why: 'export',
      message: 'it holds lines of an export, not of the stream; once the definition or the items are corrected, backfill or repair the table: '
        + 'a new export has these items again',
    });
  }

  private refuse(key: string, old: readonly unknown[], all: number): void {
    const days = Math.floor((this.dependencies.absentSeconds - MARGIN_SECONDS) / (24 * HOUR_SECONDS));
    this.tally.leave({
      key,
      why: 'too-old',
      message: `${old.length} of its ${all} changes are older than ${days} days; of deletes before then the pipeline may remember nothing, so that they `
        + 'could bring an item back: run repair for the table',
      changes: old.map(oldChange),
    });
  }

  private countOnly(young: readonly unknown[], old: readonly unknown[]): void {
    if (old.length === 0) this.tally.done();
    for (const record of young) this.tally.count(this.bronzeNameOf(record) ?? UNKNOWN_TABLE, 1, 0);
  }

  private bronzeNameOf(record: unknown): string | undefined {
    const stream = streamOf(record);
    if (stream instanceof Rejection) return undefined;
    const { sources } = this.deployment;
    return Object.hasOwn(sources, stream.tableArn) ? sources[stream.tableArn] : undefined;
  }
}

function oldChange(record: unknown): OldChange {
  const { eventID, dynamodb } = record as { readonly eventID?: unknown; readonly dynamodb: unknown };
  return { eventId: eventID, keys: isRecord(dynamodb) ? dynamodb.Keys : undefined, at: changeTime(record)! };
}
