import { FAILED_BATCHES_PREFIX } from '../../src/spec/storage-layout';
import { BRONZE_FORMAT_VERSION } from '../bronze/bronze-format';
import { isRecord } from '../bronze/convert/attribute';
import { formatProblem } from '../state/stored-format';

/** A file whose records cannot be told, and why. */
export class Unreadable {
  public constructor(public readonly reason: string) {}
}

/** The stream records of a file that Lambda or Bronze set aside, as they came. */
export function recordsOf(key: string, body: Uint8Array): readonly unknown[] | Unreadable {
  const text = new TextDecoder().decode(body);
  return key.startsWith(FAILED_BATCHES_PREFIX) ? failedBatch(text) : rejectedRecords(text);
}

/** Whether a backfill has set it aside: it is no record of a stream. */
export function isExportLine(record: unknown): boolean {
  return isRecord(record) && typeof record.exportId === 'string' && !('eventID' in record);
}

/** When the item changed; undefined if the record does not say it, and then Bronze cannot take it either. */
export function changeTime(record: unknown): Date | undefined {
  const seconds = isRecord(record) && isRecord(record.dynamodb) ? record.dynamodb.ApproximateCreationDateTime : undefined;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? new Date(seconds * 1000) : undefined;
}

/**
 * What Lambda writes when it gives a batch up: where the batch stood in the stream and, as text, the event that it had for the function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
function failedBatch(text: string): readonly unknown[] | Unreadable {
  const invocation = parsed(text);
  if (!isRecord(invocation) || !isRecord(invocation.DDBStreamBatchInfo)) return new Unreadable('it is no batch of a DynamoDB stream that Lambda gave up');
  const event = typeof invocation.payload === 'string' ? parsed(invocation.payload) : undefined;
  if (isRecord(event) && Array.isArray(event.Records)) return event.Records as readonly unknown[];
  const { shardId, startSequenceNumber, endSequenceNumber } = invocation.DDBStreamBatchInfo;
  return new Unreadable(`its payload holds no records; the changes are those of shard ${String(shardId)}, from ${String(startSequenceNumber)} to `
    + `${String(endSequenceNumber)}: run repair for the table`);
}

/** A line a record, with the reason why Bronze did not take it. */
function rejectedRecords(text: string): readonly unknown[] | Unreadable {
  const records: unknown[] = [];
  for (const line of text.split('\n').filter(one => one !== '')) {
    const rejected = parsed(line);
    if (!isRecord(rejected) || !('record' in rejected)) return new Unreadable('it is no file of rejected records');
    const problem = formatProblem('it', rejected.formatVersion, BRONZE_FORMAT_VERSION);
    if (problem !== undefined) return new Unreadable(problem);
    records.push(rejected.record);
  }
  return records;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
