import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { Random } from '../../../lambda-src/local/random';

const WRITERS = 4;
const TOGETHER = 25;
/** Writers wait while more changes than this have not been handed to Bronze: what is written is what holds. */
const MOST_WAITING = 5000;
const STATUSES = ['PENDING', 'PAID', 'SHIPPED', 'DELIVERED'];

/** Writes orders as fast as the pipeline takes them: new ones, changed ones, and a few deletes. */
export class Writer {
  public changes = 0;
  private readonly client = new DynamoDBClient({});
  private readonly random = new Random(1);
  private last = 0;

  /** @param waiting changes that the stream has not handed over yet */
  public constructor(private readonly tableName: string, private readonly waiting: () => Promise<number>) {}

  public async write(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds;
    await Promise.all(Array.from({ length: WRITERS }, async () => {
      while (Date.now() < end) {
        if (await this.waiting() > MOST_WAITING) await setTimeout(200);
        else await this.batch();
      }
    }));
  }

  private async batch(): Promise<void> {
    const requests = new Map<string, WriteRequest>();
    while (requests.size < TOGETHER) {
      const number = this.random.chance(0.3) || this.last === 0 ? ++this.last : this.random.integer(1, this.last);
      const key = { OrderID: { S: `ORD-${String(number).padStart(9, '0')}` } };
      requests.set(key.OrderID.S, this.random.chance(0.05) ? { DeleteRequest: { Key: key } } : { PutRequest: { Item: this.item(key) } });
    }
    let left: WriteRequest[] = [...requests.values()];
    while (left.length > 0) left = await this.send(left);
    this.changes += requests.size;
  }

  private item<K extends object>(key: K) {
    return {
      ...key,
      Status: { S: this.random.pick(STATUSES) },
      Amount: { N: (this.random.integer(100, 1_000_000) / 100).toFixed(2) },
      WrittenAt: { N: String(Date.now()) },
    };
  }

  /** Returns what is still to be written. */
  private async send(requests: WriteRequest[]): Promise<WriteRequest[]> {
    const { UnprocessedItems: left } = await this.client.send(new BatchWriteItemCommand({ RequestItems: { [this.tableName]: requests } }));
    return left?.[this.tableName] ?? [];
  }
}
