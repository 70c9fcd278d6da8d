import * as fc from 'fast-check';
import type { StreamEvent } from '../../lambda-src/bronze/stream-event';
import { Random } from '../../lambda-src/local/random';
import type { Arrival, DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import { TableSimulator } from '../../lambda-src/local/source/table-simulator';
import { StreamDelivery, type DeliveryLimits } from '../../lambda-src/local/stream-delivery';
import { FixedClock } from '../helpers/fixed-clock';

const LIMITS: DeliveryLimits = { batchSize: 5, payloadBytes: 4000, redelivered: 0.4 };

interface Scenario {
  readonly sizes: readonly number[];
  readonly seed: number;
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  sizes: fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 60 }),
  seed: fc.integer({ min: 0, max: 1000 }),
});

/** Changes of a few items; each carries a text of its size. */
function arrivalsOf(sizes: readonly number[]): Arrival[] {
  const simulator = new TableSimulator({ tableName: 'orders', key: ['Id'], clock: new FixedClock() });
  return sizes.flatMap((size, index) => {
    const change = simulator.put({ Id: { S: `i${index % 7}` }, Text: { S: 'x'.repeat(size) }, Index: { N: String(index) } });
    return change ? [{ table: 'orders', ...change, bytes: Buffer.byteLength(JSON.stringify(change.record)) }] : [];
  });
}

async function deliver({ sizes, seed }: Scenario): Promise<{ arrivals: Arrival[]; events: StreamEvent[]; delivery: StreamDelivery }> {
  const arrivals = arrivalsOf(sizes);
  const events: StreamEvent[] = [];
  const delivery = new StreamDelivery(async event => void events.push(event), new Random(seed), LIMITS);
  for (const arrival of arrivals) await delivery.add(arrival);
  await delivery.flush();
  return { arrivals, events, delivery };
}

function recordsOf(event: StreamEvent): readonly DynamoDbStreamRecord[] {
  return event.Records as readonly DynamoDbStreamRecord[];
}

describe('the delivery of a stream', () => {
  test('hands over every record, the first time in the order of its shard', () => fc.assert(fc.asyncProperty(scenarios, async scenario => {
    const { arrivals, events } = await deliver(scenario);
    const firstTimes = [...new Set(events.flatMap(recordsOf))];
    for (const shard of new Set(arrivals.map(arrival => arrival.shard))) {
      const sent = arrivals.filter(arrival => arrival.shard === shard).map(({ record }) => record);
      expect(firstTimes.filter(record => sent.includes(record))).toEqual(sent);
    }
    expect(firstTimes).toHaveLength(arrivals.length);
  })));

  test('keeps to the batch size and the payload, but for a record that is too large by itself', () => fc.assert(fc.asyncProperty(scenarios, async scenario => {
    const { arrivals, events } = await deliver(scenario);
    const shards = new Map(arrivals.map(({ record, shard }) => [record, shard]));
    for (const event of events) {
      const records = recordsOf(event);
      expect(records.length).toBeGreaterThan(0);
      expect(records.length).toBeLessThanOrEqual(LIMITS.batchSize);
      expect(records.length === 1 || JSON.stringify(event).length <= LIMITS.payloadBytes).toBe(true);
      expect(new Set(records.map(record => shards.get(record))).size).toBe(1);
    }
  })));

  test('brings a batch again before its shard goes on', () => fc.assert(fc.asyncProperty(scenarios, async scenario => {
    const { arrivals, events } = await deliver(scenario);
    for (const shard of new Set(arrivals.map(arrival => arrival.shard))) {
      const order = arrivals.filter(arrival => arrival.shard === shard).map(({ record }) => record);
      const positions = events.filter(event => order.includes(recordsOf(event)[0])).map(event => order.indexOf(recordsOf(event)[0]));
      // A step back is at most a batch.
      positions.forEach((position, index) => expect(position).toBeGreaterThanOrEqual((positions[index - 1] ?? 0) - LIMITS.batchSize));
    }
  })));

  test('is the same for the same seed and redelivers some batches', async () => {
    const scenario: Scenario = { sizes: Array.from({ length: 60 }, () => 10), seed: 1 };
    const [first, second] = [await deliver(scenario), await deliver(scenario)];
    expect(second.events).toEqual(first.events);
    expect(first.delivery.redeliveries).toBeGreaterThan(0);
    expect(first.events.length).toBeGreaterThan(first.delivery.batches);
  });
});
