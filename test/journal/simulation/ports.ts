import type { ObjectStore } from '../../../lambda-src/ports/object-store';
import type { QueryEngine } from '../../../lambda-src/ports/query-engine';
import { CONTROL_KEY } from '../../../src/spec/storage-layout';
import type { Athena } from './athena';
import type { Process } from './process';

/** The store as one process reaches it. */
export function storeFor(process: Process, store: ObjectStore): ObjectStore {
  return {
    get: key => process.call(() => `get ${key}`, () => store.get(key)),
    put: (key, body, condition) => process.call(() => `put ${key}${describeBody(key, body)}`, () => store.put(key, body, condition), 1.5),
    delete: key => process.call(() => `delete ${key}`, () => store.delete(key)),
    list: (prefix, startAfter) => store.list(prefix, startAfter),
    uri: key => store.uri(key),
  };
}

/** The engine as one process reaches it; statements carry what they stand for in their purpose. */
export function engineFor(process: Process, athena: Athena): QueryEngine {
  return {
    prepare: async statement => ({ sql: statement.purpose, context: {} }),
    sign: async (request, token) => {
      const signedAt = process.now();
      await process.sleep(1);
      return { send: () => process.call(() => `send ${token.slice(0, 6)}`, () => athena.start(token, request, signedAt), 1.5) };
    },
    status: id => process.call(() => `status ${id}`, () => athena.status(id), 0.2),
    query: () => Promise.reject(new Error('the journal does not query')),
    describe: () => Promise.reject(new Error('the journal does not describe')),
  };
}

function describeBody(key: string, body: Uint8Array | string): string {
  if (key !== CONTROL_KEY) return '';
  const { rev, epoch, holder, slots } = JSON.parse(body as string);
  const inSlots = Object.entries<{ token: string; queryExecutionId?: string }>(slots)
    .map(([name, { token, queryExecutionId }]) => `${name}=${token.slice(0, 6)}/${queryExecutionId ?? '?'}`);
  return ` rev ${rev} epoch ${epoch} ${holder ? holder.slice(0, 4) : 'free'} ${inSlots.join(' ')}`;
}
