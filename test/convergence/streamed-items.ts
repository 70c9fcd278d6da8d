import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import type { StreamRecords } from '../helpers/stream-records';
import type { TableName } from './reference-model';

/** Takes writes to the source's tables and gives the record that the stream then has, if anything has changed. */
export interface SourceTables {
  put(table: TableName, item: AttributeMap): DynamoDbStreamRecord | undefined;
  delete(table: TableName, key: AttributeMap): DynamoDbStreamRecord | undefined;
  expire(table: TableName, key: AttributeMap): DynamoDbStreamRecord | undefined;
}

/** Tables of which only the streams are seen. */
export class StreamedItems implements SourceTables {
  private readonly items = new Map<string, AttributeMap>();

  public constructor(
    private readonly streams: Readonly<Record<TableName, StreamRecords>>,
    private readonly keys: Readonly<Record<TableName, readonly string[]>>,
  ) {}

  public put(table: TableName, item: AttributeMap): DynamoDbStreamRecord {
    const key = this.keyOf(table, item);
    const former = this.items.get(key);
    this.items.set(key, item);
    return former ? this.streams[table].modify(former, item) : this.streams[table].insert(item);
  }

  public delete(table: TableName, key: AttributeMap): DynamoDbStreamRecord {
    return this.streams[table].remove(this.taken(table, key));
  }

  public expire(table: TableName, key: AttributeMap): DynamoDbStreamRecord {
    return this.streams[table].expire(this.taken(table, key));
  }

  private taken(table: TableName, item: AttributeMap): AttributeMap {
    const key = this.keyOf(table, item);
    const former = this.items.get(key)!;
    this.items.delete(key);
    return former;
  }

  private keyOf(table: TableName, item: AttributeMap): string {
    return JSON.stringify([table, ...this.keys[table].map(attribute => item[attribute])]);
  }
}
