import { MaintenanceFailedError } from '../../lambda-src/maintenance/errors';
import type { MaintenanceReport } from '../../lambda-src/maintenance/maintenance-report';
import type { QueryFailure } from '../../lambda-src/ports/query-engine';
import { changeRebuild, NOTHING_ENCODED } from '../../lambda-src/rebuild/rebuild-state';
import { findManifest, isOwnRun, manifestsOf } from '../../lambda-src/silver/run-manifest';
import { DEFAULT_RETENTION } from '../../src/spec/retention';
import { LocalLake } from '../helpers/local-lake';
import { customer, expectation, order, shopSpec } from '../helpers/shop-spec';
import { WatchedEngine } from './watched-engine';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

let lake: LocalLake;
const open = async (spec = shopSpec()) => lake = await LocalLake.open(spec);
afterEach(() => lake.close());

/** A morning of a small shop: two tables, a delete, and Gold. */
async function trade(): Promise<void> {
  const orders = lake.stream('orders');
  const [first, second] = [order('o1', 'c1', '10'), order('o2', 'c1', '20')];
  await lake.ingest(lake.stream('customers').insert(customer('c1', 'North')));
  await lake.ingest(orders.insert(first), orders.insert(second));
  await lake.silver();
  await lake.gold();
  await lake.ingest(orders.remove(second, { seconds: lake.clock.now().getTime() / 1000 }));
  await lake.silver();
  await lake.gold();
}

describe('maintenance compacts and vacuums', () => {
  test('each table that has changed, the bookkeeping ones as well, and then leaves them alone', async () => {
    await open();
    await trade();
    const engine = new WatchedEngine(lake.engine);
    const { tables } = await lake.maintain({ engine: engine.port });
    expect(Object.values(tables).map(({ state }) => state)).toEqual(['maintained', 'maintained', 'maintained']);
    expect(engine.take().filter(what => /optimize|vacuum/.test(what)).sort()).toEqual([
      'optimize bookkeeping.absent_customers', 'optimize bookkeeping.absent_orders', 'optimize bookkeeping.ledger_orders', 'optimize gold.sales',
      'optimize silver.customers', 'optimize silver.orders',
      'vacuum bookkeeping.absent_customers', 'vacuum bookkeeping.absent_orders', 'vacuum bookkeeping.ledger_orders', 'vacuum gold.sales',
      'vacuum silver.customers', 'vacuum silver.orders',
    ]);
    lake.clock.advance(DAY);
    expect(Object.values((await lake.maintain({ engine: engine.port })).tables).map(({ state }) => state)).toEqual(['idle', 'idle', 'idle']);
    expect(engine.take()).toEqual([]);
  });

  test('only what has changed since', async () => {
    await open();
    await trade();
    await lake.maintain();
    lake.clock.advance(DAY);
    await lake.ingest(lake.stream('orders').insert(order('o3', 'c1', '30')));
    await lake.silver();
    const engine = new WatchedEngine(lake.engine);
    await lake.maintain({ engine: engine.port });
    expect(engine.take()).toEqual([
      'optimize silver.orders', 'vacuum silver.orders', 'optimize bookkeeping.ledger_orders', 'vacuum bookkeeping.ledger_orders',
    ]);
  });

  test('once more when what the last change replaced may go, and never again', async () => {
    await open();
    await trade();
    await lake.maintain();
    const engine = new WatchedEngine(lake.engine);
    const perDay: number[] = [];
    for (let day = 1; day <= 9; day++) {
      lake.clock.advance(DAY);
      await lake.maintain({ engine: engine.port });
      perDay.push(engine.take().filter(what => what.startsWith('vacuum')).length);
    }
    expect(perDay).toEqual([0, 0, 0, 0, 6, 0, 0, 0, 0]);
  });

  test('changed partitions one by one where a table is large, all of it once a week', async () => {
    await open(shopSpec({ orders: { partitionBy: [{ transform: 'month', column: 'order_date' }] } }));
    const stream = lake.stream('orders');
    const engine = new WatchedEngine(lake.engine);
    const optimized = async (...dates: string[]) => {
      for (const [index, date] of dates.entries()) await lake.ingest(stream.insert(order(`${date}/${index}/${lake.clock.now().getTime()}`, 'c1', '1', date)));
      await lake.silver();
      lake.clock.advance(DAY);
      await lake.maintain({ engine: engine.port, wholeUpTo: -1 });
      return engine.take().filter(what => what.startsWith('optimize silver.orders'));
    };
    expect(await optimized('2026-01-10T00:00:00Z', '2026-02-10T00:00:00Z')).toEqual(['optimize silver.orders']);
    const [january] = await optimized('2026-01-20T00:00:00Z');
    expect(january).toMatch(/WHERE .*"order_date" >= .*2026-01-01.*"order_date" < .*2026-02-01/);
    expect(await optimized('2026-02-20T00:00:00Z', '2026-03-20T00:00:00Z')).toHaveLength(2);
    lake.clock.advance(7 * DAY);
    expect(await optimized('2026-03-21T00:00:00Z')).toEqual(['optimize silver.orders']);
  });

  test('the whole table where the engine does not take a partition', async () => {
    await open(shopSpec({ orders: { partitionBy: [{ transform: 'month', column: 'order_date' }] } }));
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '1')));
    await lake.silver();
    await lake.maintain();
    await lake.ingest(stream.insert(order('o2', 'c1', '1')));
    await lake.silver();
    const engine = new WatchedEngine(lake.engine, what => what.includes('WHERE') ? { kind: 'statement', message: 'not a partition column' } : undefined);
    const { tables } = await lake.maintain({ engine: engine.port, wholeUpTo: -1 });
    expect(tables['silver.orders'].state).toBe('maintained');
    expect(engine.take()).toContain('optimize silver.orders');
  });
});

