import { GoldFailedError } from '../../lambda-src/gold/errors';
import { VARCHAR } from '../../src/expression/sql-type';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { LocalLake } from '../helpers/local-lake';
import { customer, expression, order, shopSpec } from '../helpers/shop-spec';

describe('a Gold invocation', () => {
  let lake: LocalLake;
  const open = async (spec: PipelineSpec = shopSpec()) => lake = await LocalLake.open(spec);
  const sales = () => lake.rows('SELECT day, region, orders, revenue FROM gold.sales ORDER BY 1, 2');
  afterEach(() => lake.close());

  test('has nothing to do before Silver has', async () => {
    await open();
    expect(await lake.gold()).toMatchObject({ tables: { sales: { state: 'idle' } } });
  });

  test('computes a new table in full and then only what was touched', async () => {
    await open();
    const stream = lake.stream('orders');
    await lake.ingest(lake.stream('customers').insert(customer('c1', 'North')));
    await lake.ingest(stream.insert(order('o1', 'c1', '10')), stream.insert(order('o2', 'c1', '20', '2026-03-27T10:00:00Z')));
    await lake.silver();
    expect(await lake.gold()).toMatchObject({ tables: { sales: { state: 'refreshed', scope: 'everything' } } });
    const before = await lake.rows('SELECT day, computed_at FROM gold.sales ORDER BY day');
    lake.clock.advance(60_000);
    await lake.ingest(stream.insert(order('o3', 'c1', '1')));
    await lake.silver();
    expect(await lake.gold()).toMatchObject({ tables: { sales: { state: 'refreshed', scope: 'touched' } } });
    expect(await sales()).toEqual([
      { day: '2026-03-27', region: 'North', orders: '1', revenue: '20.00' },
      { day: '2026-03-28', region: 'North', orders: '2', revenue: '11.00' },
    ]);
    const after = await lake.rows('SELECT day, computed_at FROM gold.sales ORDER BY day');
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
    expect(await lake.gold()).toMatchObject({ tables: { sales: { state: 'idle' } } });
  });

  test('deletes a group whose last row has gone, and moves the rows of a customer who moves', async () => {
    await open();
    const customers = lake.stream('customers');
    await lake.ingest(customers.insert(customer('c1', 'North')));
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '10')));
    await lake.silver();
    await lake.gold();
    await lake.ingest(customers.modify(customer('c1', 'North'), customer('c1', 'South')));
    await lake.silver();
    await lake.gold();
    expect(await sales()).toEqual([{ day: '2026-03-28', region: 'South', orders: '1', revenue: '10.00' }]);
  });

  test('computes everything again when its definition has changed', async () => {
    await open();
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '10')));
    await lake.silver();
    await lake.gold();
    const changed = shopSpec({ sales: { definitionHash: 'sales 2', where: expression("customer_region = 'North'", VARCHAR) } });
    expect(await lake.gold({ spec: changed })).toMatchObject({ tables: { sales: { state: 'refreshed', scope: 'everything' } } });
    expect(await sales()).toEqual([]);
  });

  test('computes a table in full that was not declared for a while', async () => {
    await open();
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '10')));
    await lake.silver();
    await lake.gold();
    const without = { ...shopSpec(), gold: {} };
    await lake.ingest(stream.modify(order('o1', 'c1', '10'), order('o1', 'c1', '99', '2026-03-27T10:00:00Z')));
    await lake.silver({ spec: without });
    await lake.silver();
    await lake.gold();
    expect(await sales()).toEqual([{ day: '2026-03-27', region: null, orders: '1', revenue: '99.00' }]);
  });

  test('computes everything again when its Silver table was dropped and made again', async () => {
    await open();
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '10')));
    await lake.silver();
    await lake.gold();
    await lake.ingest(stream.modify(order('o1', 'c1', '10'), order('o1', 'c1', '99', '2026-03-27T10:00:00Z')));
    await lake.rows('DROP TABLE silver.orders');
    await lake.deploy();
    await lake.silver();
    await lake.gold();
    expect(await sales()).toEqual([{ day: '2026-03-27', region: null, orders: '1', revenue: '99.00' }]);
  });

  test('with a window of days, recomputes the days in it and leaves the others as they are', async () => {
    await open(shopSpec({ sales: { refresh: { kind: 'delta', column: 'day', window: { kind: 'last', unit: 'day', count: 3, timeZone: 'UTC' } } } }));
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '10')), stream.insert(order('o2', 'c1', '20', '2026-03-20T10:00:00Z')));
    await lake.silver();
    await lake.gold();
    await lake.ingest(stream.remove(order('o1', 'c1', '10')), stream.remove(order('o2', 'c1', '20', '2026-03-20T10:00:00Z')));
    await lake.silver();
    expect(await lake.gold()).toMatchObject({ tables: { sales: { state: 'refreshed', scope: 'window' } } });
    expect(await sales()).toEqual([{ day: '2026-03-20', region: null, orders: '1', revenue: '20.00' }]);
  });

  test('is due again when a window has moved, though nothing was touched', async () => {
    const metrics: PipelineSpec['gold'] = {
      key_metrics: {
        kind: 'metrics',
        definitionHash: 'm',
        silverTable: 'orders',
        refresh: { kind: 'changed' },
        timeColumn: 'order_date',
        valueType: { kind: 'decimal', precision: 38, scale: 2 },
        metrics: { orders_today: { aggregate: 'count', window: { kind: 'today', timeZone: 'America/New_York' } } },
      },
    };
    await open({ ...shopSpec(), gold: metrics });
    const value = () => lake.rows('SELECT metric_name, metric_value, window_start FROM gold.key_metrics');
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '10')));
    await lake.silver();
    await lake.gold();
    expect(await value()).toEqual([{ metric_name: 'orders_today', metric_value: '1.00', window_start: '2026-03-28 04:00:00.000000' }]);
    lake.clock.advance(60 * 60 * 1000);
    expect((await lake.gold()).tables.key_metrics.state).toBe('idle');
    lake.clock.advance(8 * 60 * 60 * 1000);
    expect((await lake.gold()).tables.key_metrics.state).toBe('refreshed');
    expect(await value()).toEqual([{ metric_name: 'orders_today', metric_value: '0.00', window_start: '2026-03-29 04:00:00.000000' }]);
  });

  test('names every table that failed, after the others are done', async () => {
    const spec = shopSpec();
    await open({ ...spec, gold: { ...spec.gold, other_sales: spec.gold.sales } });
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '10')));
    await lake.silver();
    await lake.rows('DROP TABLE gold.other_sales');
    await expect(lake.gold()).rejects.toThrow(GoldFailedError);
    expect(await sales()).toHaveLength(1);
  });
});
