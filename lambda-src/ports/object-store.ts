/** Objects by key, with conditional writes: S3 on AWS, a folder on a laptop. */
export interface ObjectStore {
  /** The object, or undefined if there is none. Throws when the store gives no answer. */
  get(key: string): Promise<StoredObject | undefined>;
  /** Anything thrown means that the outcome is unknown: the object may have been written, or may be later. */
  put(key: string, body: Uint8Array | string, condition?: PutCondition): Promise<PutOutcome>;
  /** Removes the object, if there is one; done again it changes nothing. Anything thrown means that the outcome is unknown. */
  delete(key: string): Promise<void>;
  /** Keys in ascending order of their UTF-8 bytes, those after `startAfter` only. */
  list(prefix: string, startAfter?: string): AsyncIterable<ObjectSummary>;
  /** Where the query engine finds the object. */
  uri(key: string): string;
}

export type PutCondition = { readonly kind: 'absent' } | { readonly kind: 'unchanged'; readonly etag: string };

export type PutOutcome =
  | { readonly kind: 'written'; readonly etag: string; readonly servedAt: Date }
  | { readonly kind: 'refused'; readonly servedAt: Date };

export interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
  /** The store's own clock when it answered. */
  readonly servedAt: Date;
}

export interface ObjectSummary {
  readonly key: string;
  readonly size: number;
  readonly lastModified: Date;
}
