import type { Change, Image } from '../bronze/change';
import { isRecord, ownProperty } from '../bronze/convert/attribute';
import { Rejection } from '../bronze/stream-event';

/** What every change of one export has in common. */
export interface ExportSource {
  readonly exportId: string;
  readonly kind: 'full' | 'incremental';
  readonly tableName: string;
  /** What a full export tells of the time of its items, epoch microseconds. */
  readonly time: bigint;
}

/** Key attributes of the table, as DynamoDB calls them. */
export type KeyAttributes = readonly string[];

const LATEST_MICROS = 253_402_300_799_999_999n;

/**
 * A line of a data file as a change. A full export has a line for each item; an incremental one the last state of each item that
 * changed in its window, without a new image if that was none.
 */
export function readExportLine(line: string, eventId: string, source: ExportSource, key: KeyAttributes): Change | Rejection {
  const value = parsed(line);
  if (!isRecord(value)) return new Rejection('the line is not a JSON object');
  return source.kind === 'full' ? fullItem(value, eventId, source) : incrementalItem(value, eventId, source, key);
}

function fullItem({ Item: item }: Image, eventId: string, { tableName, time }: ExportSource): Change | Rejection {
  if (!isRecord(item)) return new Rejection('the line has no Item');
  return { eventId, eventName: 'INSERT', tableName, sequence: null, time, isTtlDelete: false, keys: item, newImage: item };
}

function incrementalItem(value: Image, eventId: string, { tableName }: ExportSource, key: KeyAttributes): Change | Rejection {
  const { Metadata: metadata, Keys: keys, NewImage: newImage, OldImage: oldImage } = value;
  const time = isRecord(metadata) ? timeOf(ownProperty(metadata, 'WriteTimestampMicros')) : undefined;
  if (time === undefined) return new Rejection('Metadata.WriteTimestampMicros is not a number of microseconds since 1970');
  if (!isRecord(keys)) return new Rejection('the line has no Keys');
  const missing = key.filter(attribute => !Object.hasOwn(keys, attribute));
  if (missing.length > 0) return new Rejection(`Keys lacks ${missing.join(', ')}`);
  if (newImage !== undefined && !isRecord(newImage)) return new Rejection('NewImage is no map of attributes');
  if (oldImage !== undefined && !isRecord(oldImage)) return new Rejection('OldImage is no map of attributes');
  const eventName = newImage ? oldImage ? 'MODIFY' : 'INSERT' : 'REMOVE';
  // Why an item is gone, an export does not say.
  return { eventId, eventName, tableName, sequence: null, time, isTtlDelete: newImage ? false : null, keys, newImage, oldImage };
}

function timeOf(value: unknown): bigint | undefined {
  const text = isRecord(value) ? ownProperty(value, 'N') : undefined;
  if (typeof text !== 'string' || !/^\d{1,18}$/.test(text)) return undefined;
  const time = BigInt(text);
  return time <= LATEST_MICROS ? time : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
