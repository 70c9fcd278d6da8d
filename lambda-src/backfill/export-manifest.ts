import { createHash } from 'node:crypto';
import { isRecord } from '../bronze/convert/attribute';
import type { ObjectStore } from '../ports/object-store';
import { ANOTHER_EXPORT, ExportCorruptError } from './errors';

/** What an export's manifests say of it. */
export interface ExportManifest {
  readonly exportId: string;
  readonly kind: 'full' | 'incremental';
  /** A full export's point in time. */
  readonly exportTime: Date;
  readonly itemCount: number;
  /** Those that hold anything, in the order of the manifest. */
  readonly files: readonly DataFile[];
}

export interface DataFile {
  readonly key: string;
  readonly itemCount: number;
  /** Base64, of the object as it is stored. */
  readonly md5: string;
}

/**
 * Reads `manifest-summary.json` and `manifest-files.json` and holds them against their checksums. Throws ExportCorruptError.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export async function readExportManifest(store: ObjectStore, summaryKey: string): Promise<ExportManifest> {
  const summary = parsed(await verified(store, summaryKey), summaryKey);
  const { exportArn, exportTime, exportType, itemCount, manifestFilesS3Key: filesKey, outputFormat } = summary;
  if (outputFormat !== 'DYNAMODB_JSON') throw corrupt(summaryKey, `its outputFormat is ${JSON.stringify(outputFormat)}, not DYNAMODB_JSON`);
  const exportId = typeof exportArn === 'string' ? /\/export\/([\w-]+)$/.exec(exportArn)?.[1] : undefined;
  if (exportId === undefined) throw corrupt(summaryKey, `its exportArn is ${JSON.stringify(exportArn)}`);
  if (typeof filesKey !== 'string') throw corrupt(summaryKey, 'it does not say where the list of files is');
  const kind = exportType === 'INCREMENTAL_EXPORT' ? 'incremental' : 'full';
  const time = new Date(typeof exportTime === 'string' ? exportTime : NaN);
  if (kind === 'full' && Number.isNaN(time.getTime())) throw corrupt(summaryKey, `its exportTime is ${JSON.stringify(exportTime)}`);
  const listKey = inFolder(filesKey, summaryKey);
  const files = (await verified(store, listKey)).split('\n').filter(line => line.trim() !== '').map(line => dataFile(line, listKey));
  const manifest: ExportManifest = {
    exportId, kind, exportTime: time, itemCount: count(itemCount, summaryKey), files: files.filter(file => file.itemCount > 0),
  };
  const listed = files.reduce((sum, file) => sum + file.itemCount, 0);
  if (listed !== manifest.itemCount) throw corrupt(summaryKey, `it counts ${manifest.itemCount} items, its list of files ${listed}`);
  return manifest;
}

function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('base64');
}

/** The key with the prefix that the export was asked to use, whether or not the manifest writes it out. */
function inFolder(key: string, besides: string): string {
  const prefix = besides.slice(0, besides.indexOf('AWSDynamoDB/'));
  return key.startsWith(prefix) ? key : `${prefix}${key}`;
}

async function verified(store: ObjectStore, key: string): Promise<string> {
  const object = await store.get(key);
  if (!object) throw corrupt(key, 'it is missing');
  const checksum = await checksumOf(store, key);
  const [expected, found] = [new TextDecoder().decode(checksum.body).trim(), md5Of(object.body)];
  if (expected !== found) throw corrupt(key, `its MD5 is ${found}, but ${checksum.key} says ${expected}`);
  return new TextDecoder().decode(object.body);
}

/** Exports have it under one name, the documentation under the other. */
async function checksumOf(store: ObjectStore, key: string): Promise<{ readonly key: string; readonly body: Uint8Array }> {
  const candidates = ['.md5', '.checksum'].map(ending => key.replace(/\.json$/, ending));
  for (const candidate of candidates) {
    const object = await store.get(candidate);
    if (object) return { key: candidate, body: object.body };
  }
  throw corrupt(candidates[0], 'it is missing');
}

function dataFile(line: string, listKey: string): DataFile {
  const { dataFileS3Key: key, itemCount, md5Checksum: md5 } = parsed(line, listKey);
  const items = count(itemCount, listKey);
  if (items > 0 && (typeof key !== 'string' || typeof md5 !== 'string')) throw corrupt(listKey, `a line names no file or no checksum: ${line}`);
  return { key: inFolder(String(key), listKey), itemCount: items, md5: String(md5) };
}

function parsed(text: string, key: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below: what it is instead does not matter.
  }
  throw corrupt(key, 'it is not JSON');
}

function count(value: unknown, key: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw corrupt(key, `an itemCount in it is ${JSON.stringify(value)}`);
}

export function corrupt(key: string, why: string): ExportCorruptError {
  return new ExportCorruptError(`${key}: ${why}. ${ANOTHER_EXPORT}`);
}
