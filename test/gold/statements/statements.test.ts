import { aggregateMerge } from '../../../lambda-src/gold/statements/aggregate-merge';
import { metricsMerge } from '../../../lambda-src/gold/statements/metrics-merge';
import { snapshotMerge } from '../../../lambda-src/gold/statements/snapshot-merge';
import type { GoldAggregateSpec, GoldMetricsSpec, GoldSnapshotSpec, PipelineSpec } from '../../../src/spec/pipeline-spec';
import { everyTypeShop } from '../../sql/every-type-shop';
import { StatementLab, type Values } from '../../sql/statement-lab';
import { gold, NOW } from '../../sql/statements';

const TOUCHED = { kind: 'touched', runs: { after: '01', upTo: '03' } } as const;
const LATER = new Date('2026-03-29T20:00:00.000Z');

let spec: PipelineSpec;
let lab: StatementLab;
beforeAll(() => { spec = everyTypeShop(); });
beforeEach(async () => { lab = await StatementLab.open(spec); });
afterEach(() => lab.close());

const order = (id: string, day: string, country: string | null, amount: string, values: Values = {}): Values =>
  ({ order_id: id, line: '1', order_date: `${day} 10:00:00`, customer_country: country, amount, customer_id: id, ...values });

describe('the MERGE of an aggregate', () => {
  const sales = () => gold<GoldAggregateSpec>(spec, 'daily_sales');
  const stored = async (columns = 'order_day, country, orders, revenue') => (await lab.rows(`SELECT ${columns} FROM gold.daily_sales ORDER BY order_day, country`)).map(row => Object.values(row));
  const former = (day: string, country: string): Values => ({ order_day: day, country, orders: '7', revenue: '7', computed_at: '2026-01-01 00:00:00' });

  test('computes every figure of every group, and deletes groups that are no more', async () => {
    await lab.insert('silver.orders_enriched',
      order('o1', '2026-03-27', 'Germany', '10'), order('o2', '2026-03-27', 'Germany', '200.01', { customer_id: 'o1' }), order('o3', '2026-03-27', null, '1'),
      order('gift', '2026-03-27', 'Germany', '999', { gift: 'true' }), order('o4', '2026-03-28', 'Germany', '5', { amount: null }));
    await lab.insert('gold.daily_sales', former('2026-03-01', 'gone'), former('2026-03-28', 'Germany'));
    await lab.run(aggregateMerge(sales(), { kind: 'everything' }, NOW));
    expect(await stored('order_day, country, orders, revenue, average, customers, largest, large_orders, computed_at')).toEqual([
      ['2026-03-27', 'Germany', '2', '210.01', '105.005', '1', '200.01', '1', '2026-03-28 20:00:00.000000'],
      ['2026-03-27', "it's unknown", '1', '1.00', '1', '1', '1.00', '0', '2026-03-28 20:00:00.000000'],
      ['2026-03-28', 'Germany', '1', null, null, '1', null, '0', '2026-03-28 20:00:00.000000'],
    ]);
  });

  test('computes the touched groups alone: old group and new', async () => {
    await lab.insert('silver.orders_enriched', order('o1', '2026-03-28', 'Germany', '10'), order('o2', '2026-03-20', 'Germany', '1'));
    await lab.insert('gold.daily_sales', former('2026-03-27', 'Germany'), former('2026-03-20', 'Germany'));
    const touch = (run: string, day: string): Values => ({ _run: run, order_id: 'o1', line: '1', order_date: `${day} 10:00:00`, customer_country: 'Germany' });
    await lab.insert('bookkeeping.ledger_orders_enriched', touch('01', '2026-03-20'), touch('02', '2026-03-27'), touch('03', '2026-03-28'), touch('04', '2026-03-20'));
    await lab.run(aggregateMerge(sales(), TOUCHED, NOW));
    expect(await stored()).toEqual([['2026-03-20', 'Germany', '7', '7.00'], ['2026-03-28', 'Germany', '1', '10.00']]);
  });

  test('leaves what lies before a window as it is', async () => {
    await lab.insert('silver.orders_enriched', order('o1', '2026-03-28', 'Germany', '10'), order('o2', '2026-03-20', 'Germany', '1'));
    await lab.insert('gold.daily_sales', former('2026-03-01', 'gone'), former('2026-03-27', 'gone'), former('2026-03-28', 'Germany'));
    await lab.run(aggregateMerge(sales(), { kind: 'window', column: 'order_day', start: new Date('2026-03-26T00:00:00Z'), startDay: '2026-03-26' }, NOW));
    expect(await stored()).toEqual([['2026-03-01', 'gone', '7', '7.00'], ['2026-03-28', 'Germany', '1', '10.00']]);
  });

  test('does not write a row again whose figures are as they were', async () => {
    await lab.insert('silver.orders_enriched', order('o1', '2026-03-28', 'Germany', '10'));
    await lab.run(aggregateMerge(sales(), { kind: 'everything' }, NOW));
    await lab.run(aggregateMerge(sales(), { kind: 'everything' }, LATER));
    expect(await stored('computed_at')).toEqual([['2026-03-28 20:00:00.000000']]);
  });
});

