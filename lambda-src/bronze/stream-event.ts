import type { Change } from './change';
import { isRecord } from './convert/attribute';

/** What Lambda hands over from DynamoDB Streams. Nothing in it is trusted before `readStreamRecord` has looked at it. */
export interface StreamEvent {
  readonly Records?: readonly unknown[];
}

export interface StreamName {
  readonly tableArn: string;
  readonly tableName: string;
  /** When the stream was created, as DynamoDB writes it. */
  readonly label: string;
}

/** A record that Bronze cannot take, and why; it goes to `rejected/` as it came. */
export class Rejection {
  public constructor(public readonly reason: string) {}
}

const LATEST_SECOND = 253_402_300_799;

/** The stream that a record says it comes from. */
export function streamOf(record: unknown): StreamName | Rejection {
  const arn = isRecord(record) ? record.eventSourceARN : undefined;
  const match = typeof arn === 'string' ? /^(arn:[^/]+:table\/([^/]+))\/stream\/([^/]+)$/.exec(arn) : null;
  if (!match) return new Rejection(`eventSourceARN ${JSON.stringify(arn)} is not the ARN of a DynamoDB stream`);
  return { tableArn: match[1], tableName: match[2], label: match[3] };
}

export function readStreamRecord(record: unknown, stream: StreamName): Change | Rejection {
  if (!isRecord(record) || !isRecord(record.dynamodb)) return new Rejection('it has no dynamodb part, so it is no change of a DynamoDB stream');
  const { eventID, eventName, userIdentity } = record;
  const { ApproximateCreationDateTime: seconds, SequenceNumber: sequenceNumber, Keys: keys, NewImage, OldImage } = record.dynamodb;
  if (typeof eventID !== 'string' || eventID === '' || /\p{Surrogate}/u.test(eventID)) return unusable('eventID', eventID, 'a text');
  if (eventName !== 'INSERT' && eventName !== 'MODIFY' && eventName !== 'REMOVE') {
    return unusable('eventName', eventName, 'INSERT, MODIFY or REMOVE');
  }
  if (typeof sequenceNumber !== 'string' || !/^\d{1,40}$/.test(sequenceNumber)) {
    return unusable('SequenceNumber', sequenceNumber, 'a text of 1 to 40 digits');
  }
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LATEST_SECOND)) {
    return unusable('ApproximateCreationDateTime', seconds, 'a number of seconds since 1970');
  }
  if (!isRecord(keys)) return unusable('Keys', keys, 'a map of attributes');
  if (NewImage !== undefined && !isRecord(NewImage)) return unusable('NewImage', NewImage, 'a map of attributes');
  if (OldImage !== undefined && !isRecord(OldImage)) return unusable('OldImage', OldImage, 'a map of attributes');
  if (eventName !== 'REMOVE' && NewImage === undefined) {
    return new Rejection(`${eventName} without NewImage: the stream's view type carries no new image; set it to NEW_AND_OLD_IMAGES or NEW_IMAGE`);
  }
  return {
    eventId: eventID,
    eventName,
    tableName: stream.tableName,
    sequence: sequenceText(stream, sequenceNumber),
    time: BigInt(Math.floor(seconds)) * 1_000_000n + BigInt(Math.round((seconds % 1) * 1_000_000)),
    isTtlDelete: eventName === 'REMOVE' && isTtl(userIdentity),
    keys,
    newImage: NewImage,
    oldImage: OldImage,
  };
}

/** Says a place in a stream so that the order of texts is the order of time, across streams of one table too. */
function sequenceText({ label }: StreamName, sequenceNumber: string): string {
  return `${label}/${sequenceNumber.padStart(40, '0')}`;
}

function isTtl(identity: unknown): boolean {
  return isRecord(identity) && identity.type === 'Service' && identity.principalId === 'dynamodb.amazonaws.com';
}

function unusable(name: string, value: unknown, expected: string): Rejection {
  const shown = JSON.stringify(value) ?? 'missing';
  return new Rejection(`${name} is ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}, but must be ${expected}`);
}
