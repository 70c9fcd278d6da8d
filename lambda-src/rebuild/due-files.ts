import { bronzePrefix } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';
import { findManifest } from '../silver/run-manifest';
import { keyOf } from '../state/key-of';
import type { RebuildWork } from './rebuild-state';

/**
 * Keys of the Bronze files that a piece of work is still to read, in their order. A run whose manifest is gone has read some of the
 * change log, nobody knows which: then all of it is read again.
 */
export async function* dueFiles(store: ObjectStore, bronzeName: string, work: RebuildWork): AsyncIterable<string> {
  if (work.kind === 'run') {
    const files = await findManifest(store, { bronzeName, run: work.run });
    if (files) {
      yield* files.map(uri => keyOf(store, uri)).sort().filter(key => key > work.after);
      return;
    }
  }
  for await (const { key } of store.list(bronzePrefix(bronzeName), work.after || undefined)) {
    if (work.kind === 'log' && key > work.until) return;
    if (key.endsWith('.parquet')) yield key;
  }
}
