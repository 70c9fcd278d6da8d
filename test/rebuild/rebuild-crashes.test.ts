import { readFileSync, rmSync } from 'node:fs';
import { Bronze } from '../../lambda-src/bronze/bronze';
import type { RebuildFailedError } from '../../lambda-src/rebuild/rebuild';
import { readRebuild } from '../../lambda-src/rebuild/rebuild-state';
import { rebuildKey } from '../../src/spec/storage-layout';
import { conflict, interrupted, once } from '../helpers/interrupted';
import { LocalLake } from '../helpers/local-lake';
import { order, shopSpec } from '../helpers/shop-spec';

const CHANGED = shopSpec({ orders: { definitionHash: 'noted', columns: { ...shopSpec().tables.orders.columns, note: { attribute: 'Note', type: { kind: 'string' } } } } });

describe('encoding again', () => {
  let lake: LocalLake;
  beforeEach(async () => {
    lake = await LocalLake.open(shopSpec());
    for (let index = 0; index < 5; index++) {
      await lake.ingest(lake.stream('orders').insert({ ...order(`o${index}`, 'c1', '5'), Note: { S: `n${index}` } }));
    }
    await lake.silver();
    await lake.redeploy(CHANGED);
    await lake.silver();
  });
  afterEach(() => lake.close());

  const limits = { files: 2, bytes: 1e9 };

  test('stops in time and goes on where it was', async () => {
    let asked = 0;
    const timeLeft = () => ++asked > 2 ? 0 : Infinity;
    expect((await lake.rebuild({ limits, timeLeft })).tables.orders).toEqual({ state: 'parked', files: 4, changes: 4, skipped: 0 });
    // Should it not be able to start itself: every Silver run says that it is to be started, those that find nothing too.
    for (const state of ['committed', 'idle']) expect((await lake.silver()).tables.orders).toMatchObject({ state, rebuild: { state: 'encoding' } });
    expect((await lake.rebuild({ limits })).tables.orders).toEqual({ state: 'encoded', files: 1, changes: 1, skipped: 0 });
  });

  test('is done by one at a time, until the other has been silent for too long', async () => {
    let isDead = false;
    const living = async <T>(call: () => Promise<T>): Promise<T> => {
      if (isDead) throw new Error('the process dies');
      return call();
    };
    const store = Object.assign(Object.create(lake.store) as typeof lake.store, {
      get: async (key: string) => living(() => lake.store.get(key)),
      put: async (...args: Parameters<typeof lake.store.put>) => living(async () => {
        const outcome = await lake.store.put(...args);
        isDead = true;
        return outcome;
      }),
    });
    await expect(lake.rebuild({ store })).rejects.toThrow('the process dies');
    expect((await lake.rebuild()).tables.orders.state).toBe('busy');
    lake.clock.advance(17 * 60 * 1000);
    expect((await lake.rebuild()).tables.orders).toEqual({ state: 'encoded', files: 5, changes: 5, skipped: 0 });
    await lake.silver();
    expect(await lake.rows('SELECT count(note) AS notes FROM silver.orders')).toEqual([{ notes: '5' }]);
  });

  test('that fails for one table goes on with the others, and the next one need not wait', async () => {
    const store = Object.assign(Object.create(lake.store) as typeof lake.store, {
      get: async (key: string) => {
        if (key.startsWith('bronze/orders/')) throw new Error('no rights');
        return lake.store.get(key);
      },
    });
    const failure = await lake.rebuild({ store }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'RebuildFailedError', message: 'orders: Error: no rights' });
    expect((failure as RebuildFailedError).report.tables).toMatchObject({ customers: { state: 'idle' }, orders: { state: 'failed' } });
    expect((await lake.rebuild()).tables.orders).toMatchObject({ state: 'encoded', files: 5 });
  });

  test('a late batch\'s run whose manifest is gone is found in the change log itself', async () => {
    await lake.rebuild();
    await lake.silver();
    await new Bronze({ ...lake.dependencies(), spec: shopSpec() }).ingest({ Records: [lake.stream('orders').insert({ ...order('late', 'c1', '1'), Note: { S: 'late' } })] });
    await lake.silver();
    for await (const { key } of lake.store.list('runs/orders/')) await lake.store.delete(key);
    expect((await lake.rebuild()).tables.orders).toMatchObject({ state: 'encoded', changes: 6 });
    expect((await lake.silver()).tables.orders.rebuild?.state).toBe('complete');
    expect(await lake.rows("SELECT note FROM silver.orders WHERE order_id = 'late'")).toEqual([{ note: 'late' }]);
  });

  test('waits for the deploy and for Silver to begin', async () => {
    expect((await lake.rebuild({ spec: shopSpec() })).tables.orders.state).toBe('waiting');
    await lake.redeploy(shopSpec());
    expect((await lake.rebuild()).tables.orders.state).toBe('waiting');
  });

  test('of a former deploy leaves alone what a newer one asks for just then', async () => {
    const former = lake.spec;
    const { orders } = former.tables;
    const columns = { ...orders.columns, remark: { attribute: 'Note', type: { kind: 'string' as const } } };
    // It has seen what its own deploy asks for; before it says that it is at it, that is another's.
    const overtaken = once(2, (method, key) => method === 'get' && key === rebuildKey('orders'), async () => {
      await lake.redeploy(shopSpec({ orders: { definitionHash: 'remarked', columns } }));
      await lake.silver();
    });
    const { tables } = await lake.rebuild({ spec: former, store: interrupted(lake.store, overtaken) });
    expect(tables.orders).toMatchObject({ state: 'waiting', files: 0 });
    expect((await lake.rebuild()).tables.orders).toMatchObject({ state: 'encoded', changes: 5 });
    await lake.silver();
    expect(await lake.rows('SELECT count(remark) AS remarks FROM silver.orders')).toEqual([{ remarks: '5' }]);
  });

  test.each(['silver', 'rebuild'] as const)('goes on where S3 has %s and another write its state at once', async stage => {
    if (stage === 'silver') await lake.redeploy(shopSpec());
    const isState = (method: string, key: unknown) => method === 'put' && key === rebuildKey('orders');
    let conflicts = 0;
    const store = interrupted(lake.store, once(1, isState, async () => {
      conflicts++;
      await conflict();
    }));
    const { tables: { orders } } = await lake[stage]({ store });
    expect([conflicts, orders.state]).toEqual([1, stage === 'silver' ? 'committed' : 'encoded']);
  });

  test('names a file that cannot be read, and goes on', async () => {
    const [first] = await keys();
    await lake.store.put(first, 'not Parquet');
    await lake.rebuild();
    const { tables } = await lake.silver();
    expect(tables.orders.rebuild).toMatchObject({ state: 'complete', rowsLeft: 1, progress: { changes: 4, skipped: [{ file: first }] } });
  });

  test('counts what it leaves out, though the state names the first hundred only', async () => {
    const [first] = await keys();
    await lake.store.put(first, 'not Parquet');
    const state = (await readRebuild(lake.store, 'orders'))!;
    const skipped = Array.from({ length: 100 }, (_, index) => ({ file: `bronze/orders/${index}.parquet`, reason: 'it has no key any more' }));
    await lake.store.put(rebuildKey('orders'), JSON.stringify({ ...state, progress: { ...state.progress, skipped } }));
    expect((await lake.rebuild()).tables.orders).toMatchObject({ state: 'encoded', changes: 4, skipped: 1 });
    expect((await readRebuild(lake.store, 'orders'))!.progress.skipped).toEqual(skipped);
  });

  test('reads a file from which somebody has erased rows, though what wrote it kept none of its metadata', async () => {
    const [first] = await keys();
    const file = lake.store.uri(first);
    await lake.rows(`COPY (SELECT * FROM read_parquet('${file}')) TO '${file}.rewritten' (FORMAT parquet)`);
    await lake.store.put(first, readFileSync(`${file}.rewritten`));
    rmSync(`${file}.rewritten`);
    const [{ amount, date }] = await lake.rows("SELECT amount, order_date AS date FROM silver.orders WHERE order_id = 'o0'");
    expect((await lake.rebuild()).tables.orders).toEqual({ state: 'encoded', files: 5, changes: 5, skipped: 0 });
    expect((await lake.silver()).tables.orders.rebuild).toMatchObject({ state: 'complete', rowsLeft: 0 });
    expect(await lake.rows("SELECT note, amount, order_date AS date FROM silver.orders WHERE order_id = 'o0'")).toEqual([{ note: 'n0', amount, date }]);
  });

  async function keys(): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of lake.store.list('bronze/orders/')) found.push(key);
    return found;
  }
});
