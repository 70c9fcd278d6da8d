import * as fc from 'fast-check';
import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import { readStreamRecord, Rejection, streamOf } from '../../../lambda-src/bronze/stream-event';
import { canonicalText } from '../../../lambda-src/local/source/canonical';
import type { DynamoDbStreamRecord } from '../../../lambda-src/local/source/stream-record';
import { TableSimulator, type ShardRecord } from '../../../lambda-src/local/source/table-simulator';
import { FixedClock } from '../../helpers/fixed-clock';

type Operation = { readonly kind: 'put' | 'delete' | 'expire'; readonly id: string; readonly value: number };

const operations: fc.Arbitrary<Operation[]> = fc.array(fc.record({
  kind: fc.constantFrom('put' as const, 'put' as const, 'delete' as const, 'expire' as const),
  id: fc.constantFrom('a', 'b', 'c'),
  value: fc.integer({ min: 0, max: 2 }),
}), { maxLength: 30 });

function table(): TableSimulator {
  return new TableSimulator({ tableName: 'orders', key: ['Id'], clock: new FixedClock() });
}

function item(id: string, value: number): AttributeMap {
  return { Id: { S: id }, Value: { N: String(value) } };
}

function apply(simulator: TableSimulator, { kind, id, value }: Operation): ShardRecord | undefined {
  return kind === 'put' ? simulator.put(item(id, value)) : simulator[kind]({ Id: { S: id } });
}

function play(simulator: TableSimulator, trace: readonly Operation[]): ShardRecord[] {
  return trace.flatMap(operation => apply(simulator, operation) ?? []);
}

describe('a simulated table', () => {
  test('streams exactly the changes that lead to its items', () => fc.assert(fc.property(operations, trace => {
    const simulator = table();
    const replica = new Map<string, AttributeMap>();
    for (const { record: { dynamodb } } of play(simulator, trace)) {
      if (dynamodb.NewImage) replica.set(canonicalText(dynamodb.Keys), dynamodb.NewImage);
      else replica.delete(canonicalText(dynamodb.Keys));
    }
    expect([...replica.values()].map(canonicalText).sort()).toEqual([...simulator.items()].map(canonicalText).sort());
    expect(simulator.size).toBe(replica.size);
  })));

  test('says with each change what the item was before', () => fc.assert(fc.property(operations, trace => {
    const seen = new Map<string, AttributeMap | undefined>();
    for (const { record: { eventName, dynamodb } } of play(table(), trace)) {
      const key = canonicalText(dynamodb.Keys);
      expect(dynamodb.OldImage).toEqual(seen.get(key));
      expect(eventName).toBe(!dynamodb.NewImage ? 'REMOVE' : dynamodb.OldImage ? 'MODIFY' : 'INSERT');
      expect(dynamodb.NewImage).not.toEqual(dynamodb.OldImage);
      seen.set(key, dynamodb.NewImage);
    }
  })));

  test('numbers its changes upwards, names each differently, and keeps an item in one shard', () => fc.assert(fc.property(operations, trace => {
    const changes = play(table(), trace);
    const numbers = changes.map(({ record }) => record.dynamodb.SequenceNumber);
    expect(numbers).toEqual([...numbers].sort());
    expect(numbers.every(number => /^\d{21}$/.test(number))).toBe(true);
    expect(new Set(changes.map(({ record }) => record.eventID)).size).toBe(changes.length);
    const shards = new Map(changes.map(({ shard, record }) => [canonicalText(record.dynamodb.Keys), shard]));
    expect(changes.every(({ shard, record }) => shards.get(canonicalText(record.dynamodb.Keys)) === shard)).toBe(true);
  })));

  test('streams records that Bronze reads as they are meant', () => {
    const simulator = table();
    const changes = play(simulator, [
      { kind: 'put', id: 'a', value: 1 }, { kind: 'put', id: 'a', value: 2 }, { kind: 'expire', id: 'a', value: 0 },
      { kind: 'put', id: 'b', value: 1 }, { kind: 'delete', id: 'b', value: 0 },
    ]);
    expect(changes.map(({ record }) => summary(record))).toEqual(['INSERT', 'MODIFY', 'REMOVE by its time to live', 'INSERT', 'REMOVE']);
    expect([...simulator.expiredItems()]).toEqual([item('a', 2)]);
  });

  test('streams nothing when a put changes nothing, in whatever order the attributes come', () => {
    const simulator = table();
    simulator.put({ Id: { S: 'a' }, Tags: { SS: ['x', 'y'] }, Value: { N: '1' } });
    expect(simulator.put({ Value: { N: '1' }, Tags: { SS: ['y', 'x'] }, Id: { S: 'a' } })).toBeUndefined();
    expect(simulator.put({ Value: { N: '1' }, Id: { S: 'a' } })).toBeDefined();
  });

  test('refuses an item without its key', () => {
    expect(() => table().put({ Value: { N: '1' } })).toThrow('orders: an item without the key attribute Id');
  });
});

function summary(record: DynamoDbStreamRecord): string {
  const stream = streamOf(record);
  if (stream instanceof Rejection) return stream.reason;
  const read = readStreamRecord(record, stream);
  return read instanceof Rejection ? read.reason : `${read.eventName}${read.isTtlDelete ? ' by its time to live' : ''}`;
}
