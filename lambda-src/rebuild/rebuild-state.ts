import { rebuildKey } from '../../src/spec/storage-layout';
import { pauseAfter } from '../journal/patience';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { writeIf } from '../state/conditional-write';
import { parseStored } from '../state/stored-format';

export const REBUILD_VERSION = 1;

/** How far a table has come with what a new definition asks for: every change that an older one encoded is encoded again. */
export interface RebuildState {
  readonly formatVersion: typeof REBUILD_VERSION;
  /** The definition under which changes are encoded again. */
  readonly epoch: number;
  /** Changes of older epochs have all been encoded again under this one, or under a later one; 0 if none have. */
  readonly base: number;
  /** What is still to be read, in this order. */
  readonly queue: readonly RebuildWork[];
  /** Who is at it; null when nobody is. */
  readonly worker: string | null;
  readonly progress: RebuildCounts;
  /** Set when the table's last run has taken all that was encoded again. */
  readonly complete?: RebuildEnd;
}

/** Bronze files in order of their names, after one of them: up to a name, or those that a Silver run read. */
export type RebuildWork =
  | { readonly kind: 'log'; readonly after: string; readonly until: string }
  | { readonly kind: 'run'; readonly after: string; readonly run: string };

export interface RebuildCounts {
  /** Files read. */
  readonly files: number;
  /** Changes encoded again. */
  readonly changes: number;
  /** Files that cannot be read, and changes that have no key any more: what they say stays as the older definition had it. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Files of records that no definition so far could take; `redrive` puts them through the present one. */
  readonly rejectedFiles: number;
}

export interface RebuildEnd {
  /** Rows of older definitions that no file of the change log speaks of any more. */
  readonly rowsLeft: number;
}

export const NOTHING_ENCODED: RebuildCounts = { files: 0, changes: 0, skipped: [], rejectedFiles: 0 };

export interface RebuildStore {
  readonly store: ObjectStore;
  readonly clock: Clock;
}

export async function readRebuild(store: ObjectStore, silverTable: string): Promise<RebuildState | undefined> {
  return (await readVersion(store, silverTable))?.state;
}

/** As stored, with what the store says of it. */
export async function readVersion(
  store: ObjectStore, silverTable: string,
): Promise<{ readonly state: RebuildState; readonly etag: string; readonly age: number } | undefined> {
  const key = rebuildKey(silverTable);
  const object = await store.get(key);
  if (!object) return undefined;
  const state = parseStored<RebuildState>(key, object.body, REBUILD_VERSION);
  return { state, etag: object.etag, age: object.servedAt.getTime() - object.lastModified.getTime() };
}

/**
 * Changes the state by itself, however many do so at once. `change` may be called again, with what another has written meanwhile;
 * what it returns is what is stored, and undefined leaves all as it is.
 */
export async function changeRebuild(
  { store, clock }: RebuildStore, silverTable: string, change: (state: RebuildState | undefined) => RebuildState | undefined,
): Promise<RebuildState | undefined> {
  for (let attempt = 1; ; attempt++) {
    const version = await readVersion(store, silverTable);
    const wanted = change(version?.state);
    if (!wanted || wanted === version?.state) return version?.state;
    const condition = version ? { kind: 'unchanged' as const, etag: version.etag } : { kind: 'absent' as const };
    if (await writeIf(condition, store, rebuildKey(silverTable), JSON.stringify(wanted, undefined, 1)) !== undefined) return wanted;
    await pauseAfter(clock, attempt);
  }
}

/**
 * A new definition: all that older ones encoded is due again.
 *
 * @param until the last Bronze file that runs under older definitions took; undefined if they took none
 */
export function opened(former: RebuildState | undefined, epoch: number, until: string | undefined): RebuildState {
  if (former?.epoch === epoch) return former;
  // Of what an interrupted rebuild was asked for, the log is read whole again; single runs are asked for by nobody else.
  const runs = former?.queue.filter(({ kind }) => kind === 'run').map((work): RebuildWork => ({ ...work, after: '' })) ?? [];
  return {
    formatVersion: REBUILD_VERSION,
    epoch,
    base: former?.complete ? former.epoch : former?.base ?? 0,
    queue: [...until === undefined ? [] : [{ kind: 'log' as const, after: '', until }], ...runs],
    worker: null,
    progress: NOTHING_ENCODED,
  };
}

/** A run has found changes of older definitions in its files: batches that were delivered late, or twice. */
export function requested(former: RebuildState | undefined, epoch: number, run: string): RebuildState {
  const state = opened(former, epoch, undefined);
  if (state.queue.some(work => work.kind === 'run' && work.run === run)) return state;
  return { ...state, queue: [...state.queue, { kind: 'run', after: '', run }] };
}

export function isSameWork(left: RebuildWork, right: RebuildWork): boolean {
  return JSON.stringify({ ...left, after: '' }) === JSON.stringify({ ...right, after: '' });
}
