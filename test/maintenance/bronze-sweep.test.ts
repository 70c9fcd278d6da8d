import * as fc from 'fast-check';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import { hourPrefix } from '../../src/spec/storage-layout';
import { LocalLake } from '../helpers/local-lake';
import { order, shopSpec } from '../helpers/shop-spec';

const HOUR = 60 * 60 * 1000;

let lake: LocalLake;
beforeEach(async () => { lake = await LocalLake.open(shopSpec()); });
afterEach(() => lake.close());

/** The file of a batch whose writer read its clock so long ago. */
async function writtenLate(hours: number, ...records: readonly DynamoDbStreamRecord[]): Promise<string> {
  const now = lake.clock.now();
  lake.clock.set(new Date(now.getTime() - hours * HOUR));
  const [file] = await lake.ingest(...records);
  lake.clock.set(now);
  return file;
}

const ids = async () => (await lake.rows('SELECT order_id FROM silver.orders ORDER BY 1')).map(({ order_id: id }) => id);
const healed = async () => (await lake.maintain()).tables['silver.orders'].healedFiles;

test('a file that appears under an hour that Silver has closed is merged after a sweep', async () => {
  const stream = lake.stream('orders');
  await lake.ingest(stream.insert(order('o1', 'c1', '1')));
  await lake.silver();
  lake.clock.advance(10 * HOUR);
  await lake.ingest(stream.insert(order('o2', 'c1', '1')));
  await lake.silver();
  const late = await writtenLate(8, stream.insert(order('o3', 'c1', '1')));
  expect((await lake.silver()).tables.orders.state).toBe('idle');
  expect(await healed()).toEqual([late]);
  expect(await healed()).toEqual([]);
  expect((await lake.silver()).tables.orders).toMatchObject({ state: 'committed', files: 1 });
  expect(await ids()).toEqual(['o1', 'o2', 'o3']);
  expect(await healed()).toEqual([]);
});

test('a file on the list that has gone since stops nobody', async () => {
  const stream = lake.stream('orders');
  await lake.ingest(stream.insert(order('o1', 'c1', '1')));
  await lake.silver();
  lake.clock.advance(10 * HOUR);
  await lake.ingest(stream.insert(order('o2', 'c1', '1')));
  await lake.silver();
  const late = await writtenLate(8, stream.insert(order('o3', 'c1', '1')));
  expect(await healed()).toEqual([late]);
  await lake.store.delete(late);
  expect((await lake.silver()).tables.orders.state).toBe('idle');
  await lake.ingest(stream.insert(order('o4', 'c1', '1')));
  await lake.silver();
  expect(await ids()).toEqual(['o1', 'o2', 'o4']);
});

type Step =
  | { readonly do: 'write'; readonly lateBy: number }
  | { readonly do: 'silver'; readonly files: number }
  | { readonly do: 'maintain' }
  | { readonly do: 'wait'; readonly hours: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), lateBy: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('silver' as const), files: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('maintain' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 12 }) }) },
);

test('whenever files are written, however late, and however runs and sweeps fall, one sweep and one run later all are merged', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async steps => {
    const own = await LocalLake.open(shopSpec());
    try {
      const stream = own.stream('orders');
      const written: string[] = [];
      for (const next of steps) {
        switch (next.do) {
          case 'wait': own.clock.advance(next.hours * HOUR); break;
          case 'silver': await own.silver({ chunkLimits: { files: next.files, bytes: 1e9 } }); break;
          case 'maintain': await own.maintain(); break;
          case 'write': {
            const now = own.clock.now();
            own.clock.set(new Date(now.getTime() - next.lateBy * HOUR));
            written.push(`o${String(written.length).padStart(2, '0')}`);
            await own.ingest(stream.insert(order(written.at(-1)!, 'c1', '1')));
            own.clock.set(now);
          }
        }
      }
      await own.maintain();
      await own.silver();
      const rows = await own.rows('SELECT order_id FROM silver.orders ORDER BY 1');
      expect(rows.map(({ order_id: id }) => id)).toEqual(written);
      expect((await own.maintain()).tables['silver.orders'].healedFiles).toEqual([]);
    } finally {
      own.close();
    }
  }), { numRuns: 25 });
}, 300_000);

test('looks at closed hours of the last days alone, and lists no more than those', async () => {
  const stream = lake.stream('orders');
  await lake.ingest(stream.insert(order('o1', 'c1', '1')));
  await lake.silver();
  lake.clock.advance(200 * HOUR);
  await lake.ingest(stream.insert(order('o2', 'c1', '1')));
  await lake.silver();
  await writtenLate(100, stream.insert(order('o3', 'c1', '1')));
  const listed = jest.spyOn(lake.store, 'list');
  expect(await healed()).toEqual([]);
  const from = hourPrefix(new Date(lake.clock.now().getTime() - 72 * HOUR));
  const starts = listed.mock.calls.filter(([prefix]) => prefix === 'bronze/orders/').map(([, after]) => after);
  expect(starts).toContain(`bronze/orders/${from}`);
  expect(starts.sort()[0]).toBe(`bronze/orders/${from}`);
});
