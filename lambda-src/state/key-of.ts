import type { ObjectStore } from '../ports/object-store';

/** The key of an object that the query engine names by its URI. */
export function keyOf(store: ObjectStore, uri: string): string {
  const marker = store.uri('x');
  const root = marker.slice(0, -1);
  if (!uri.startsWith(root)) throw new RangeError(`${uri} is not in the pipeline's bucket, ${root}`);
  return uri.slice(root.length);
}
