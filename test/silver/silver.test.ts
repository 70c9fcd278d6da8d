import { writeFile } from 'node:fs/promises';
import { JournalBusyError } from '../../lambda-src/journal/errors';
import { Journal } from '../../lambda-src/journal/journal';
import { SilverFailedError } from '../../lambda-src/silver/errors';
import { silverMeasurements } from '../../lambda-src/silver/silver-measurements';
import type { SilverReport } from '../../lambda-src/silver/silver-report';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { PAUSED_KEY } from '../../src/spec/storage-layout';
import { LocalLake } from '../helpers/local-lake';
import { customer, expectation, order, shopSpec } from '../helpers/shop-spec';

describe('a Silver invocation', () => {
  let lake: LocalLake;
  const open = async (spec: PipelineSpec = shopSpec()) => lake = await LocalLake.open(spec);
  afterEach(() => lake.close());

  test('merges, enriches and says what it did', async () => {
    await open();
    await lake.ingest(lake.stream('customers').insert(customer('c1', 'North')));
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '12.50')), lake.stream('orders').insert(order('o2', 'nobody', '1.00')));
    const { tables } = await lake.silver();
    expect(tables.orders).toEqual({
      state: 'committed',
      runs: 1,
      files: 1,
      poisoned: [],
      unreadable: 0,
      bytesScanned: 0,
      lag: expect.any(Number) as number,
      inspection: { keys: 2, removed: 0, conversionErrors: 0, violations: {}, unmatched: { customers: 1 } },
    });
    expect(await lake.rows('SELECT order_id, amount, customer_region FROM silver.orders ORDER BY order_id')).toEqual([
      { order_id: 'o1', amount: '12.50', customer_region: 'North' },
      { order_id: 'o2', amount: '1.00', customer_region: null },
    ]);
  });

  test('says how long what it found had waited, and that nothing waits when nothing is new', async () => {
    await open();
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '12.50')));
    lake.clock.advance(1_800_000);
    await lake.ingest(lake.stream('orders').insert(order('o2', 'c1', '1')));
    const first = await lake.silver();
    expect(first.tables.orders.lag).toBeGreaterThanOrEqual(1800);
    expect(first.tables.orders.lag).toBeLessThan(1810);
    expect(first.tables.customers.lag).toBe(0);
    lake.clock.advance(86_400_000);
    expect((await lake.silver()).tables).toMatchObject({ orders: { lag: 0 }, customers: { lag: 0 } });
  });

  test('says for how long a table has been paused, as its stream cannot, and nothing when none is', async () => {
    await open();
    expect(await lake.silver()).not.toHaveProperty('hoursPaused');
    const since = new Date(lake.clock.now().getTime() - 20 * 3_600_000).toISOString();
    await lake.store.put(PAUSED_KEY, JSON.stringify({ formatVersion: 1, tables: { orders: { since, by: 'jo' } }, schedules: {} }));
    const report = await lake.silver();
    expect(report.hoursPaused).toBeCloseTo(20, 2);
    expect(silverMeasurements(shopSpec(), report).stage).toEqual({ hoursPaused: report.hoursPaused, failedBatches: 0 });
  });

  test('does its work when nobody can read what is paused', async () => {
    await open();
    await lake.store.put(PAUSED_KEY, 'not JSON');
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '12.50')));
    expect((await lake.silver()).tables.orders.state).toBe('committed');
  });

  test('says how long what it could not take has waited, run after run, in tables that it did not even begin too', async () => {
    const spec = shopSpec();
    const customers = { ...spec.tables.customers, expectations: { known: expectation('fail', 'region IS NOT NULL') } };
    await open({ ...spec, tables: { ...spec.tables, customers } });
    await lake.ingest(lake.stream('customers').insert({ CustomerID: { S: 'c1' } }));
    lake.clock.advance(600_000);
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    for (const [hours, waited] of [[0, 600], [2, 7800], [5, 25_800]]) {
      lake.clock.advance(hours * 3_600_000);
      const { tables } = await failure(() => lake.silver());
      expect(tables.customers.lag! - waited).toBeGreaterThanOrEqual(0);
      expect(tables.customers.lag! - waited).toBeLessThan(30);
      expect(tables.orders.lag! - (waited - 600)).toBeLessThan(30);
    }
  });

  test('issues no statement when nothing is new', async () => {
    await open();
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '12.50')));
    await lake.silver();
    const prepared = jest.spyOn(lake.engine, 'prepare');
    const queried = jest.spyOn(lake.engine, 'query');
    const { tables } = await lake.silver();
    expect(Object.values(tables).map(({ state }) => state)).toEqual(['idle', 'idle']);
    expect(prepared).not.toHaveBeenCalled();
    expect(queried).not.toHaveBeenCalled();
  });

  test('carries the change and its time in every row', async () => {
    await open();
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert({ ...order('o1', 'c1', '1'), Amount: { S: 'dear' } }, { sequence: 77n, seconds: 1774692000 }));
    await lake.silver();
    const [row] = await lake.rows('SELECT _sequence, _event_timestamp, _epoch, _errors, processed_at FROM silver.orders');
    expect(row).toMatchObject({
      _sequence: `2026-01-01T00:00:00.000/${'77'.padStart(40, '0')}`,
      _event_timestamp: '2026-03-28 10:00:00.000000',
      _epoch: '1',
    });
    expect(row._errors).toContain('dear');
    expect(row.processed_at).toMatch(/^2026-03-28 20:/);
  });

  test('keeps a change that breaks a quarantine rule out of the table, shows it in the view, and lets its correction in', async () => {
    await open(shopSpec({ orders: { expectations: { not_negative: expectation('quarantine', 'amount >= 0') } } }));
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '-5')));
    const { tables } = await lake.silver();
    expect(tables.orders.inspection).toMatchObject({ removed: 1, violations: { not_negative: 1 } });
    expect(await lake.rows('SELECT * FROM silver.orders')).toEqual([]);
    const [held] = await lake.rows('SELECT order_id, _rule, _bronze_file FROM silver.orders_quarantine');
    expect(held).toMatchObject({ order_id: 'o1', _rule: 'not_negative' });
    expect(held._bronze_file).toMatch(/bronze\/orders\/dt=.*\.parquet$/);
    await lake.ingest(stream.modify(order('o1', 'c1', '-5'), order('o1', 'c1', '5')));
    await lake.silver();
    expect(await lake.rows('SELECT amount FROM silver.orders')).toEqual([{ amount: '5.00' }]);
    expect(await lake.rows('SELECT * FROM silver.orders_quarantine')).toEqual([]);
  });

  test('warns of a rule without holding the row back', async () => {
    await open(shopSpec({ orders: { expectations: { cheap: expectation('warn', 'amount < 10') } } }));
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '50')));
    const { tables } = await lake.silver();
    expect(tables.orders.inspection.violations).toEqual({ cheap: 1 });
    expect(await lake.rows('SELECT count(*) AS n FROM silver.orders')).toEqual([{ n: '1' }]);
  });

  test('stops a table whose fail rule is broken before it writes, and goes on once the item is corrected', async () => {
    await open(shopSpec({ orders: { expectations: { not_negative: expectation('fail', 'amount >= 0') } } }));
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '-5')), stream.insert(order('o2', 'c1', '5')));
    const report = await failure(() => lake.silver());
    expect(report.tables.orders).toMatchObject({ state: 'failed', error: expect.stringContaining('not_negative (1 keys)') as unknown });
    expect(await lake.rows('SELECT * FROM silver.orders')).toEqual([]);
    await lake.ingest(stream.modify(order('o1', 'c1', '-5'), order('o1', 'c1', '6')));
    await lake.silver();
    expect(await lake.rows('SELECT amount FROM silver.orders ORDER BY 1')).toEqual([{ amount: '5.00' }, { amount: '6.00' }]);
  });

  test('skips what depends on a failed table and finishes the rest', async () => {
    const spec = shopSpec();
    const customers = { ...spec.tables.customers, expectations: { known: expectation('fail', 'region IS NOT NULL') } };
    const alone = { ...spec.tables.customers, bronzeName: 'suppliers', definitionHash: 'suppliers 1' };
    await open({ ...spec, tables: { ...spec.tables, customers, suppliers: alone } });
    await lake.ingest(lake.stream('customers').insert({ CustomerID: { S: 'c1' } }));
    await lake.ingest(lake.stream('suppliers').insert(customer('s1', 'South')));
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    const { tables } = await failure(() => lake.silver());
    expect(tables).toMatchObject({ customers: { state: 'failed' }, orders: { state: 'skipped' }, suppliers: { state: 'committed' } });
  });

  test('finds the files that cannot be read, notes them and takes the others', async () => {
    await open();
    const stream = lake.stream('orders');
    const files: string[] = [];
    for (let index = 0; index < 5; index++) files.push(...await lake.ingest(stream.insert(order(`o${index}`, 'c1', '1'))));
    await writeFile(lake.store.uri(files[1]), 'not a Parquet file');
    await writeFile(lake.store.uri(files[3]), '');
    const { tables } = await lake.silver();
    expect(tables.orders).toMatchObject({ state: 'committed', files: 5, poisoned: [files[1], files[3]].sort(), unreadable: 2 });
    expect(await lake.rows('SELECT count(*) AS n FROM silver.orders')).toEqual([{ n: '3' }]);
    // Still left out, so still told.
    expect((await lake.silver()).tables.orders).toMatchObject({ state: 'idle', poisoned: [], unreadable: 2 });
  });

  test('reads all of Bronze again into a table that was dropped and made again', async () => {
    await open();
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    await lake.silver();
    await lake.rows('DROP TABLE silver.orders');
    await lake.deploy();
    await lake.silver();
    expect(await lake.rows('SELECT order_id FROM silver.orders')).toEqual([{ order_id: 'o1' }]);
  });

  test('touches no table whose definition the deploy has not recorded, and tells how long its changes wait', async () => {
    await open();
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    lake.clock.advance(7200_000);
    const changed = shopSpec({ orders: { definitionHash: 'orders 2' } });
    const { tables } = await lake.silver({ spec: changed });
    expect(tables.orders).toMatchObject({ state: 'overtaken', error: expect.stringContaining('this code was built for another definition of orders') });
    expect(Math.round(tables.orders.lag! / 3600)).toBe(2);
    expect(tables.customers.state).toBe('idle');
  });

  test('fails for a table that somebody has dropped', async () => {
    await open();
    await lake.rows('DROP TABLE silver.orders');
    const { tables } = await failure(() => lake.silver());
    expect(tables.orders).toMatchObject({ state: 'failed', error: expect.stringContaining('SilverTableMissingError: the table orders does not exist') });
  });

  test('says that it is busy while another holds the journal', async () => {
    await open();
    const journal = await Journal.acquire({ ...lake.dependencies(), lastKnownRun: async () => 0 });
    await expect(lake.silver()).rejects.toThrow(JournalBusyError);
    await journal.release();
    await expect(lake.silver()).resolves.toBeDefined();
  });

  test('enriches from a dimension though one of its files cannot be read', async () => {
    await open();
    const customers = lake.stream('customers');
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    await lake.silver();
    const [bad] = await lake.ingest(customers.insert(customer('c2', 'South')));
    await lake.ingest(customers.insert(customer('c1', 'North')));
    await writeFile(lake.store.uri(bad), 'not a Parquet file');
    const { tables } = await lake.silver();
    expect(tables).toMatchObject({ customers: { poisoned: [bad] }, orders: { state: 'committed' } });
    expect(await lake.rows('SELECT customer_region FROM silver.orders')).toEqual([{ customer_region: 'North' }]);
  });

  test('is not stopped by a change that has been overtaken', async () => {
    await open(shopSpec({ orders: { expectations: { not_negative: expectation('fail', 'amount >= 0') } } }));
    const stream = lake.stream('orders');
    const [bad, good] = [order('o1', 'c1', '-5'), order('o1', 'c1', '6')];
    const [first, second] = [stream.insert(bad), stream.modify(bad, good)];
    await lake.ingest(first, second);
    await lake.silver();
    await lake.ingest(first);
    expect((await lake.silver()).tables.orders.state).toBe('committed');
    expect(await lake.rows('SELECT amount FROM silver.orders')).toEqual([{ amount: '6.00' }]);
  });

  test('looks for the correction of a broken fail rule in all files, however few a chunk takes', async () => {
    await open(shopSpec({ orders: { expectations: { not_negative: expectation('fail', 'amount >= 0') } } }));
    const stream = lake.stream('orders');
    const bad = order('o0', 'c1', '-5');
    const records = [
      stream.insert(bad),
      ...[1, 2, 3, 4].map(index => stream.insert(order(`o${index}`, 'c1', '1'))),
      stream.modify(bad, order('o0', 'c1', '5')),
    ];
    for (const record of records) await lake.ingest(record);
    const { tables } = await lake.silver({ chunkLimits: { files: 1, bytes: 1e9 } });
    expect(tables.orders).toMatchObject({ state: 'committed', files: 6 });
  });

  test('lets pass what a rule cannot be evaluated for', async () => {
    await open(shopSpec({ orders: { expectations: { numbered: expectation('quarantine', 'CAST(customer_id AS integer) > 0') } } }));
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'abc', '1')), stream.insert(order('o2', '7', '1')), stream.insert(order('o3', '-7', '1')));
    const { tables } = await lake.silver();
    expect(tables.orders.inspection.violations).toEqual({ numbered: 1 });
    expect(await lake.rows('SELECT order_id FROM silver.orders ORDER BY 1')).toEqual([{ order_id: 'o1' }, { order_id: 'o2' }]);
  });

  test('comes to its end in many invocations that are too short for it', async () => {
    await open(shopSpec({ orders: { partitionBy: [{ transform: 'day', column: 'order_date' }] } }));
    const stream = lake.stream('orders');
    const days = [...Array(12).keys()].map(index => `2026-01-${String(index + 1).padStart(2, '0')}T00:00:00Z`);
    for (const day of days) await lake.ingest(...days.slice(0, 3).map((_, index) => stream.insert(order(`${day}-${index}`, 'c1', '1', day))));
    let state = 'parked';
    let invocations = 0;
    for (; state !== 'committed' && invocations < 60; invocations++) {
      let statements = 0;
      const engine = new Proxy(lake.engine, {
        get: (target, property) => {
          if (property === 'sign') statements++;
          const value: unknown = Reflect.get(target, property);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      // Time for three statements, and then the invocation has to end.
      const timeLeft = () => statements < 3 ? 900_000 : 30_000;
      const { tables } = await lake.silver({ engine, timeLeft, mergeLimits: { openPartitions: 2, pruneAbove: 1e9 } });
      state = tables.orders.state === 'idle' ? 'committed' : tables.orders.state;
    }
    await lake.silver();
    expect(await lake.rows('SELECT count(*) AS n FROM silver.orders')).toEqual([{ n: '36' }]);
    expect(invocations).toBeLessThan(60);
  });

  test('reads files of an hour that its clock had left behind', async () => {
    await open();
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '1')));
    const now = lake.clock.now();
    lake.clock.advance(24 * 60 * 60 * 1000);
    await lake.silver();
    lake.clock.set(now);
    await lake.ingest(stream.insert(order('o2', 'c1', '1')));
    lake.clock.advance(48 * 60 * 60 * 1000);
    await lake.silver();
    expect(await lake.rows('SELECT count(*) AS n FROM silver.orders')).toEqual([{ n: '2' }]);
  });

  test('reports what it committed before it failed', async () => {
    await open(shopSpec({ orders: { expectations: { not_negative: expectation('fail', 'amount >= 0') } } }));
    const stream = lake.stream('orders');
    const good = await lake.ingest(stream.insert(order('o1', 'c1', '1')));
    lake.clock.advance(60 * 60 * 1000);
    const bad = await lake.ingest(stream.insert(order('o2', 'c1', '-1')));
    expect(good[0] < bad[0]).toBe(true);
    const { tables } = await failure(() => lake.silver({ chunkLimits: { files: 1, bytes: 1e9 } }));
    expect(tables.orders).toMatchObject({ state: 'failed', runs: 1, files: 1 });
  });

  test('parks when little time is left and goes on next time', async () => {
    await open();
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    const { tables } = await lake.silver({ timeLeft: () => 90_000 });
    expect(tables.orders.state).toBe('parked');
    expect((await lake.silver()).tables.orders.state).toBe('committed');
  });

  test('takes dates at the end of the calendar into partitions, whose end has no literal', async () => {
    await open(shopSpec({ orders: { partitionBy: [{ transform: 'year', column: 'order_date' }] } }));
    const stream = lake.stream('orders');
    const [last, first] = [order('o1', 'c1', '5', '9999-12-31T23:59:59Z'), order('o2', 'c1', '6', '0001-01-01T00:00:00Z')];
    await lake.ingest(stream.insert(last), stream.insert(first));
    await lake.silver();
    await lake.ingest(stream.modify(last, { ...last, Amount: { N: '7' } }));
    const { tables } = await lake.silver({ mergeLimits: { openPartitions: 80, pruneAbove: -1 } });
    expect(tables.orders.state).toBe('committed');
    expect(await lake.rows('SELECT amount FROM silver.orders ORDER BY order_id')).toEqual([{ amount: '7.00' }, { amount: '6.00' }]);
  });

  test('cuts a run into chunks, each committed by itself', async () => {
    await open();
    const stream = lake.stream('orders');
    for (let index = 0; index < 5; index++) await lake.ingest(stream.insert(order(`o${index}`, 'c1', '1')));
    const { tables } = await lake.silver({ chunkLimits: { files: 2, bytes: 1e9 } });
    expect(tables.orders).toMatchObject({ runs: 3, files: 5 });
    expect(await lake.rows('SELECT count(*) AS n FROM silver.orders')).toEqual([{ n: '5' }]);
  });
});

async function failure(run: () => Promise<unknown>): Promise<SilverReport> {
  try {
    await run();
  } catch (error) {
    if (error instanceof SilverFailedError) return error.report;
    throw error;
  }
  throw new Error('it did not fail');
}
