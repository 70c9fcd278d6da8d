import { JOURNAL_REQUESTS_PREFIX } from '../../src/spec/storage-layout';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { QueryRequest } from '../ports/query-engine';
import { requireKnownFormat } from '../state/stored-format';
import { persistently } from './patience';
import { formatEpoch } from './run';

export const REQUEST_VERSION = 1;

/** One object an attempt: the token's first digits make the name unique even if an epoch were ever given out twice. */
export function requestKey(epoch: number, slot: string, token: string): string {
  return `${JOURNAL_REQUESTS_PREFIX}${formatEpoch(epoch)}/${slot}-${token.slice(0, 16)}.json`;
}

/** The store's time of writing. */
export async function storeRequest(store: ObjectStore, clock: Clock, key: string, request: QueryRequest): Promise<Date> {
  const outcome = await persistently(clock, () => store.put(key, JSON.stringify({ formatVersion: REQUEST_VERSION, ...request })));
  return outcome.servedAt;
}

/** What was stored; undefined if it is gone. Throws IncompatibleStateError. */
export async function loadRequest(store: ObjectStore, clock: Clock, key: string): Promise<QueryRequest | undefined> {
  const object = await persistently(clock, () => store.get(key));
  if (!object) return undefined;
  // The very first version did not say that it was.
  const stored = JSON.parse(new TextDecoder().decode(object.body)) as QueryRequest & { readonly formatVersion?: number };
  const { formatVersion = 1, ...request } = stored;
  requireKnownFormat(key, formatVersion, REQUEST_VERSION);
  return request;
}
