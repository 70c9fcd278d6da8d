import { createReadStream, promises as fs } from 'node:fs';
import { createInterface } from 'node:readline';
import type { DynamoDbStreamRecord } from './stream-record';

/** A line of an event file that is no stream record; the message names file and line. */
export class EventFileError extends Error {
  public readonly name = 'EventFileError';
}

const ONE_A_LINE = 'the file must hold one stream record, or one event {"Records": […]}, a line';

export interface EventLine {
  readonly line: number;
  readonly record: DynamoDbStreamRecord;
}

/** Records of a JSON lines file: a line is one record, or one Lambda event with its Records. Throws EventFileError. */
export async function* readEventFile(file: string): AsyncIterable<EventLine> {
  await assertFile(file);
  let line = 0;
  for await (const content of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line++;
    if (content.trim() === '') continue;
    for (const record of recordsOf(content, `${file}:${line}`)) yield { line, record };
  }
}

async function assertFile(file: string): Promise<void> {
  const found = await fs.stat(file).catch((error: Error) => {
    throw new EventFileError(`${file} cannot be read: ${error.message}`);
  });
  if (found.isDirectory()) throw new EventFileError(`${file} is a folder; name a file, and ${ONE_A_LINE}`);
}

function recordsOf(content: string, place: string): DynamoDbStreamRecord[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new EventFileError(`${place}: this line is no complete JSON (${(error as Error).message}); ${ONE_A_LINE}, such as \`jq -c .\` makes it`);
  }
  if (Array.isArray(parsed)) throw new EventFileError(`${place}: this line is a JSON array; ${ONE_A_LINE}, such as \`jq -c '.[]'\` makes it`);
  const records = isObject(parsed) && Array.isArray(parsed.Records) ? parsed.Records as unknown[] : [parsed];
  return records.map(record => checked(record, place));
}

function checked(record: unknown, place: string): DynamoDbStreamRecord {
  const problem = problemOf(record);
  if (problem) throw new EventFileError(`${place}: ${problem}; take the records as Lambda receives them from DynamoDB Streams`);
  return record as DynamoDbStreamRecord;
}

function problemOf(record: unknown): string | undefined {
  if (!isObject(record)) return 'this is no stream record';
  const { eventID, eventName, eventSourceARN, dynamodb } = record;
  if (typeof eventID !== 'string' || eventID === '') return 'the record has no eventID';
  if (!['INSERT', 'MODIFY', 'REMOVE'].includes(String(eventName))) return `eventName is ${JSON.stringify(eventName)}, not INSERT, MODIFY or REMOVE`;
  if (typeof eventSourceARN !== 'string' || !/^arn:[^/]+:table\/[^/]+\/stream\/[^/]+$/.test(eventSourceARN)) {
    return `eventSourceARN is ${JSON.stringify(eventSourceARN)}, not the ARN of a DynamoDB stream`;
  }
  if (!isObject(dynamodb) || !isObject(dynamodb.Keys)) return 'the record has no dynamodb.Keys';
  if (typeof dynamodb.SequenceNumber !== 'string' || !/^\d{1,40}$/.test(dynamodb.SequenceNumber)) return 'dynamodb.SequenceNumber is no text of digits';
  if (typeof dynamodb.ApproximateCreationDateTime !== 'number') return 'dynamodb.ApproximateCreationDateTime is no number of seconds';
  if (eventName !== 'REMOVE' && !isObject(dynamodb.NewImage)) return `${String(eventName)} without dynamodb.NewImage (the stream needs the view NEW_AND_OLD_IMAGES)`;
  return undefined;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
