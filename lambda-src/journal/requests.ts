import { JOURNAL_REQUESTS_PREFIX } from '../../src/spec/storage-layout';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { QueryRequest } from '../ports/query-engine';
import { persistently } from './patience';
import { formatEpoch } from './run';

/** One object an attempt: the token's first digits make the name unique even if an epoch were ever given out twice. */
export function requestKey(epoch: number, slot: string, token: string): string {
  return `${JOURNAL_REQUESTS_PREFIX}${formatEpoch(epoch)}/${slot}-${token.slice(0, 16)}.json`;
}

/** The store's time of writing. */
export async function storeRequest(store: ObjectStore, clock: Clock, key: string, request: QueryRequest): Promise<Date> {
  const outcome = await persistently(clock, () => store.put(key, JSON.stringify(request)));
  return outcome.servedAt;
}

export async function loadRequest(store: ObjectStore, clock: Clock, key: string): Promise<QueryRequest | undefined> {
  const object = await persistently(clock, () => store.get(key));
  return object && JSON.parse(new TextDecoder().decode(object.body)) as QueryRequest;
}
