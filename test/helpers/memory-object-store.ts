import { createHash } from 'node:crypto';
import type { Clock } from '../../lambda-src/ports/clock';
import type { ObjectStore, ObjectSummary, PutCondition, PutOutcome, StoredObject } from '../../lambda-src/ports/object-store';
import { FixedClock } from './fixed-clock';

interface Entry {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
}

/** Objects in memory with S3's rules: atomic conditional writes, strong reads, keys listed by their UTF-8 bytes. */
export class MemoryObjectStore implements ObjectStore {
  private readonly objects = new Map<string, Entry>();

  public constructor(private readonly clock: Pick<Clock, 'now'> = new FixedClock()) {}

  public async get(key: string): Promise<StoredObject | undefined> {
    const entry = this.objects.get(key);
    return entry && { ...entry, body: entry.body.slice(), servedAt: this.clock.now() };
  }

  public async put(key: string, body: Uint8Array | string, condition?: PutCondition): Promise<PutOutcome> {
    const servedAt = this.clock.now();
    if (condition && !holds(condition, this.objects.get(key))) return { kind: 'refused', servedAt };
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body.slice();
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    this.objects.set(key, { body: bytes, etag, lastModified: servedAt });
    return { kind: 'written', etag, servedAt };
  }

  public async delete(key: string): Promise<void> {
    this.objects.delete(key);
  }

  public async* list(prefix: string, startAfter = ''): AsyncIterable<ObjectSummary> {
    for (const key of this.keys(prefix)) {
      const { body, lastModified } = this.objects.get(key)!;
      if (byBytes(key, startAfter) > 0) yield { key, size: body.length, lastModified };
    }
  }

  public uri(key: string): string {
    return `memory://${key}`;
  }

  /** For a test to look or to arrange, without conditions. */
  public keys(prefix = ''): string[] {
    return [...this.objects.keys()].filter(key => key.startsWith(prefix)).sort(byBytes);
  }

  public bytes(key: string): Uint8Array {
    const entry = this.objects.get(key);
    if (!entry) throw new Error(`no object ${key}; there are: ${this.keys().join(', ')}`);
    return entry.body.slice();
  }

  public text(key: string): string {
    return new TextDecoder().decode(this.bytes(key));
  }

}

function holds(condition: PutCondition, entry: Entry | undefined): boolean {
  return condition.kind === 'absent' ? entry === undefined : entry?.etag === condition.etag;
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