describe('a statement that fails', () => {
  const failing = (times: number, what: RegExp, failure: QueryFailure) => {
    let left = times;
    return new WatchedEngine(lake.engine, name => what.test(name) && left-- > 0 ? failure : undefined);
  };
  const UNFINISHED: QueryFailure = { kind: 'unfinished', message: 'ICEBERG_OPTIMIZE_MORE_RUNS_NEEDED: Processed 100 partitions in this round' };

  test.each(['optimize', 'vacuum'])('%s goes on as long as there is more to do', async kind => {
    await open();
    await trade();
    const engine = failing(6, new RegExp(`${kind} silver.orders`), UNFINISHED);
    const { tables } = await lake.maintain({ engine: engine.port });
    expect(engine.take().filter(what => what === `${kind} silver.orders`)).toHaveLength(7);
    expect(tables['silver.orders'].state).toBe('maintained');
  });

  test('leaves half of the time to VACUUM, and the rest of OPTIMIZE to the next day even if nothing changes', async () => {
    await open();
    await trade();
    const engine = failing(Infinity, /optimize silver.orders/, UNFINISHED);
    let rounds = 0;
    const timeLeft = () => 900_000 - 1000 * ++rounds;
    const { tables } = await lake.maintain({ engine: engine.port, timeLeft });
    expect(tables['silver.orders'].state).toBe('parked');
    expect(engine.take()).toContain('vacuum silver.orders');
    lake.clock.advance(DAY);
    const again = new WatchedEngine(lake.engine);
    await lake.maintain({ engine: again.port });
    expect(again.take()).toEqual(['optimize silver.orders', 'vacuum silver.orders']);
  });

  test('of a conflict is tried again, of its own fault it is not; no other table is stopped, and all are named', async () => {
    await open();
    await trade();
    const engine = new WatchedEngine(lake.engine, what => {
      if (what === 'optimize silver.customers') return { kind: 'conflict', message: 'ICEBERG_COMMIT_ERROR' };
      if (what === 'vacuum gold.sales') return { kind: 'statement', message: 'no such table' };
      return undefined;
    });
    const error = await lake.maintain({ engine: engine.port }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MaintenanceFailedError);
    expect(String(error)).toMatch(/silver\.customers: .*ICEBERG_COMMIT_ERROR\n.*gold\.sales: .*no such table/s);
    const asked = engine.take();
    expect(asked.filter(what => what === 'optimize silver.customers')).toHaveLength(3);
    expect(asked.filter(what => what === 'vacuum gold.sales')).toHaveLength(1);
    expect(asked).toContain('vacuum bookkeeping.absent_customers');
    expect((error as MaintenanceFailedError).report.tables).toMatchObject({
      'silver.customers': { state: 'failed' }, 'gold.sales': { state: 'failed' }, 'silver.orders': { state: 'maintained' },
    });
  });

  test('stays in the journal when time runs out, and is awaited by the next stage', async () => {
    await open();
    await trade();
    const engine = new WatchedEngine(lake.engine);
    const timeLeft = () => engine.asked.includes('delete bookkeeping.ledger_orders') ? 10_000 : 900_000;
    const { tables } = await lake.maintain({ engine: { ...engine.port, status: async () => ({ state: 'running' }) }, timeLeft });
    expect(tables['silver.orders'].state).toBe('parked');
    const control = await lake.store.get('journal/control.json');
    expect(JSON.parse(new TextDecoder().decode(control!.body))).toMatchObject({ holder: null, slots: { 'silver.orders': {}, 'gold.sales': {} } });
    await lake.ingest(lake.stream('orders').insert(order('o3', 'c1', '1')));
    expect((await lake.silver()).tables.orders.state).toBe('committed');
  });
});

