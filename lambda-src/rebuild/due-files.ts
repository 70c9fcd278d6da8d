import { bronzePrefix } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';
import { readManifest } from '../silver/run-manifest';
import { keyOf } from '../state/key-of';
import type { RebuildWork } from './rebuild-state';

/** Keys of the Bronze files that a piece of work is still to read, in their order. */
export async function* dueFiles(store: ObjectStore, bronzeName: string, work: RebuildWork): AsyncIterable<string> {
  if (work.kind === 'run') {
    const keys = (await readManifest(store, { bronzeName, run: work.run })).map(uri => keyOf(store, uri)).sort();
    yield* keys.filter(key => key > work.after);
    return;
  }
  for await (const { key } of store.list(bronzePrefix(bronzeName), work.after || undefined)) {
    if (key > work.until) return;
    if (key.endsWith('.parquet')) yield key;
  }
}
