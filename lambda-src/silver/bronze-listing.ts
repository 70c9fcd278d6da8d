import { bronzePrefix, hourPrefix } from '../../src/spec/storage-layout';
import type { SilverProgress } from '../journal/control-state';
import type { ObjectStore, ObjectSummary } from '../ports/object-store';

/** How many Bronze files, and how many bytes of them, one chunk of a run takes. */
export interface ChunkLimits {
  readonly files: number;
  readonly bytes: number;
}

export const CHUNK_LIMITS: ChunkLimits = { files: 1000, bytes: 1024 ** 3 };

const HOUR = 60 * 60 * 1000;

/**
 * How long after its hour has ended a file may still appear under it: the Bronze function reads its clock once and may then run
 * for minutes, on another clock than ours. The daily sweep catches what is later still.
 */
const HOUR_STAYS_OPEN = HOUR;

export interface NewFiles {
  /** Keys in order, at most a chunk. */
  readonly keys: readonly string[];
  /** When the oldest of them was written. */
  readonly oldest?: Date;
  /** When the newest of them was. */
  readonly newest?: Date;
  /** Whether a next chunk has more. */
  readonly more: 'yes' | 'no';
}

/** Files that no run has taken yet. The work is bounded by the time since the last run, not by history. */
export async function newFiles(
  store: ObjectStore, bronzeName: string, progress: SilverProgress | undefined, limits: ChunkLimits,
): Promise<NewFiles> {
  const prefix = bronzePrefix(bronzeName);
  const taken = new Set(progress?.taken);
  const keys: string[] = [];
  let bytes = 0;
  let oldest: Date | undefined;
  let newest: Date | undefined;
  for await (const { key, size, lastModified } of candidates(store, prefix, progress)) {
    if (!isDataFile(key) || taken.has(key.slice(prefix.length))) continue;
    if (keys.length > 0 && (keys.length >= limits.files || bytes + size > limits.bytes)) return { keys, oldest, newest, more: 'yes' };
    keys.push(key);
    bytes += size;
    if (!oldest || lastModified < oldest) oldest = lastModified;
    if (!newest || lastModified > newest) newest = lastModified;
  }
  return { keys, oldest, newest, more: 'no' };
}

/** Whether a run that is committed has read the file. */
export function isTaken(bronzeName: string, progress: SilverProgress | undefined, key: string): boolean {
  const name = key.slice(bronzePrefix(bronzeName).length);
  if (!progress || progress.missed?.includes(name)) return false;
  return name < progress.listFrom || progress.taken.includes(name);
}

/**
 * Where the next listing starts, and the names it must leave out. An hour is done with when no file can appear under it any
 * more, and when no file in it waits for a later chunk.
 */
export function progressAfter(
  bronzeName: string, progress: SilverProgress | undefined, { keys, more }: NewFiles, now: Date,
): Pick<SilverProgress, 'listFrom' | 'taken' | 'missed'> {
  const prefix = bronzePrefix(bronzeName);
  const names = [...progress?.taken ?? [], ...keys.map(key => key.slice(prefix.length))].sort();
  const last = keys.at(-1);
  const open = hourPrefix(new Date(Math.min(now.getTime(), newestHour(names, now)) - HOUR_STAYS_OPEN - HOUR));
  const waiting = more === 'yes' && last ? hourOf(last.slice(prefix.length)) : open;
  const earliest = waiting < open ? waiting : open;
  // Never backwards: what lies before has been read, whatever our clock says now.
  const listFrom = progress && progress.listFrom > earliest ? progress.listFrom : earliest;
  // All of them come before what is listed, so those behind the chunk's last file have not been looked at yet.
  const missed = more === 'yes' && last ? progress?.missed?.filter(name => name > last.slice(prefix.length)) ?? [] : [];
  return { listFrom, taken: names.filter(name => name >= listFrom), ...missed.length > 0 && { missed } };
}

/** What the sweep has found, as far as it is still there, then what lies where files may still appear. */
async function* candidates(store: ObjectStore, prefix: string, progress: SilverProgress | undefined): AsyncIterable<ObjectSummary> {
  for (const name of [...progress?.missed ?? []].sort()) {
    for await (const object of store.list(`${prefix}${name}`)) {
      if (object.key === `${prefix}${name}`) yield object;
    }
  }
  yield* store.list(prefix, progress && `${prefix}${progress.listFrom}`);
}

/** A clock that is ahead must not carry the listing past files that are yet to come: it stays near those that have. */
function newestHour(names: readonly string[], now: Date): number {
  const start = startOfHour(names.at(-1) ?? '');
  return start === undefined ? now.getTime() : start + HOUR - 1000;
}

/** When the hour began under which a file lies, in milliseconds. */
export function startOfHour(name: string): number | undefined {
  const match = /^dt=(\d{4}-\d{2}-\d{2})\/hr=(\d{2})\//.exec(name);
  return match ? Date.parse(`${match[1]}T${match[2]}:00:00Z`) : undefined;
}

function hourOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** What is no Parquet file is not ours. */
export function isDataFile(key: string): boolean {
  return key.endsWith('.parquet');
}