describe('the MERGE of a snapshot', () => {
  const list = () => gold<GoldSnapshotSpec>(spec, 'customer_list');
  const stored = async () => (await lab.rows('SELECT customer_id, label FROM gold.customer_list ORDER BY 1')).map(row => Object.values(row));
  beforeEach(async () => {
    await lab.insert('silver.customers', { customer_id: 'c1', name: 'Ada', country: 'UK' }, { customer_id: 'c2', name: null }, { customer_id: 'c3', name: 'Bo' });
    await lab.insert('gold.customer_list', { customer_id: 'c1', label: 'old' }, { customer_id: 'c2', label: 'old' }, { customer_id: 'gone', label: 'old' });
  });

  test('has a row for each Silver row that counts', async () => {
    await lab.run(snapshotMerge(list(), { kind: 'everything' }, NOW));
    expect(await stored()).toEqual([['c1', 'Ada (UK)'], ['c3', null]]);
  });

  test('computes the touched rows alone', async () => {
    await lab.insert('bookkeeping.ledger_customers', { _run: '02', customer_id: 'c1' }, { _run: '02', customer_id: 'c2' }, { _run: '04', customer_id: 'gone' });
    await lab.run(snapshotMerge(list(), TOUCHED, NOW));
    expect(await stored()).toEqual([['c1', 'Ada (UK)'], ['gone', 'old']]);
  });
});

describe('the MERGE of metrics', () => {
  const metrics = () => gold<GoldMetricsSpec>(spec, 'key_metrics');

  test('has a row for each metric with its window, and none that is declared no more', async () => {
    await lab.insert('silver.orders_enriched',
      order('today', '2026-03-28', null, '10'), order('recent', '2026-03-25', null, '1.5'), order('old', '2026-03-24', null, '100'), order('tomorrow', '2026-03-29', null, '100'),
      order('older', '2026-03-21', null, '20'), order('too old', '2026-03-20', null, '1000'));
    await lab.insert('gold.key_metrics', { metric_name: 'former', metric_value: '1' });
    await lab.run(metricsMerge(metrics(), NOW));
    expect((await lab.rows('SELECT * FROM gold.key_metrics ORDER BY 1')).map(row => Object.values(row))).toEqual([
      ['orders_today', '1.00', null, '2026-03-28 00:00:00.000000', '2026-03-29 00:00:00.000000', '2026-03-28 20:00:00.000000'],
      ['revenue_3d', '11.50', '120.00', '2026-03-25 00:00:00.000000', '2026-03-29 00:00:00.000000', '2026-03-28 20:00:00.000000'],
    ]);
  });

  test('a sum over no rows is 0', async () => {
    await lab.run(metricsMerge(metrics(), NOW));
    expect(await lab.rows('SELECT metric_name, metric_value, previous_value FROM gold.key_metrics ORDER BY 1')).toEqual([
      { metric_name: 'orders_today', metric_value: '0.00', previous_value: null },
      { metric_name: 'revenue_3d', metric_value: '0.00', previous_value: '0.00' },
    ]);
  });
});
