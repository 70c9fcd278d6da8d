import { FAILED_BATCHES_PREFIX } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';

/** More say no more. */
const ENOUGH = 1000;

/** How many batches Lambda has given up that nobody has put through again; undefined if that could not be told. */
export async function failedBatches(store: ObjectStore): Promise<number | undefined> {
  try {
    const batches = store.list(FAILED_BATCHES_PREFIX)[Symbol.asyncIterator]();
    let count = 0;
    while (count < ENOUGH && !(await batches.next()).done) count++;
    return count;
  } catch {
    // It is looked at beside the run, which goes its own way.
    return undefined;
  }
}
