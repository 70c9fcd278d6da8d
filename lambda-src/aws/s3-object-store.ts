import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand, GetObjectCommand, NoSuchKey, paginateListObjectsV2, PutObjectCommand, S3ServiceException, type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectStore, ObjectSummary, PutCondition, PutOutcome, StoredObject } from '../ports/object-store';
import type { ObjectStreams } from '../ports/object-streams';
import { withServedAt } from './served-at';

/** The pipeline's bucket. */
export class S3ObjectStore implements ObjectStore, ObjectStreams {
  public constructor(private readonly client: S3Client, private readonly bucket: string) {}

  public async get(key: string): Promise<StoredObject | undefined> {
    const { command, servedAt } = withServedAt(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    try {
      const output = await this.client.send(command);
      return {
        body: await output.Body!.transformToByteArray(),
        etag: output.ETag!,
        lastModified: output.LastModified!,
        servedAt: servedAt(),
      };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  public async open(key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return body as Readable;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  public async put(key: string, body: Uint8Array | string, condition?: PutCondition): Promise<PutOutcome> {
    const { command, servedAt } = withServedAt(new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentLength: Buffer.byteLength(body), // of an empty body the SDK does not tell it, and warns
      ...(condition?.kind === 'absent' && { IfNoneMatch: '*' }),
      ...(condition?.kind === 'unchanged' && { IfMatch: condition.etag }),
    }));
    try {
      const output = await this.client.send(command);
      return { kind: 'written', etag: output.ETag!, servedAt: servedAt() };
    } catch (error) {
      // A 409 is another write in flight: it may still go either way, so it is thrown as unknown.
      if (condition && isRefusal(error)) return { kind: 'refused', servedAt: servedAt() };
      throw error;
    }
  }

  public async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  public async* list(prefix: string, startAfter?: string): AsyncIterable<ObjectSummary> {
    const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix, StartAfter: startAfter });
    for await (const page of pages) {
      for (const object of page.Contents ?? []) yield { key: object.Key!, size: object.Size!, lastModified: object.LastModified! };
    }
  }

  public uri(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }
}

/** The condition did not hold; If-Match on an object that is gone answers NoSuchKey. */
function isRefusal(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'PreconditionFailed' || error.name === 'NoSuchKey'
    || error.$metadata.httpStatusCode === 412);
}
