import { BatchGetItemCommand, type AttributeValue as SdkValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';
import type { Clock } from '../ports/clock';
import type { ItemReader, ReadItems } from '../ports/item-reader';
import { withServedAt } from './served-at';

type SdkItem = Record<string, SdkValue>;

/** DynamoDB gives what it can at once; the rest is asked for again, so often. */
const ATTEMPTS = 10;
const FIRST_PAUSE = 100;

/** Items of DynamoDB tables, by strongly consistent reads. */
export class DynamoDbItemReader implements ItemReader {
  public constructor(private readonly client: DynamoDBClient, private readonly clock: Clock) {}

  public async read(tableArn: string, keys: readonly AttributeMap[]): Promise<ReadItems> {
    const found = new Map<string, AttributeMap>();
    const attributes = Object.keys(keys[0] ?? {});
    const asked = new Set(keys.map(key => keyText(key, attributes)));
    // An item that is taken for missing would be taken out of the lake.
    const askedFor = (key: string): string => {
      if (!asked.has(key)) throw new TypeError(`${tableArn} answered with the key ${key}, which was asked for in another form`);
      return key;
    };
    let waiting: SdkItem[] = keys.map(toSdk);
    let readAt: Date | undefined;
    for (let attempt = 1; waiting.length > 0; attempt++) {
      if (attempt > ATTEMPTS) throw new Error(`${tableArn}: ${waiting.length} items could not be read, the table is throttled; try again later`);
      const request = { [tableArn]: { Keys: waiting, ConsistentRead: true } };
      const { command, servedAt } = withServedAt(new BatchGetItemCommand({ RequestItems: request }));
      const { Responses: responses, UnprocessedKeys: unprocessed } = await this.client.send(command);
      // The earliest, since all answers get one time.
      readAt ??= servedAt();
      for (const item of Object.values(responses ?? {}).flat().map(fromSdk)) found.set(askedFor(keyText(item, attributes)), item);
      waiting = Object.values(unprocessed ?? {}).flatMap(({ Keys: rest }) => rest ?? []);
      if (waiting.length > 0) await this.clock.sleep(FIRST_PAUSE * 2 ** attempt);
    }
    return { items: keys.map(key => found.get(keyText(key, attributes))), readAt: readAt ?? this.clock.now() };
  }
}

function keyText(item: AttributeMap, attributes: readonly string[]): string {
  return JSON.stringify(attributes.map(attribute => item[attribute]));
}

function toSdk(item: AttributeMap): SdkItem {
  const toValue = (value: AttributeValue): SdkValue => 'B' in value ? { B: Buffer.from(value.B, 'base64') } : value as SdkValue;
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toValue(value)]));
}

/** As streams and exports write it: binaries as base64. */
function fromSdk(item: SdkItem): AttributeMap {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueFromSdk(value)]));
}

function valueFromSdk(value: SdkValue): AttributeValue {
  if (value.B) return { B: base64(value.B) };
  if (value.BS) return { BS: value.BS.map(base64) };
  if (value.L) return { L: value.L.map(valueFromSdk) };
  if (value.M) return { M: fromSdk(value.M) };
  return value as AttributeValue;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
