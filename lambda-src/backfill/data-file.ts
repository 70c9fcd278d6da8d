import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ObjectStreams } from '../ports/object-streams';
import { corrupt, type DataFile } from './export-manifest';

/** One line of a data file, and how many come before it. */
export interface DataLine {
  readonly number: number;
  readonly bytes: Uint8Array;
}

const LINE_END = 0x0a;

/** Reads the file once, without unpacking it, and holds it against its checksum. Throws ExportCorruptError. */
export async function verifyDataFile(streams: ObjectStreams, file: DataFile): Promise<void> {
  const hash = createHash('md5');
  for await (const piece of await opened(streams, file)) hash.update(piece);
  const found = hash.digest('base64');
  if (found !== file.md5) throw corrupt(file.key, `its MD5 is ${found}, but the manifest says ${file.md5}`);
}

/** The lines of a data file, whatever its size: a piece of it at a time is in memory, and the line that it ends in. */
export async function* linesOf(streams: ObjectStreams, file: DataFile): AsyncGenerator<DataLine> {
  const unpacked = gunzipped(Readable.from(await opened(streams, file)));
  let number = 0;
  let unfinished: Buffer[] = [];
  for await (const piece of unpacked) {
    let start = 0;
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, start)) {
      const bytes = Buffer.concat([...unfinished, piece.subarray(start, end)]);
      unfinished = [];
      start = end + 1;
      if (bytes.length > 0) yield { number: number++, bytes };
    }
    if (start < piece.length) unfinished.push(piece.subarray(start));
  }
  const bytes = Buffer.concat(unfinished);
  if (bytes.length > 0) yield { number, bytes };
}

/** `pipe` alone would leave the one end open when the other breaks or has enough. */
function gunzipped(packed: Readable): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  packed.on('error', error => gunzip.destroy(error));
  gunzip.on('close', () => packed.destroy());
  return packed.pipe(gunzip);
}

async function opened(streams: ObjectStreams, { key }: DataFile): Promise<AsyncIterable<Uint8Array>> {
  const bytes = await streams.open(key);
  if (!bytes) throw corrupt(key, 'it is missing');
  return bytes;
}
