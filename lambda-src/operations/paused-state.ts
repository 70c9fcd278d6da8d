import type { Named } from '../../src/spec/pipeline-spec';
import { PAUSED_KEY } from '../../src/spec/storage-layout';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { writeIf } from '../state/conditional-write';
import { parseStored } from '../state/stored-format';

/** What somebody has paused. A mapping that is off has no iterator age, so this is what tells the pipeline how long it has been off. */
export interface PausedState {
  readonly formatVersion: typeof PAUSED_VERSION;
  /** By Silver table: the reading of its source's stream. */
  readonly tables: Named<Pause>;
  /** By stage. */
  readonly schedules: Named<Pause>;
}

export interface Pause {
  /** ISO time. */
  readonly since: string;
  /** Who asked for it. */
  readonly by: string;
}

export const PAUSED_VERSION = 1;

const NOTHING: PausedState = { formatVersion: PAUSED_VERSION, tables: {}, schedules: {} };
const ATTEMPTS = 10;
const HOUR = 60 * 60 * 1000;

/** Somebody else kept changing the record. */
export class PausedStateBusyError extends Error {
  public readonly name = 'PausedStateBusyError';
}

/** What is paused; nothing if nobody ever paused anything. Throws IncompatibleStateError. */
export async function readPaused(store: ObjectStore): Promise<PausedState> {
  return (await versionOf(store)).state;
}

/** How long the table that is paused longest has been so, in hours; 0 if none is. */
export function hoursPaused(state: PausedState, now: Date): number {
  return Math.max(0, ...Object.values(state.tables).map(({ since }) => (now.getTime() - Date.parse(since)) / HOUR));
}

/** Reads, changes and writes; again if somebody else has written in between. */
export async function changePaused(store: ObjectStore, clock: Clock, change: (state: PausedState) => PausedState): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { state, etag } = await versionOf(store);
    const condition = etag === undefined ? { kind: 'absent' } as const : { kind: 'unchanged', etag } as const;
    if (await writeIf(condition, store, PAUSED_KEY, JSON.stringify(change(state), undefined, 2)) !== undefined) return;
    await clock.sleep(100 * attempt);
  }
  throw new PausedStateBusyError(`${PAUSED_KEY} was changed by somebody else ${ATTEMPTS} times in a row: try again`);
}

async function versionOf(store: ObjectStore): Promise<{ readonly state: PausedState; readonly etag?: string }> {
  const object = await store.get(PAUSED_KEY);
  if (!object) return { state: NOTHING };
  return { state: parseStored<PausedState>(PAUSED_KEY, object.body, PAUSED_VERSION), etag: object.etag };
}
