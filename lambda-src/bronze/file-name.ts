import { createHash } from 'node:crypto';
import { bronzePrefix, hourPrefix, REJECTED_PREFIX } from '../../src/spec/storage-layout';

/**
 * The same changes under the same definition have the same name, in whatever order they came: a batch that is delivered again
 * in the same hour is seen to be there already.
 */
export function changeFileKey(bronzeName: string, eventIds: readonly string[], epoch: number, now: Date): string {
  return `${bronzePrefix(bronzeName)}${hourPrefix(now)}${hashOf([...eventIds, String(epoch)])}.parquet`;
}

/** The same `work` on the same files has the same name: who repeats it in the same hour sees that it is done. */
export function rebuiltFileKey(bronzeName: string, sources: readonly string[], work: string, now: Date): string {
  return `${bronzePrefix(bronzeName)}${hourPrefix(now)}${hashOf([...sources, work])}.parquet`;
}

/** `lines` is all that the file holds: a rejected record may lack an event id. */
export function rejectedFileKey(bronzeName: string, lines: readonly string[], now: Date): string {
  return `${REJECTED_PREFIX}${bronzeName}/${hourPrefix(now)}${hashOf(lines)}.json`;
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([...texts].sort())).digest('hex').slice(0, 32);
}
