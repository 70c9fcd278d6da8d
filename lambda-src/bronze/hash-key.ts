import { createHmac } from 'node:crypto';
import { HASH_KEY_MARK_KEY } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';

/** Where the key comes from: a secret on AWS. */
export type HashKeySource = () => Promise<Uint8Array>;

/** Values cannot be hashed as those before them were; the message says what to do. */
export class HashKeyError extends Error {
  public readonly name = 'HashKeyError';
}

/** Shorter ones can be found by trying. */
const SHORTEST_KEY = 16;
const MARK_VERSION = 1;

/**
 * Replaces values by hashes, and knows its own: a second tag, which nobody makes without the key, tells a hash of this pipeline from
 * a value that only looks like one. So a change may pass through here twice.
 */
export class Hasher {
  public constructor(private readonly key: Uint8Array) {}

  public hash(text: string): string {
    const digest = this.hmac(text);
    return digest + this.tag(digest);
  }

  public isOwn(text: string): boolean {
    return /^[0-9a-f]{80}$/.test(text) && this.tag(text.slice(0, 64)) === text.slice(64);
  }

  /** Tells keys apart, and nothing else of them. */
  public get mark(): string {
    return this.hmac('cdk-medallion-analytics: mark of the hash key');
  }

  private tag(digest: string): string {
    return this.hmac(`cdk-medallion-analytics: tag of ${digest}`).slice(0, 16);
  }

  private hmac(text: string): string {
    return createHmac('sha256', this.key).update(text, 'utf8').digest('hex');
  }
}

/**
 * The hasher of this lake. Its first use leaves a mark of the key in the bucket: under another key the same item would get another
 * identity, so the key may never change. Throws HashKeyError.
 */
export async function hasherOf(store: ObjectStore, source: HashKeySource): Promise<Hasher> {
  const key = await source();
  if (key.length < SHORTEST_KEY) {
    throw new HashKeyError(`the hash key has ${key.length} bytes and could be guessed: give its secret at least ${SHORTEST_KEY}, random ones`);
  }
  const hasher = new Hasher(key);
  const mark = JSON.stringify({ formatVersion: MARK_VERSION, mark: hasher.mark });
  const found = await store.get(HASH_KEY_MARK_KEY);
  if (!found) await store.put(HASH_KEY_MARK_KEY, mark, { kind: 'absent' });
  const kept = found ?? await store.get(HASH_KEY_MARK_KEY);
  if (kept && new TextDecoder().decode(kept.body) !== mark) {
    throw new HashKeyError('the hash key is not the one with which this lake was begun: every value would get another hash, and items with '
      + 'a hashed key another identity. Restore the former value of the secret; the batch is tried again until then');
  }
  return hasher;
}
