import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';

export interface StreamOptions {
  /** Key attributes of the table. */
  readonly key: readonly string[];
  /** @default the table's name from the constructor in a fixed account and region */
  readonly tableArn?: string;
  /** @default '2026-01-01T00:00:00.000' */
  readonly label?: string;
  /** First sequence number. @default 100000000000000000001 */
  readonly firstSequence?: bigint;
}

/** When and in which order a change happened; what is left out goes on from the record before. */
export interface ChangeOptions {
  readonly sequence?: bigint | string;
  readonly eventId?: string;
  /** Seconds since 1970. */
  readonly seconds?: number;
}

export function tableArn(name: string): string {
  return `arn:aws:dynamodb:eu-central-1:123456789012:table/${name}`;
}

/** Makes the records of one table's stream, with rising sequence numbers and a second between two changes. */
export class StreamRecords {
  public readonly tableArn: string;
  public readonly streamArn: string;
  private nextSequence: bigint;
  private nextSeconds = 1767225600;

  public constructor(table: string, private readonly options: StreamOptions) {
    this.tableArn = options.tableArn ?? tableArn(table);
    this.streamArn = `${this.tableArn}/stream/${options.label ?? '2026-01-01T00:00:00.000'}`;
    this.nextSequence = options.firstSequence ?? 100000000000000000001n;
  }

  public insert(item: AttributeMap, options: ChangeOptions = {}): DynamoDbStreamRecord {
    return this.record('INSERT', { Keys: this.keysOf(item), NewImage: item }, options);
  }

  public modify(oldItem: AttributeMap, item: AttributeMap, options: ChangeOptions = {}): DynamoDbStreamRecord {
    return this.record('MODIFY', { Keys: this.keysOf(item), NewImage: item, OldImage: oldItem }, options);
  }

  public remove(oldItem: AttributeMap, options: ChangeOptions = {}): DynamoDbStreamRecord {
    return this.record('REMOVE', { Keys: this.keysOf(oldItem), OldImage: oldItem }, options);
  }

  /** What DynamoDB sends when it deletes an expired item. */
  public expire(oldItem: AttributeMap, options: ChangeOptions = {}): DynamoDbStreamRecord {
    return { ...this.remove(oldItem, options), userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };
  }

  private record(
    eventName: DynamoDbStreamRecord['eventName'],
    images: Pick<DynamoDbStreamRecord['dynamodb'], 'Keys' | 'NewImage' | 'OldImage'>,
    options: ChangeOptions,
  ): DynamoDbStreamRecord {
    const sequence = String(options.sequence ?? this.nextSequence++);
    const seconds = options.seconds ?? this.nextSeconds++;
    return {
      eventID: options.eventId ?? sequence.padStart(32, 'e'),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      eventName,
      eventSourceARN: this.streamArn,
      dynamodb: {
        ApproximateCreationDateTime: seconds,
        ...images,
        SequenceNumber: sequence,
        SizeBytes: JSON.stringify(images).length,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
  }

  private keysOf(item: AttributeMap): AttributeMap {
    return Object.fromEntries(this.options.key.map(attribute => [attribute, item[attribute]]));
  }
}
