/** Objects that are too large to hold: S3 on AWS, a folder on a laptop. */
export interface ObjectStreams {
  /** The object's bytes, piece by piece, or undefined if there is none. Throws when the store gives no answer. */
  open(key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
}