describe('retention', () => {
  const report = async (): Promise<MaintenanceReport['tables']> => (await lake.maintain()).tables;
  const absent = () => lake.rows('SELECT order_id, _reason FROM bookkeeping.absent_orders ORDER BY 1');

  test('forgets keys that left long ago, with little asking', async () => {
    await open();
    await trade();
    const engine = new WatchedEngine(lake.engine);
    const days = DEFAULT_RETENTION.absentSeconds / 86_400;
    let queries = 0;
    for (let day = 0; day <= days; day++) {
      await lake.maintain({ engine: engine.port });
      queries += engine.take().filter(what => what === 'query').length;
      lake.clock.advance(DAY);
    }
    expect(await absent()).toHaveLength(1);
    expect(queries).toBeLessThanOrEqual(3);
    lake.clock.advance(8 * DAY);
    expect((await report())['silver.orders'].absentEntriesPruned).toBe(1);
    expect(await absent()).toEqual([]);
    lake.clock.advance(30 * DAY);
    await lake.maintain();
    const quiet = new WatchedEngine(lake.engine);
    lake.clock.advance(DAY);
    await lake.maintain({ engine: quiet.port });
    expect(quiet.take()).toEqual([]);
  });

  test('keeps absent entries while files wait that may hold older changes', async () => {
    await open();
    const stream = lake.stream('orders');
    const item = order('o1', 'c1', '5');
    const seconds = lake.clock.now().getTime() / 1000;
    const [insert, remove] = [stream.insert(item, { seconds }), stream.remove(item, { seconds })];
    await lake.ingest(remove);
    lake.clock.advance(DAY);
    await lake.ingest(insert);
    lake.clock.advance(100 * DAY);
    // As after a lost journal, with time for one of the two files.
    const engine = new WatchedEngine(lake.engine);
    const timeLeft = () => engine.asked.includes('merge silver.orders') ? 90_000 : 900_000;
    const { tables } = await lake.silver({ engine: engine.port, chunkLimits: { files: 1, bytes: 1e9 }, timeLeft });
    expect(tables.orders.state).toBe('parked');
    await lake.maintain();
    expect(await absent()).toHaveLength(1);
    await lake.silver();
    expect(await lake.rows('SELECT * FROM silver.orders')).toEqual([]);
    lake.clock.advance(8 * DAY);
    expect((await report())['silver.orders'].absentEntriesPruned).toBe(1);
  });

  test('keeps absent entries while changes of a former definition come in once more', async () => {
    await open();
    await trade();
    lake.clock.advance(100 * DAY);
    await lake.redeploy(shopSpec({ orders: { definitionHash: 'another' } }));
    await lake.maintain();
    expect(await absent()).toHaveLength(1);
    await lake.silver();
    lake.clock.advance(8 * DAY);
    await lake.maintain();
    expect(await absent()).toHaveLength(1);
    await lake.rebuild();
    await lake.silver();
    expect(await lake.rows('SELECT order_id FROM silver.orders')).toEqual([{ order_id: 'o1' }]);
    expect((await report())['silver.orders'].absentEntriesPruned).toBe(1);
    expect(await absent()).toEqual([]);
  });

  test('keeps absent entries as long as Bronze, which forgets, may have an older change in a younger file, copies of a rebuild among them', async () => {
    const retention = { ...DEFAULT_RETENTION, bronzeSeconds: 100 * DAY / 1000 };
    const defined = (definitionHash: string) => ({ ...shopSpec({ orders: { definitionHash } }), retention });
    await open(defined('orders 1'));
    const item = order('o1', 'c1', '5');
    const seconds = lake.clock.now().getTime() / 1000;
    const [insert, remove] = [lake.stream('orders').insert(item, { seconds }), lake.stream('orders').remove(item, { seconds })];
    const redefine = async (hash: string) => {
      for await (const { key, lastModified } of lake.store.list('bronze/')) {
        if (lake.clock.now().getTime() - lastModified.getTime() > 100 * DAY) await lake.store.delete(key);
      }
      await lake.redeploy(defined(hash));
      await lake.silver();
      const { changes } = (await lake.rebuild()).tables.orders;
      expect((await lake.silver()).tables.orders.rebuild?.state).toBe('complete');
      return changes;
    };
    await lake.ingest(remove);
    await lake.silver();
    lake.clock.advance(20 * DAY);
    // Put through again, long after the delete.
    await lake.ingest(insert);
    await lake.silver();
    for (const [days, hash] of [[82, 'orders 2'], [75, 'orders 3']] as const) {
      lake.clock.advance((days - 4) * DAY);
      await lake.maintain();
      lake.clock.advance(4 * DAY);
      expect(await redefine(hash)).toBe(1);
      expect(await lake.rows('SELECT * FROM silver.orders')).toEqual([]);
    }
    lake.clock.advance(110 * DAY);
    await lake.maintain();
    expect(await absent()).toEqual([]);
    expect(await redefine('orders 4')).toBe(0);
  });

  test('keeps what a quarantine rule holds back, however old', async () => {
    await open(shopSpec({ orders: { expectations: { positive: expectation('quarantine', 'amount > 0') } } }));
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '-1')));
    await lake.silver();
    lake.clock.advance(400 * DAY);
    await lake.maintain();
    expect(await absent()).toEqual([{ order_id: 'o1', _reason: 'quarantine:positive' }]);
  });

  test('forgets of the ledger what every Gold table has taken, and nothing that one has not', async () => {
    await open();
    await trade();
    await lake.ingest(lake.stream('orders').insert(order('o3', 'c1', '1')));
    await lake.silver();
    expect((await report())['silver.orders'].ledgerRowsPruned).toBeGreaterThan(0);
    const left = await lake.rows('SELECT DISTINCT order_id FROM bookkeeping.ledger_orders');
    expect(left).toEqual([{ order_id: 'o3' }]);
    await lake.gold();
    expect(await lake.rows('SELECT orders, revenue FROM gold.sales')).toEqual([{ orders: '2', revenue: '11.00' }]);
    await lake.maintain();
    expect(await lake.rows('SELECT * FROM bookkeeping.ledger_orders')).toEqual([]);
  });

  test('removes old manifests, but none that a fact is still to be enriched from', async () => {
    await open();
    await trade();
    await lake.ingest(lake.stream('customers').insert(customer('c2', 'South')));
    await lake.silver({ spec: { ...lake.spec, tables: { customers: lake.spec.tables.customers }, gold: {} } });
    const runs = async (log: string) => {
      const keys: string[] = [];
      for await (const { key } of lake.store.list(`runs/${log}/`)) keys.push(key);
      return keys.length;
    };
    const [customers, orders] = [await runs('customers'), await runs('orders')];
    lake.clock.advance(15 * DAY);
    const tables = await report();
    expect(tables['silver.customers'].manifestsPruned).toBe(customers - 1);
    expect(tables['silver.orders'].manifestsPruned).toBe(orders - 1);
    await lake.ingest(lake.stream('orders').insert(order('o9', 'c2', '1')));
    await lake.silver();
    expect(await lake.rows("SELECT customer_region FROM silver.orders WHERE order_id = 'o9'")).toEqual([{ customer_region: 'South' }]);
    expect(await lake.rows("SELECT customer_region FROM silver.orders WHERE order_id = 'o1'")).toEqual([{ customer_region: 'North' }]);
  });

  test('keeps the manifest of a run whose changes a rebuild is still to encode again', async () => {
    await open();
    await trade();
    await lake.ingest(lake.stream('orders').insert(order('o8', 'c1', '1')));
    await lake.silver();
    const runs: string[] = [];
    for await (const { run } of manifestsOf(lake.store, 'orders')) if (isOwnRun(run)) runs.push(run);
    expect(runs.length).toBeGreaterThan(1);
    const queue = [{ kind: 'run' as const, after: '', run: runs[0] }];
    await changeRebuild(lake, 'orders', () => ({ formatVersion: 1, epoch: 2, base: 0, queue, worker: null, progress: NOTHING_ENCODED }));
    lake.clock.advance(15 * DAY);
    await report();
    expect(await findManifest(lake.store, { bronzeName: 'orders', run: runs[0] })).toBeDefined();
    await changeRebuild(lake, 'orders', state => ({ ...state!, queue: [] }));
    await lake.ingest(lake.stream('orders').insert(order('o9', 'c1', '1')));
    await lake.silver();
    await report();
    expect(await findManifest(lake.store, { bronzeName: 'orders', run: runs[0] })).toBeUndefined();
  });

  test('keeps the last hundred entries of a changed table in the catalog', async () => {
    await open();
    await trade();
    const versions = [...Array(130).keys()].map(String).reverse();
    const deleted: string[] = [];
    const { tables } = await lake.maintain({
      tableVersions: {
        list: async ({ name }) => name === 'orders' ? versions : [],
        delete: async ({ name }, ids) => void deleted.push(...ids.map(id => `${name} ${id}`)),
      },
    });
    expect(deleted).toHaveLength(30);
    expect(deleted[0]).toBe('orders 29');
    expect(tables['silver.orders'].tableVersionsPruned).toBe(30);
  });
});
