import { Backfill } from '../../lambda-src/backfill/backfill';
import { planBackfills } from '../../lambda-src/backfill/backfill-plan';
import { readBackfill } from '../../lambda-src/backfill/backfill-state';
import { Bronze } from '../../lambda-src/bronze/bronze';
import type { TableExports } from '../../lambda-src/ports/table-exports';
import { BackfillLake } from '../helpers/backfill-lake';
import { customer, expectation, order, shopSpec, table } from '../helpers/shop-spec';

describe('a backfill', () => {
  let source: BackfillLake;
  const open = async (spec = shopSpec()) => source = await BackfillLake.open(spec);
  afterEach(() => source.close());

  const orders = async () => (await source.lake.rows('SELECT order_id, amount FROM silver.orders ORDER BY 1'))
    .map(({ order_id: id, amount }) => `${id} ${amount}`);
  const window = (id: string, from: Date) =>
    ({ id, table: 'orders', kind: 'window' as const, from: from.toISOString(), to: source.lake.clock.now().toISOString() });
  const deliver = (...records: ReturnType<BackfillLake['put']>[]) => source.lake.ingest(...records.filter(record => record !== undefined));

  test('makes an existing table complete, with what the stream told meanwhile', async () => {
    await open();
    for (const id of ['o1', 'o2', 'o3']) source.put('orders', order(id, 'c1', '1'));
    source.wait(3600);
    await deliver(source.put('orders', order('o2', 'c1', '2')), source.delete('orders', { OrderID: { S: 'o3' } }));
    const progress = await source.backfill({ id: 'first', table: 'orders', kind: 'full' });
    expect(progress).toMatchObject({ phase: 'done', rows: 2, rejected: 0, removed: 0 });
    expect(await orders()).toEqual(['o1 1.00', 'o2 2.00']);
    await deliver(source.put('orders', order('o1', 'c1', '5')));
    await source.lake.silver();
    expect(await orders()).toEqual(['o1 5.00', 'o2 2.00']);
  });

  test('asks less and less often while an export runs, and never seldomer than each ten minutes', async () => {
    await open();
    const { exports } = source.dependencies();
    const running: TableExports = {
      recoverableFrom: arn => exports.recoverableFrom(arn),
      start: request => exports.start(request),
      describe: () => Promise.resolve({ state: 'running' }),
    };
    const backfill = new Backfill(source.dependencies({ exports: running }));
    const pauses: number[] = [];
    while (pauses.length < 5) {
      const step = await backfill.advance({ id: 'slow', table: 'orders', kind: 'full' }, 'test');
      if (step.state !== 'waiting') throw new Error(`it is ${step.state}`);
      pauses.push(step.seconds);
      source.wait(step.seconds);
    }
    expect(pauses).toEqual([60, 120, 360, 600, 600]);
  });

  test('heals a window that the stream has lost, deletes included', async () => {
    await open();
    await deliver(...['o1', 'o2', 'o3'].map(id => source.put('orders', order(id, 'c1', '1'))));
    await source.lake.silver();
    source.wait(600);
    const gap = source.lake.clock.now();
    source.put('orders', order('o1', 'c1', '7'));
    source.delete('orders', { OrderID: { S: 'o2' } });
    source.put('orders', order('o4', 'c1', '4'));
    source.wait(600);
    await deliver(source.put('orders', order('o3', 'c1', '3')));
    const progress = await source.backfill(window('heal', gap));
    expect(progress.rows).toBe(3);
    expect(await orders()).toEqual(['o1 7.00', 'o3 3.00', 'o4 4.00']);
  });

  test('repairs lost deletes: what is older than the export and not in it leaves the table', async () => {
    await open(shopSpec({ orders: { expectations: { not_negative: expectation('quarantine', 'amount >= 0') } } }));
    await deliver(...['o1', 'o2', 'o3'].map(id => source.put('orders', order(id, 'c1', id === 'o3' ? '-1' : '1'))));
    await source.lake.silver();
    await source.lake.gold();
    for (const id of ['o2', 'o3']) source.delete('orders', { OrderID: { S: id } });
    source.wait(3600);
    const late = source.put('orders', order('o9', 'c1', '9'));
    source.delete('orders', { OrderID: { S: 'o9' } });
    await deliver(late);
    const progress = await source.backfill({ id: 'repair', table: 'orders', kind: 'repair' });
    expect(progress).toMatchObject({ phase: 'done', rows: 1, settled: 1, removed: 2 });
    // o9 is younger than what the export tells for sure, so that the table was asked.
    expect(await orders()).toEqual(['o1 1.00']);
    expect(await source.lake.rows('SELECT order_id, _reason, _sequence FROM bookkeeping.absent_orders ORDER BY 1')).toEqual([
      ...['o2', 'o3', 'o9'].map(id => ({ order_id: id, _reason: 'deleted', _sequence: null })),
    ]);
    await source.lake.gold();
    expect(await source.lake.rows('SELECT orders FROM gold.sales')).toEqual([{ orders: '1' }]);
  });

  test('without a beginning heals all that the table can be exported for, also after reading has resumed', async () => {
    await open();
    await deliver(source.put('orders', order('o1', 'c1', '1')));
    await source.lake.silver();
    source.wait(3600);
    source.put('orders', order('lost', 'c1', '1'));
    source.wait(30 * 3600);
    await deliver(source.put('orders', order('o3', 'c1', '1')));
    await source.lake.silver();
    source.wait(600);
    const [request] = await planBackfills({ kind: 'heal', tables: ['orders'] }, 'heal', source.lake);
    expect(await source.backfill(request)).toMatchObject({ phase: 'done', export: '2 of 2' });
    expect(await orders()).toEqual(['lost 1.00', 'o1 1.00', 'o3 1.00']);
  });

  test('without a beginning goes back no further than point-in-time recovery is sure to', async () => {
    await open();
    source.wait(50 * 24 * 3600);
    const now = source.lake.clock.now();
    const exports = {
      recoverableFrom: async () => new Date(now.getTime() - 35 * 86_400_000),
      start: async () => 'arn',
      describe: async () => ({ state: 'running' as const }),
    };
    await new Backfill(source.dependencies({ exports })).advance({ id: 'heal', table: 'orders', kind: 'window', to: now.toISOString() }, 'test');
    const state = await readBackfill(source.lake.store, 'heal');
    expect(state?.state.exports).toHaveLength(34);
    const second = Math.floor(now.getTime() / 1000) * 1000;
    expect(state?.state.exports[0].from).toBe(new Date(second - 34 * 86_400_000).toISOString());
  });

  test('asks the table where the clocks leave the order open', async () => {
    await open();
    source.lake.clock.set('2026-03-28T20:10:00.200Z');
    await deliver(source.put('orders', order('o1', 'c1', '1')));
    source.wait(0.3);
    const gap = source.lake.clock.now();
    source.put('orders', order('o1', 'c1', '2'));
    source.wait(3600);
    const read = jest.spyOn(source.items, 'read');
    const progress = await source.backfill(window('heal', gap));
    expect(progress).toMatchObject({ rows: 1, settled: 1 });
    expect(read).toHaveBeenCalledTimes(1);
    expect(await orders()).toEqual(['o1 2.00']);
  });

  test('learns of an item that came and went within the window, of which the stream lost the end', async () => {
    await open();
    source.wait(600);
    const gap = source.lake.clock.now();
    await deliver(source.put('orders', order('o1', 'c1', '1')), source.put('orders', order('o2', 'c1', '2')));
    source.wait(600);
    source.delete('orders', { OrderID: { S: 'o1' } });
    source.wait(600);
    expect(await source.backfill(window('heal', gap))).toMatchObject({ rows: 1, settled: 1 });
    expect(await orders()).toEqual(['o2 2.00']);
  });

  test('finds items whose number of a key is shorter than its column', async () => {
    const sensors = table({
      bronzeName: 'sensors',
      key: ['threshold'],
      columns: { threshold: { attribute: 'Threshold', type: { kind: 'decimal', precision: 5, scale: 2 } } },
    });
    await open({ ...shopSpec(), tables: { sensors }, gold: {} });
    const start = source.exports.start.bind(source.exports);
    jest.spyOn(source.exports, 'start').mockImplementation(async request => {
      const arn = await start(request);
      for (const N of ['1.5', '-20', '100', '0', '0.01']) await deliver(source.put('sensors', { Threshold: { N } }));
      return arn;
    });
    expect(await source.backfill({ id: 'first', table: 'sensors', kind: 'full' })).toMatchObject({ rows: 0, settled: 5 });
    expect((await source.lake.rows('SELECT CAST(threshold AS varchar) AS t FROM silver.sensors ORDER BY threshold')).map(({ t }) => t))
      .toEqual(['-20.00', '0.00', '0.01', '1.50', '100.00']);
  });

  test('says so where finding the items to ask for leaves no time to ask', async () => {
    await open();
    source.wait(600);
    const gap = source.lake.clock.now();
    await deliver(source.put('orders', order('o1', 'c1', '1')));
    source.delete('orders', { OrderID: { S: 'o1' } });
    source.wait(1200);
    const { engine } = source.dependencies();
    let left = 900_000;
    const slow = Object.assign(Object.create(engine) as typeof engine, {
      query: async (...question: Parameters<typeof engine.query>) => {
        const answer = await engine.query(...question);
        left = 50_000;
        return answer;
      },
    });
    await expect(source.backfill(window('heal', gap), { engine: slow, timeLeft: () => left })).rejects.toThrow('no time was left to read one');
    expect(await source.backfill(window('heal', gap))).toMatchObject({ phase: 'done', settled: 1 });
  });

  test('learns of it where the key is hashed and cannot be asked for', async () => {
    const { customers } = shopSpec().tables;
    await open({ ...shopSpec(), tables: { customers: { ...customers, privacy: { CustomerID: 'hash' } } }, gold: {} });
    const hashKey = async () => new TextEncoder().encode('a key of enough bytes');
    source.wait(600);
    const gap = source.lake.clock.now();
    source.wait(60);
    const records = ['anna', 'bert'].map(id => source.put('customers', customer(id, id))!);
    await new Bronze({ ...source.lake, hashKey }).ingest({ Records: records });
    source.wait(600);
    source.delete('customers', { CustomerID: { S: 'anna' } });
    source.wait(600);
    const read = jest.spyOn(source.items, 'read');
    expect(await source.backfill({ ...window('heal', gap), table: 'customers' }, { hashKey })).toMatchObject({ rows: 1, settled: 1 });
    expect(read).not.toHaveBeenCalled();
    expect(await source.lake.rows('SELECT region FROM silver.customers')).toEqual([{ region: 'bert' }]);
  });

  test('asks for nothing where the export says what the stream said', async () => {
    await open();
    const start = source.lake.clock.now();
    await deliver(...['o1', 'o2'].map(id => source.put('orders', order(id, 'c1', '1'))), source.delete('orders', { OrderID: { S: 'o1' } }));
    source.wait(3600);
    const read = jest.spyOn(source.items, 'read');
    expect(await source.backfill(window('heal', start))).toMatchObject({ settled: 0 });
    expect(read).not.toHaveBeenCalled();
    expect(await orders()).toEqual(['o2 1.00']);
  });

  test('goes on where it was, in chunks, whenever an invocation ends, and once done stays done', async () => {
    await open();
    for (let index = 0; index < 25; index++) source.put('orders', order(`o${index}`, 'c1', String(index)));
    source.wait(3600);
    let calls = 0;
    const request = { id: 'first', table: 'orders', kind: 'full' } as const;
    const timeLeft = () => ++calls % 2 === 0 ? 1000 : 900_000;
    const progress = await source.backfill(request, { loadLimits: { lines: 2, bytes: 1e9 }, timeLeft });
    expect(progress).toMatchObject({ phase: 'done', rows: 25, files: '3 of 3' });
    expect(await source.lake.rows('SELECT count(*) AS n FROM silver.orders')).toEqual([{ n: '25' }]);
    const state = await readBackfill(source.lake.store, 'first');
    expect(state?.state.exports[0].written).toHaveLength(13);
    expect(await source.backfill(request)).toEqual(progress);
  });

  test('cuts a span that is longer than a day into windows', async () => {
    await open();
    const start = source.lake.clock.now();
    for (let day = 0; day < 3; day++) {
      source.put('orders', order(`o${day}`, 'c1', '1'));
      source.put('orders', order('again', 'c1', String(day)));
      source.wait(24 * 3600);
    }
    expect(await source.backfill(window('heal', start))).toMatchObject({ export: '3 of 3', rows: 6 });
    expect(await orders()).toEqual(['again 2.00', 'o0 1.00', 'o1 1.00', 'o2 1.00']);
  });

  test('keeps lines that it cannot read, and then removes nothing', async () => {
    const { customers } = shopSpec().tables;
    const columns = { ...customers.columns, customer_id: { attribute: 'CustomerID', type: { kind: 'integer' } } } as const;
    await open({ ...shopSpec(), tables: { customers: { ...customers, columns } }, gold: {} });
    source.put('customers', { CustomerID: { N: '1' }, Region: { S: 'North' } });
    source.put('customers', { CustomerID: { N: '1.5' }, Region: { S: 'South' } });
    source.wait(3600);
    await expect(source.backfill({ id: 'repair', table: 'customers', kind: 'repair' })).rejects.toThrow('1 lines of the export could not be read');
    expect(await source.lake.rows('SELECT region FROM silver.customers')).toEqual([{ region: 'North' }]);
  });

  test('lets no private value out of the export, and knows an item by the hash of its key', async () => {
    const { customers } = shopSpec().tables;
    await open({ ...shopSpec(), tables: { customers: { ...customers, privacy: { CustomerID: 'hash', Secret: 'drop' } } }, gold: {} });
    const hashKey = async () => new TextEncoder().encode('a key of enough bytes');
    for (const id of ['anna', 'bert']) source.put('customers', { ...customer(id, 'North'), Secret: { S: 'clear' } });
    source.wait(3600);
    await source.backfill({ id: 'first', table: 'customers', kind: 'full' }, { hashKey });
    source.delete('customers', { CustomerID: { S: 'bert' } });
    source.wait(3600);
    expect(await source.backfill({ id: 'repair', table: 'customers', kind: 'repair' }, { hashKey })).toMatchObject({ removed: 1 });
    expect(await source.lake.rows("SELECT count(*) AS n FROM silver.customers WHERE region = 'North' AND length(customer_id) = 80")).toEqual([{ n: '1' }]);
    const bronze = await source.lake.rows(`SELECT * FROM read_parquet('${source.lake.store.uri('bronze')}/**/*.parquet', union_by_name = true)`);
    expect(JSON.stringify(bronze)).not.toMatch(/anna|bert|clear/);
  });

  test.each([
    [{ id: 'a b', table: 'orders', kind: 'full' } as const, 'the id "a b" must be'],
    [{ id: 'a', table: 'nobody', kind: 'full' } as const, 'there is no Silver table "nobody", or no more since a deploy, so that nothing is loaded into it. There are customers, orders'],
    [{ id: 'a', table: 'orders', kind: 'window', from: '2026-03-28T21:00:00Z', to: '2026-03-28T20:30:00Z' } as const, 'is empty'],
    [{ id: 'a', table: 'orders', kind: 'window', from: '2026-03-20T00:00:00Z', to: '2026-03-21T00:00:00Z' } as const, 'can be recovered from 2026-03-28'],
  ])('refuses %j', async (request, message) => {
    await open();
    await expect(source.backfill(request)).rejects.toThrow(message);
  });

  test('says how to turn point-in-time recovery on', async () => {
    await open();
    const exports = { recoverableFrom: async () => undefined, start: jest.fn(), describe: jest.fn() };
    await expect(source.backfill({ id: 'a', table: 'orders', kind: 'full' }, { exports })).rejects.toThrow(/point-in-time recovery of arn:.*orders is off/);
  });

  test('takes no file that is not what the manifest says', async () => {
    await open();
    source.put('customers', customer('c1', 'North'));
    source.wait(3600);
    const store = source.lake.store;
    const streams = { open: async (key: string) => (await store.open(key)) && (async function* () { yield Buffer.from('something else'); })() };
    await expect(source.backfill({ id: 'a', table: 'customers', kind: 'full' }, { streams })).rejects.toThrow(/its MD5 is .*, but the manifest says/);
    expect(await source.lake.rows('SELECT * FROM silver.customers')).toEqual([]);
  });
});
