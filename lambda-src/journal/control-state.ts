import { CONTROL_KEY } from '../../src/spec/storage-layout';
import { IncompatibleStateError, requireKnownFormat } from '../state/stored-format';

export const CONTROL_VERSION = 1;

/** Everything the journal knows, in one object, so that one conditional write moves all of it or nothing. */
export interface ControlState {
  readonly formatVersion: typeof CONTROL_VERSION;
  /** Counts the writes. */
  readonly rev: number;
  /** Fresh with every write: no two versions of the object are ever equal, so an ETag never returns. */
  readonly nonce: string;
  /** Counts the holders; it is the run number. */
  readonly epoch: number;
  /** Random for each holder, null when free. */
  readonly holder: string | null;
  /** Statements in flight, at most one a table. */
  readonly slots: { readonly [slot: string]: Slot };
  readonly progress: { readonly [silverTable: string]: SilverProgress };
  readonly gold: { readonly [goldTable: string]: GoldPosition };
  /** Refreshes that are committed and of which nobody has been told yet. */
  readonly untold?: { readonly [goldTable: string]: UntoldRefresh };
  /** How many files a chunk of a table may take, where a larger one was too much for one invocation. */
  readonly steps: { readonly [silverTable: string]: number };
  /** `silver.orders`: what was last done to an Iceberg table to keep it in shape. */
  readonly maintenance?: { readonly [table: string]: MaintenanceRecord };
}

export interface Slot {
  readonly token: string;
  /** Where the whole request lies, so that anybody can submit it again. */
  readonly requestKey: string;
  /** By the store's clock, ISO; at or after the date of the first signature. */
  readonly recordedAt: string;
  readonly queryExecutionId?: string;
  /** How long the statement may run and wait, in milliseconds, where that is longer than for most. */
  readonly dropAfter?: number;
}

export interface SilverProgress {
  readonly tableUuid: string;
  readonly definitionEpoch: number;
  readonly committedRun: string;
  /** `dt=…/hr=…/`: the hour from which Bronze is listed next. */
  readonly listFrom: string;
  /** Hour and file name of the files taken in hours from `listFrom` on. */
  readonly taken: readonly string[];
  /** Dimension table to its last run that this table has re-enriched from. */
  readonly enrichedUpTo: { readonly [dimension: string]: string };
  readonly poisoned: readonly { readonly key: string; readonly reason: string }[];
  /** Hour and file name of files that appeared before `listFrom` when it had passed; the next run takes them. */
  readonly missed?: readonly string[];
  /** ISO, by the store's clock: what had been written to Bronze by then has been taken. */
  readonly asOf?: string;
  /**
   * Of which columns the runs that may be under way note old and new values for Gold, the key among them; none if no Gold table reads
   * this one. Missing after a run of a version that did not note it: such a run drops it, since it may be any.
   */
  readonly ledgerColumns?: readonly string[];
}

export interface GoldPosition {
  readonly tableUuid: string;
  /** Of the Silver table it was computed from. */
  readonly silverUuid: string;
  readonly definitionHash: string;
  readonly consumedRun: string;
  readonly windowBounds: { readonly [name: string]: string };
}

export interface UntoldRefresh {
  /** Epoch of the holder that committed it. */
  readonly run: number;
  /** ISO; that of its rows. */
  readonly computedAt: string;
  /** `asOf` of the Silver table that it was computed from. */
  readonly dataAsOf?: string;
}

/** Times are ISO, by our clock: they decide only when something is done again. */
export interface MaintenanceRecord {
  readonly tableUuid: string;
  /** The table's when it was left; undefined: nothing is known to be done for its present rows. */
  readonly version?: string;
  /** From when the partitions must be looked for that have changed since OPTIMIZE went over them. */
  readonly optimizedAt?: string;
  /** When OPTIMIZE last went over all partitions. */
  readonly wholeAt?: string;
  readonly vacuumedAt?: string;
  /** When it was last found changed, or changed by OPTIMIZE: a snapshot of that time is still to expire. */
  readonly changedAt?: string;
  /** For a ledger: rows of runs up to this one are gone. */
  readonly prunedRun?: string;
  /** For an absent table: when the next entry comes of age; undefined if none will. */
  readonly pruneFrom?: string;
}

/** A journal nobody has held yet; the first holder's epoch is one more than this. */
export function emptyControl(epoch: number): ControlState {
  return { formatVersion: CONTROL_VERSION, rev: 0, nonce: '', epoch, holder: null, slots: {}, progress: {}, gold: {}, steps: {} };
}

export function serialiseControl(state: ControlState): string {
  return JSON.stringify(state, undefined, 1);
}

export function parseControl(body: Uint8Array): ControlState {
  const value = parsedJson(new TextDecoder().decode(body));
  if (!isRecord(value) || typeof value.formatVersion !== 'number') throw unreadable('it has no format version');
  requireKnownFormat(CONTROL_KEY, value.formatVersion, CONTROL_VERSION);
  const problem = problemOf(value);
  if (problem) throw unreadable(problem);
  return value as unknown as ControlState;
}

function problemOf(value: Record<string, unknown>): string | undefined {
  if (!isCount(value.rev) || !isCount(value.epoch)) return 'rev and epoch are not both whole numbers';
  if (typeof value.nonce !== 'string') return 'nonce is not a text';
  if (value.holder !== null && typeof value.holder !== 'string') return 'holder is neither a text nor null';
  const missing = ['slots', 'progress', 'gold', 'steps'].find(name => !isRecord(value[name]));
  if (missing) return `${missing} is not an object`;
  const broken = Object.entries(value.slots as Record<string, unknown>).find(([, slot]) => !isSlot(slot));
  return broken && `slot ${broken[0]} is incomplete`;
}

function isSlot(value: unknown): boolean {
  return isRecord(value) && typeof value.token === 'string' && typeof value.requestKey === 'string'
    && typeof value.recordedAt === 'string' && !Number.isNaN(Date.parse(value.recordedAt))
    && ['string', 'undefined'].includes(typeof value.queryExecutionId) && ['number', 'undefined'].includes(typeof value.dropAfter);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
}

function unreadable(why: string): IncompatibleStateError {
  return new IncompatibleStateError(`${CONTROL_KEY} cannot be read (${why}): once no statement of the pipeline runs, `
    + `delete ${CONTROL_KEY}; all of Bronze is then read again, safely`);
}
