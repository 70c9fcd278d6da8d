import { Backfill, type BackfillDependencies } from '../../lambda-src/backfill/backfill';
import { leaveUnfinished } from '../../lambda-src/backfill/backfill-end';
import { planBackfills } from '../../lambda-src/backfill/backfill-plan';
import { readBackfill } from '../../lambda-src/backfill/backfill-state';
import { changePaused } from '../../lambda-src/operations/paused-state';
import type { ExportRequest } from '../../lambda-src/ports/table-exports';
import { backfillKey, DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import { BackfillLake } from '../helpers/backfill-lake';
import { conflict, interrupted, once } from '../helpers/interrupted';
import { order, shopSpec } from '../helpers/shop-spec';
import { tableArn } from '../helpers/stream-records';

describe('a backfill', () => {
  let source: BackfillLake;
  const open = async (spec = shopSpec()) => source = await BackfillLake.open(spec);
  afterEach(() => source.close());

  const orders = async () => (await source.lake.rows('SELECT order_id, amount FROM silver.orders ORDER BY 1'))
    .map(({ order_id: id, amount }) => `${id} ${amount}`);

  test('begins another export where DynamoDB gave one up, once the cause is gone', async () => {
    await open();
    source.put('orders', order('o1', 'c1', '1'));
    source.wait(3600);
    const tokens: string[] = [];
    let fails = true;
    const exports = {
      recoverableFrom: (arn: string) => source.exports.recoverableFrom(arn),
      start: async (request: ExportRequest) => {
        tokens.push(request.token);
        return fails ? 'arn:failed' : source.exports.start(request);
      },
      describe: async (arn: string) => arn === 'arn:failed' ? { state: 'failed' as const, message: 'S3AccessDenied' } : source.exports.describe(arn),
    };
    const request = { id: 'first-orders', table: 'orders', kind: 'full' as const };
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(source.backfill(request, { exports })).rejects.toThrow('the export arn:failed failed: S3AccessDenied');
    }
    fails = false;
    expect(await source.backfill(request, { exports })).toMatchObject({ phase: 'done', rows: 1 });
    // The same token would be answered with the export that failed.
    expect(new Set(tokens).size).toBe(3);
    expect(await orders()).toEqual(['o1 1.00']);
  });

  test('pays for three exports at the most that are of no use, and begins anew once its state is deleted', async () => {
    await open();
    source.put('orders', order('o1', 'c1', '1'));
    source.wait(3600);
    const start = jest.fn(async () => 'arn:failed');
    const failing = { recoverableFrom: async () => new Date(0), start, describe: async () => ({ state: 'failed' as const, message: 'S3NoSuchBucket' }) };
    const request = { id: 'first-orders', table: 'orders', kind: 'full' as const };
    for (let night = 0; night < 3; night++) await expect(source.backfill(request, { exports: failing })).rejects.toThrow('S3NoSuchBucket');
    for (let night = 0; night < 3; night++) {
      await expect(source.backfill(request, { exports: failing })).rejects.toThrow(/^3 exports of .* could not be used, .* or delete backfills\/first-orders.json/);
    }
    expect(start).toHaveBeenCalledTimes(3);
    await source.lake.store.delete(backfillKey('first-orders'));
    expect(await source.backfill(request)).toMatchObject({ phase: 'done', rows: 1 });
  });

  test('keeps what it has loaded where an item cannot be written under its key, which no export cures', async () => {
    await open();
    source.put('orders', order('o1', 'c1', '1'));
    source.wait(3600);
    const brief = source.put('orders', order('o9', 'c1', '9'));
    source.delete('orders', { OrderID: { S: 'o9' } });
    await source.lake.ingest(brief!);
    const start = jest.spyOn(source.exports, 'start');
    const request = { id: 'first-orders', table: 'orders', kind: 'full' as const };
    for (let phase = ''; phase !== 'settling';) ({ progress: { phase } } = await new Backfill(source.dependencies()).advance(request, 'test'));
    const spec = shopSpec({ orders: { columns: { ...shopSpec().tables.orders.columns, order_id: { attribute: 'OrderID', type: { kind: 'bigint' } } } } });
    await expect(source.backfill(request, { spec })).rejects.toMatchObject({ name: 'KeyUnreadableError' });
    expect(await source.backfill(request)).toMatchObject({ phase: 'done', rows: 1, settled: 1 });
    expect(start).toHaveBeenCalledTimes(1);
    expect(await orders()).toEqual(['o1 1.00']);
  });

  test('starts no Silver while its schedule is paused, and waits for whoever does', async () => {
    await open();
    source.put('orders', order('o1', 'c1', '1'));
    source.wait(3600);
    const { store, clock } = source.lake;
    const pause = { since: clock.now().toISOString(), by: 'jo' };
    await changePaused(store, clock, state => ({ ...state, schedules: { silver: pause } }));
    const startSilver = jest.fn();
    const request = { id: 'a', table: 'orders', kind: 'full' as const };
    const backfill = new Backfill(source.dependencies({ startSilver }));
    for (let waits = 0; waits < 3;) {
      const step = await backfill.advance(request, 'test');
      if (step.state !== 'waiting') continue;
      if (step.progress.phase === 'merging') waits++;
      source.wait(step.seconds);
    }
    expect(startSilver).not.toHaveBeenCalled();
    await changePaused(store, clock, state => ({ ...state, schedules: { gold: pause } }));
    expect(await source.backfill(request)).toMatchObject({ phase: 'done', rows: 1 });
    expect(await orders()).toEqual(['o1 1.00']);
  });

  describe('of a table that a deploy changes meanwhile', () => {
    const request = { id: 'first-orders', table: 'orders', kind: 'full' as const };
    beforeEach(async () => {
      await open();
      source.put('orders', order('o1', 'c1', '1'));
      source.wait(3600);
      await new Backfill(source.dependencies()).advance(request, 'deploy');
    });
    const next = (overrides: Partial<BackfillDependencies> = {}) => new Backfill(source.dependencies(overrides)).advance(request, 'deploy');

    test('ends where the table is removed, and goes on where it is back', async () => {
      const { orders: _, ...tables } = source.lake.spec.tables;
      const removed = next({ spec: { ...source.lake.spec, tables } });
      await expect(removed).rejects.toMatchObject({
        name: 'BackfillRefusedError', message: 'there is no Silver table "orders", or no more since a deploy, so that nothing is loaded into it. There are customers',
      });
      expect(await source.backfill(request, {}, 'deploy')).toMatchObject({ phase: 'done', rows: 1 });
    });

    test('ends where its source is replaced, before anything else of the former one is loaded, and is left to nobody', async () => {
      const { store } = source.lake;
      const deployment = new TextDecoder().decode((await store.get(DEPLOYMENT_KEY))!.body);
      const other = tableArn('former_orders');
      await store.put(DEPLOYMENT_KEY, deployment.replace(tableArn('orders'), other));
      await expect(next()).rejects.toMatchObject({ name: 'BackfillRefusedError', message: expect.stringContaining(`orders is read from ${other} since a deploy`) });
      expect((await readBackfill(store, request.id))!.state).toMatchObject({ phase: 'loading', exports: [{ rows: 0 }] });
      await store.put(DEPLOYMENT_KEY, deployment);
      expect(await source.backfill(request)).toMatchObject({ phase: 'done', rows: 1 });
    });
  });

  describe('of a table whose point-in-time recovery is young', () => {
    const since = (minutes: number) => {
      const on = new Date(source.lake.clock.now().getTime() - minutes * 60_000);
      return { exports: { recoverableFrom: async () => on, start: jest.fn(async () => 'arn'), describe: async () => ({ state: 'running' as const }) } };
    };
    const begin = async (overrides: Partial<BackfillDependencies>, from?: string) => {
      const [request] = await planBackfills({ kind: 'heal', tables: ['orders'], ...from !== undefined && { from } }, 'heal', source.lake);
      return new Backfill(source.dependencies(overrides)).advance(request, 'test');
    };
    beforeEach(async () => {
      await open();
      source.wait(30 * 24 * 3600);
    });

    test('heals what can be exported of it', async () => {
      const { exports } = since(60);
      expect(await begin({ exports })).toMatchObject({ state: 'waiting', progress: { export: '1 of 1' } });
      const from = new Date(Math.floor((await exports.recoverableFrom()).getTime() / 1000) * 1000);
      expect(exports.start).toHaveBeenCalledWith(expect.objectContaining({ scope: expect.objectContaining({ from }) }));
    });

    test('says from when on it can be, where it is asked for more', async () => {
      const overrides = since(60);
      await expect(begin(overrides, '2026-04-20T00:00:00Z')).rejects.toThrow(/begins 2026-04-20T00:00:00.000Z, but .* can be recovered from 2026-04-27T19:0\S* on only: begin another one then/);
      expect(overrides.exports.start).not.toHaveBeenCalled();
    });

    test('says when it can be, where nothing can be exported of it yet', async () => {
      const overrides = since(5);
      await expect(begin(overrides)).rejects.toThrow(/repair the table in full, or begin another one after 2026-04-27T20:1\S*, since no export covers less than 15 minutes/);
      expect(overrides.exports.start).not.toHaveBeenCalled();
    });
  });

  describe('whose export is of no use', () => {
    const request = { id: 'first-orders', table: 'orders', kind: 'full' as const };
    beforeEach(async () => {
      await open();
      for (const id of ['o1', 'o2', 'o3', 'o4']) source.put('orders', order(id, 'c1', '1'));
      source.wait(3600);
    });

    async function objectsOf(ending: string): Promise<string[]> {
      const keys: string[] = [];
      for await (const { key } of source.lake.store.list('exports/')) if (key.endsWith(ending)) keys.push(key);
      return keys;
    }

    async function untilPhase(phase: string): Promise<void> {
      for (;;) {
        const { progress } = await new Backfill(source.dependencies({ loadLimits: { lines: 1, bytes: 1e9 }, timeLeft: () => 900_000 })).advance(request, 'test');
        if (progress.phase === phase) return;
      }
    }

    test('makes another one when it is started again, having said that it does', async () => {
      await untilPhase('loading');
      const [, broken] = await objectsOf('.gz');
      await source.lake.store.put(broken, 'something else');
      await expect(source.backfill(request)).rejects.toThrow(/its MD5 is .*Fix: once the cause is gone, start the backfill again, which makes another export/);
      const [again] = await planBackfills({ kind: 'missed', tables: ['orders'] }, 'night', source.lake);
      expect(again).toEqual(request);
      source.wait(3600);
      expect(await source.backfill(again)).toMatchObject({ phase: 'done', rows: 4 });
      expect(await orders()).toEqual(['o1', 'o2', 'o3', 'o4'].map(id => `${id} 1.00`));
      expect(await objectsOf('manifest-summary.json')).toHaveLength(2);
      expect(await planBackfills({ kind: 'missed', tables: ['orders'] }, 'night', source.lake)).toEqual([]);
    });

    test('makes another one by itself where the former has been cleared away since, in the middle of its load', async () => {
      let calls = 0;
      const timeLeft = () => ++calls % 3 === 0 ? 1000 : 900_000;
      const loading = new Backfill(source.dependencies({ loadLimits: { lines: 1, bytes: 1e9 }, timeLeft }));
      for (let rows = 0; rows === 0;) ({ progress: { rows } } = await loading.advance(request, 'test'));
      for (const key of [...await objectsOf('.gz'), ...await objectsOf('.json'), ...await objectsOf('.md5')]) await source.lake.store.delete(key);
      source.delete('orders', { OrderID: { S: 'o1' } });
      source.wait(14 * 24 * 3600);
      const before = await new Backfill(source.dependencies()).advance(request, 'test');
      expect(before).toMatchObject({ state: 'working', progress: { phase: 'exporting', rows: 0 }, done: { rows: 0 } });
      expect(await source.backfill(request)).toMatchObject({ phase: 'done', rows: 3 });
    });
  });

  describe('that two executions have been started for', () => {
    const request = { id: 'first-orders', table: 'orders', kind: 'full' as const };
    const advance = (execution: string, overrides: Partial<BackfillDependencies> = {}) =>
      new Backfill(source.dependencies(overrides)).advance(request, execution);
    const running = { recoverableFrom: async () => new Date(0), start: async () => 'arn', describe: async () => ({ state: 'running' as const }) };
    beforeEach(() => open());

    test('is left to the one that is at it, from one step to the next', async () => {
      source.put('orders', order('o1', 'c1', '1'));
      source.wait(3600);
      for (let step = await advance('deploy-1'); step.progress.phase !== 'done'; step = await advance('deploy-1')) {
        expect(await advance('deploy-2')).toMatchObject({ state: 'elsewhere', execution: 'deploy-1', done: { rows: 0 } });
        if (step.state === 'waiting') source.wait(step.seconds);
      }
      expect(await advance('deploy-2')).toMatchObject({ state: 'done', progress: { rows: 1 } });
    });

    test('is taken over as soon as that one has failed, and from one that died after 40 minutes', async () => {
      const off = { ...running, recoverableFrom: async () => undefined };
      await expect(advance('failed', { exports: off })).rejects.toThrow(/point-in-time recovery of .* is off/);
      expect(await advance('died', { exports: running })).toMatchObject({ state: 'waiting' });
      source.wait(39 * 60);
      expect(await advance('next', { exports: running })).toMatchObject({ state: 'elsewhere', execution: 'died' });
      source.wait(2 * 60);
      expect(await advance('next', { exports: running })).toMatchObject({ state: 'waiting' });
      expect(await advance('died', { exports: running })).toMatchObject({ state: 'elsewhere', execution: 'next' });
    });

    test('is taken over at once from one whose execution has ended without a word, and from no other', async () => {
      await advance('out-of-memory', { exports: running });
      await leaveUnfinished([request], 'somebody', source.lake.store);
      expect(await advance('next', { exports: running })).toMatchObject({ state: 'elsewhere', execution: 'out-of-memory' });
      await leaveUnfinished([request, { ...request, id: 'never-begun' }], 'out-of-memory', source.lake.store);
      expect(await advance('next', { exports: running })).toMatchObject({ state: 'waiting' });
      await leaveUnfinished([request], 'out-of-memory', source.lake.store);
      expect(await advance('another', { exports: running })).toMatchObject({ state: 'elsewhere', execution: 'next' });
    });

    test.each([['begin', true], ['go on', false]])('is asked for again where S3 has two who %s write at once', async (_, isNew) => {
      if (!isNew) await advance('deploy', { exports: running });
      const store = interrupted(source.lake.store, once(1, method => method === 'put', conflict));
      await expect(advance('deploy', { exports: running, store })).rejects.toMatchObject({ name: 'BackfillBusyError' });
      expect(await advance('deploy', { exports: running })).toMatchObject({ state: 'waiting' });
    });

    test('goes to one of two who begin in the same moment: the other is told to ask again', async () => {
      await advance('former', { exports: running });
      source.wait(3600);
      const both = await Promise.allSettled([advance('a', { exports: running }), advance('b', { exports: running })]);
      const states = both.map(one => one.status === 'fulfilled' ? one.value.state : (one.reason as Error).name).sort();
      expect(['BackfillBusyError', 'elsewhere']).toContain(states.find(state => state !== 'waiting'));
      expect(states).toContain('waiting');
    });
  });
});
