import { createHash } from 'node:crypto';
import type { AttributeMap } from '../../bronze/attribute-value';
import type { Clock } from '../../ports/clock';
import { canonicalText } from './canonical';
import type { PointInTimeLog } from './point-in-time-log';
import type { DynamoDbStreamRecord } from './stream-record';

export interface TableSimulatorOptions {
  readonly tableName: string;
  /** Key attributes, partition key first. */
  readonly key: readonly string[];
  readonly clock: Pick<Clock, 'now'>;
  /** @default 4 */
  readonly shards?: number;
  /** Keeps every write for exports. @default - nothing but the present items is kept */
  readonly log?: PointInTimeLog;
}

export interface ShardRecord {
  readonly shard: number;
  readonly record: DynamoDbStreamRecord;
}

const REGION = 'us-east-1';
/** DynamoDB's own numbers have so many digits; they rise within a stream, with gaps. */
const FIRST_SEQUENCE = 100_000_000_000_000_000_001n;
const SEQUENCE_STEP = 7n;
const EXPIRY = { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const;

/** An item lacks a key attribute. */
export class KeyMissingError extends Error {
  public readonly name = 'KeyMissingError';
}

/** A DynamoDB table with a stream of new and old images. Items are kept as text, so that many fit. */
export class TableSimulator {
  public readonly tableArn: string;
  /** How many records the stream has had. */
  public records = 0;

  private readonly streamArn: string;
  private readonly live = new Map<string, string>();
  private readonly expired = new Map<string, string>();
  private readonly shards: number;
  private sequence = FIRST_SEQUENCE;

  public constructor(private readonly options: TableSimulatorOptions) {
    this.tableArn = `arn:aws:dynamodb:${REGION}:123456789012:table/${options.tableName}`;
    this.streamArn = `${this.tableArn}/stream/${options.clock.now().toISOString().replace('Z', '')}`;
    this.shards = options.shards ?? 4;
  }

  public get size(): number {
    return this.live.size;
  }

  /** The change, or undefined if the table holds the very item already. */
  public put(item: AttributeMap): ShardRecord | undefined {
    const key = this.keyOf(item);
    const keyText = canonicalText(key);
    const itemText = canonicalText(item);
    const former = this.live.get(keyText);
    if (former === itemText) return undefined;
    this.live.set(keyText, itemText);
    this.expired.delete(keyText);
    return this.record(former === undefined ? 'INSERT' : 'MODIFY', key, keyText, { former, latter: itemText });
  }

  /** The change, or undefined if there is no such item. */
  public delete(key: AttributeMap): ShardRecord | undefined {
    return this.remove(key)?.change;
  }

  /** As `delete`, done by the table itself because the item's time to live is over. */
  public expire(key: AttributeMap): ShardRecord | undefined {
    const removed = this.remove(key);
    if (!removed) return undefined;
    const { change: { shard, record }, keyText, itemText } = removed;
    this.expired.set(keyText, itemText);
    return { shard, record: { ...record, userIdentity: EXPIRY } };
  }

  public get(key: AttributeMap): AttributeMap | undefined {
    const found = this.live.get(canonicalText(this.keyOf(key)));
    return found === undefined ? undefined : JSON.parse(found) as AttributeMap;
  }

  public* items(): IterableIterator<AttributeMap> {
    for (const itemText of this.live.values()) yield JSON.parse(itemText) as AttributeMap;
  }

  /** Items that expired and have not been written again, as they last were. */
  public* expiredItems(): IterableIterator<AttributeMap> {
    for (const itemText of this.expired.values()) yield JSON.parse(itemText) as AttributeMap;
  }

  private remove(given: AttributeMap): { readonly change: ShardRecord; readonly keyText: string; readonly itemText: string } | undefined {
    const key = this.keyOf(given);
    const keyText = canonicalText(key);
    const itemText = this.live.get(keyText);
    if (itemText === undefined) return undefined;
    this.live.delete(keyText);
    return { change: this.record('REMOVE', key, keyText, { former: itemText }), keyText, itemText };
  }

  private record(
    eventName: DynamoDbStreamRecord['eventName'], key: AttributeMap, keyText: string,
    { former, latter }: { readonly former?: string; readonly latter?: string },
  ): ShardRecord {
    this.records++;
    this.sequence += SEQUENCE_STEP;
    const sequence = String(this.sequence);
    const micros = this.options.log?.add(keyText, latter);
    const milliseconds = micros === undefined ? this.options.clock.now().getTime() : Number(micros / 1000n);
    const record: DynamoDbStreamRecord = {
      eventID: createHash('md5').update(`${this.streamArn}/${sequence}`).digest('hex'),
      eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: REGION,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(milliseconds / 1000),
        Keys: key,
        ...latter === undefined ? {} : { NewImage: JSON.parse(latter) as AttributeMap },
        ...former === undefined ? {} : { OldImage: JSON.parse(former) as AttributeMap },
        SequenceNumber: sequence,
        SizeBytes: keyText.length + (latter?.length ?? 0) + (former?.length ?? 0),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: this.streamArn,
    };
    return { shard: createHash('md5').update(keyText).digest().readUInt32BE() % this.shards, record };
  }

  private keyOf(item: AttributeMap): AttributeMap {
    const missing = this.options.key.filter(attribute => !Object.hasOwn(item, attribute));
    if (missing.length > 0) throw new KeyMissingError(`${this.options.tableName}: an item without the key attribute ${missing.join(', ')}; add it`);
    return Object.fromEntries(this.options.key.map(attribute => [attribute, item[attribute]]));
  }
}
