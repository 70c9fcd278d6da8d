import type { ObjectStore, PutCondition } from '../ports/object-store';

/**
 * Writes if the condition holds; for whoever reads what is there, and decides anew, if it does not. For them it is the same if S3 refuses
 * because another conditional write of the object is in flight. Returns the ETag; undefined if nothing was written.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function writeIf(condition: PutCondition, store: ObjectStore, key: string, body: string): Promise<string | undefined> {
  try {
    const outcome = await store.put(key, body, condition);
    return outcome.kind === 'written' ? outcome.etag : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalRequestConflict') return undefined;
    throw error;
  }
}
