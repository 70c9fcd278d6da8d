import { createHash } from 'node:crypto';
import { createReadStream, promises as fs } from 'node:fs';
import * as path from 'node:path';
import type { Clock } from '../ports/clock';
import type { ObjectStore, ObjectSummary, PutCondition, PutOutcome, StoredObject } from '../ports/object-store';
import type { ObjectStreams } from '../ports/object-streams';

/** Objects as files below a folder, with S3's conditional writes. One process at a time may write to the folder. */
export class FolderObjectStore implements ObjectStore, ObjectStreams {
  private writes: Promise<unknown> = Promise.resolve();
  private temporaries = 0;

  public constructor(private readonly root: string, private readonly clock: Pick<Clock, 'now'>) {}

  public async get(key: string): Promise<StoredObject | undefined> {
    const body = await this.read(key);
    if (!body) return undefined;
    const { mtime } = await fs.stat(this.file(key));
    return { body, etag: etagOf(body), lastModified: mtime, servedAt: this.clock.now() };
  }

  public async open(key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    try {
      await fs.access(this.file(key));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    return createReadStream(this.file(key)) as AsyncIterable<Buffer>;
  }

  public put(key: string, body: Uint8Array | string, condition?: PutCondition): Promise<PutOutcome> {
    const written = this.writes.then(() => this.write(key, typeof body === 'string' ? new TextEncoder().encode(body) : body, condition));
    this.writes = written.catch(() => undefined);
    return written;
  }

  public delete(key: string): Promise<void> {
    const removed = this.writes.then(() => fs.rm(this.file(key), { force: true }));
    this.writes = removed.catch(() => undefined);
    return removed;
  }

  public async* list(prefix: string, startAfter = ''): AsyncIterable<ObjectSummary> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const keys = (await this.keysBelow(folder)).filter(key => key.startsWith(prefix) && byBytes(key, startAfter) > 0).sort(byBytes);
    for (const key of keys) {
      const { size, mtime } = await fs.stat(this.file(key));
      yield { key, size, lastModified: mtime };
    }
  }

  public uri(key: string): string {
    return this.file(key);
  }

  private file(key: string): string {
    return path.join(this.root, ...key.split('/'));
  }

  private async write(key: string, body: Uint8Array, condition: PutCondition | undefined): Promise<PutOutcome> {
    const servedAt = this.clock.now();
    const present = condition && await this.read(key);
    if (condition?.kind === 'absent' && present) return { kind: 'refused', servedAt };
    if (condition?.kind === 'unchanged' && (!present || etagOf(present) !== condition.etag)) return { kind: 'refused', servedAt };
    const file = this.file(key);
    await fs.mkdir(path.dirname(file), { recursive: true });
    // Renamed into place, so that no reader ever sees half an object; the time is the clock's, as a lease is measured by it.
    const temporary = path.join(this.root, `.writing-${process.pid}-${++this.temporaries}`);
    await fs.writeFile(temporary, body);
    await fs.utimes(temporary, servedAt, servedAt);
    await fs.rename(temporary, file);
    return { kind: 'written', etag: etagOf(body), servedAt };
  }

  private async read(key: string): Promise<Uint8Array | undefined> {
    try {
      return await fs.readFile(this.file(key));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private async keysBelow(folder: string): Promise<string[]> {
    try {
      const entries = await fs.readdir(this.file(folder), { withFileTypes: true });
      const below = await Promise.all(entries.map(entry => entry.isDirectory() ? this.keysBelow(`${folder}${entry.name}/`) : [`${folder}${entry.name}`]));
      return below.flat();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
