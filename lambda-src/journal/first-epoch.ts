import { JOURNAL_REQUESTS_PREFIX, RUNS_PREFIX } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';

/**
 * The greatest run number anybody has used, for a bucket without a control object: it is new, or the object was lost and run
 * numbers must not be given out twice.
 */
export async function greatestEpoch(store: ObjectStore, lastKnownRun: () => Promise<number>): Promise<number> {
  let greatest = await lastKnownRun();
  for (const [prefix, folder] of [[RUNS_PREFIX, /\/run=(\d{12})\./], [JOURNAL_REQUESTS_PREFIX, /\/(\d{12})\//]] as const) {
    for await (const { key } of store.list(prefix)) {
      greatest = Math.max(greatest, Number(folder.exec(key)?.[1] ?? 0));
    }
  }
  return greatest;
}
