import { EXPORT_KEPT_DAYS } from '../../src/spec/export-reach';
import { backfillKey } from '../../src/spec/storage-layout';
import type { ObjectStore, PutCondition } from '../ports/object-store';
import { writeIf } from '../state/conditional-write';
import { parseStored } from '../state/stored-format';
import type { BackfillRequest } from './backfill-request';
import { BackfillBusyError } from './errors';

export const BACKFILL_VERSION = 1;

/** How far a backfill has come; one object a backfill, for the next invocation to go on from and for people to read. */
export interface BackfillState {
  readonly formatVersion: typeof BACKFILL_VERSION;
  readonly request: BackfillRequest;
  readonly tableArn: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly phase: 'exporting' | 'loading' | 'settling' | 'merging' | 'removing' | 'done';
  /** One for a full export, one for each window of at most a day otherwise; worked off in order. */
  readonly exports: readonly ExportState[];
  /** The export at work. */
  readonly current: number;
  /** Bronze files that Silver has to read first. */
  readonly awaited: readonly string[];
  /** Rows that a repair removes. */
  readonly removed: number;
  /** Whoever is at it, until it fails or is done. */
  readonly worker?: BackfillWorker;
}

export interface BackfillWorker {
  /** Name of an execution of the state machine. */
  readonly execution: string;
  /** ISO; when it last began a step. */
  readonly at: string;
}

export interface ExportState {
  /** ISO; none for a full export. */
  readonly from?: string;
  readonly to?: string;
  readonly exportArn?: string;
  /** ISO; when that export was asked for. */
  readonly exportedAt?: string;
  /** Exports of it that could not be used, as DynamoDB did not finish them or what it wrote is not there; none if undefined. */
  readonly failed?: number;
  readonly manifestKey?: string;
  readonly exportId?: string;
  /** What a full export's rows tell as their time, epoch microseconds. */
  readonly time?: string;
  readonly items: number;
  readonly files: number;
  /** Data files that are loaded. */
  readonly loadedFiles: number;
  /** Lines of the next data file that are loaded. */
  readonly loadedLines: number;
  readonly rows: number;
  readonly rejected: number;
  readonly conversionErrors: number;
  /** Items that were read, since their clocks left the order open. */
  readonly settled: number;
  /** Bronze files that hold the rows. */
  readonly written: readonly string[];
}

/**
 * Longer than from the beginning of one step to that of the next: a function's 15 minutes, the longest pause of 10, and as long a wait
 * before a step that has failed is tried again. Whoever died without a word is waited for so long, in milliseconds.
 */
const LEASE = 40 * 60 * 1000;

export const NEW_EXPORT: ExportState = {
  items: 0, files: 0, loadedFiles: 0, loadedLines: 0, rows: 0, rejected: 0, conversionErrors: 0, settled: 0, written: [],
};

/** The state in the bucket, as the one invocation writes it that works on it. */
export class BackfillRecord {
  /** What is there, or what `begin` makes of a request that nobody has begun. */
  public static async open(store: ObjectStore, id: string, begin: () => BackfillState | Promise<BackfillState>): Promise<BackfillRecord> {
    const found = await this.find(store, id);
    if (found) return found;
    const state = await begin();
    return new BackfillRecord(store, state, await written(store, state, { kind: 'absent' }));
  }

  public static async find(store: ObjectStore, id: string): Promise<BackfillRecord | undefined> {
    const found = await readBackfill(store, id);
    return found && new BackfillRecord(store, found.state, found.etag);
  }

  private constructor(private readonly store: ObjectStore, private present: BackfillState, private etag: string) {}

  public get state(): BackfillState {
    return this.present;
  }

  public get current(): ExportState {
    return this.present.exports[this.present.current];
  }

  /** Throws BackfillBusyError if somebody else has written meanwhile. */
  public async write(changes: Partial<BackfillState>, now: Date): Promise<void> {
    await this.put({ ...this.present, ...changes, updatedAt: now.toISOString() });
  }

  /** Says who is at it, which is no progress; nobody if undefined. Throws BackfillBusyError. */
  public async writeWorker(worker: BackfillWorker | undefined): Promise<void> {
    await this.put({ ...this.present, worker });
  }

  public async writeCurrent(changes: Partial<ExportState>, now: Date, others: Partial<BackfillState> = {}): Promise<void> {
    const exports = this.present.exports.map((one, index) => index === this.present.current ? { ...one, ...changes } : one);
    await this.write({ ...others, exports }, now);
  }

  /** With another export in place of the present one, of the same window. */
  public async writeAnotherExport(now: Date): Promise<void> {
    const exports = this.present.exports.map((one, index) =>
      index === this.present.current ? { ...NEW_EXPORT, from: one.from, to: one.to, failed: (one.failed ?? 0) + 1 } : one);
    await this.write({ exports, phase: 'exporting', awaited: [] }, now);
  }

  private async put(state: BackfillState): Promise<void> {
    this.etag = await written(this.store, state, { kind: 'unchanged', etag: this.etag });
    this.present = state;
  }
}

/** The objects of an export are cleared away after a while. */
export function isExpired({ exportedAt }: ExportState, now: Date): boolean {
  return exportedAt !== undefined && now.getTime() - Date.parse(exportedAt) >= EXPORT_KEPT_DAYS * 24 * 60 * 60 * 1000;
}

/** Who is at work on it, other than those that have been silent for so long that they must have died. */
export function workerOf({ worker, phase }: BackfillState, now: Date): BackfillWorker | undefined {
  return worker !== undefined && phase !== 'done' && now.getTime() - Date.parse(worker.at) < LEASE ? worker : undefined;
}

/** Throws IncompatibleStateError if a newer version wrote it. */
export async function readBackfill(store: ObjectStore, id: string): Promise<{ state: BackfillState; etag: string } | undefined> {
  const key = backfillKey(id);
  const object = await store.get(key);
  return object && { state: parseStored<BackfillState>(key, object.body, BACKFILL_VERSION), etag: object.etag };
}

/** Returns its ETag. Throws BackfillBusyError. */
async function written(store: ObjectStore, state: BackfillState, condition: PutCondition): Promise<string> {
  const { id } = state.request;
  const etag = await writeIf(condition, store, backfillKey(id), JSON.stringify(state, undefined, 1));
  if (etag === undefined) throw new BackfillBusyError(id);
  return etag;
}
