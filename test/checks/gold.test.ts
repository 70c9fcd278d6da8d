import { Duration } from 'aws-cdk-lib';
import {
  Column, Enrichment, Expectation, GoldTable, KeyMetric, Measure, Refresh, Window, type GoldMetricsOptions, type GoldSnapshotOptions,
  type PipelineDefinition,
} from '../../src';
import { checkEnrichments } from '../../src/checks/enrichments';
import { checkExpectations } from '../../src/checks/expectations';
import { checkGoldAggregates } from '../../src/checks/gold-aggregates';
import { checkGoldMetrics } from '../../src/checks/gold-metrics';
import { checkGoldRefreshes } from '../../src/checks/gold-refreshes';
import { checkGoldSnapshots } from '../../src/checks/gold-snapshots';
import { checkGoldSources } from '../../src/checks/gold-sources';
import { checkWindows } from '../../src/checks/windows';
import { describeCheck, reported } from '../helpers/check-context';
import { customersTable, ordersAlone, ordersPerCustomer, ordersTable } from '../helpers/definitions';

function expecting(predicate: string): PipelineDefinition {
  const enrichments = [Enrichment.join('customers', { on: { customer_id: 'customer_id' }, columns: { region: 'region' } })];
  const rules = { rule: Expectation.drop(predicate) };
  return { tables: { customers: customersTable(), orders: ordersTable({ enrichments, expectations: rules }) } };
}

const RULE = 'tables.orders.expectations.rule line 1 column';

describeCheck('expectations', checkExpectations, [
  {
    mistake: 'a syntax error',
    wrong: () => expecting('total_amount >= '),
    right: () => expecting('total_amount >= 0'),
    problems: [`${RULE} 17: the expression ends too early (total_amount >= ). Fix: complete it`],
  },
  {
    mistake: 'an unknown column',
    wrong: () => expecting('1 < totalamount'),
    right: () => expecting('1 < TOTAL_AMOUNT'),
    problems: [`${RULE} 5: there is no column 'totalamount' here (1 < totalamount). Fix: did you mean 'total_amount'?`],
  },
  {
    mistake: 'an enriched column',
    wrong: () => expecting("region = 'EU'"),
    right: () => expecting("customer_id = 'EU'"),
    problems: [`${RULE} 1: 'region' comes from an enrichment (region = 'EU'). Fix: an expectation sees the table's own columns only: use one of them, by its name alone`],
  },
  {
    mistake: 'a number for a predicate',
    wrong: () => expecting('total_amount'),
    right: () => expecting('total_amount IS NOT NULL'),
    problems: ['tables.orders.expectations.rule: a predicate is a boolean, this is a decimal(12,2) (total_amount). Fix: compare it with something'],
  },
  {
    mistake: 'the clock',
    wrong: () => expecting('order_date <= now()'),
    right: () => expecting("order_date <= TIMESTAMP '2100-01-01 00:00:00'"),
    problems: [`${RULE} 15: 'now' reads the clock (order_date <= now()). Fix: bound the time with Window.today() or Window.last(…), which a refresh can follow`],
  },
]);

test('a function without a known type passes as a predicate', () => {
  expect(reported(checkExpectations, expecting("regexp_like(order_id, '^ORD')"))).toEqual([]);
});

describeCheck('the source of Gold', checkGoldSources, [
  {
    mistake: 'an unknown Silver table',
    wrong: () => ordersPerCustomer({ silverTable: 'order' }),
    right: () => ordersPerCustomer(),
    problems: ["gold.per_customer.silverTable: there is no Silver table of that name (order). Fix: did you mean 'orders'?"],
  },
  {
    mistake: 'a filter that compares text with a number',
    wrong: () => ordersPerCustomer({ where: 'customer_id > 5' }),
    right: () => ordersPerCustomer({ where: 'total_amount > 5' }),
    problems: ['gold.per_customer.where line 1 column 1: varchar and integer have no type in common (customer_id > 5). Fix: CAST one of them to the type of the other'],
  },
]);

describeCheck('aggregates', checkGoldAggregates, [
  {
    mistake: 'no group',
    wrong: () => ordersPerCustomer({ groupBy: {} }),
    right: () => ordersPerCustomer(),
    problems: ['gold.per_customer.groupBy: no group. Fix: name what a row stands for, or use GoldTable.metrics for figures of all rows'],
  },
  {
    mistake: 'no measure',
    wrong: () => ordersPerCustomer({ measures: {} }),
    right: () => ordersPerCustomer(),
    problems: ['gold.per_customer.measures: no measure. Fix: add one, such as Measure.count()'],
  },
  {
    mistake: 'a measure named like a group',
    wrong: () => ordersPerCustomer({ measures: { customer_id: Measure.count() } }),
    right: () => ordersPerCustomer(),
    problems: ['gold.per_customer.measures.customer_id: groupBy has a column of that name (customer_id). Fix: give the measure another name'],
  },
  {
    mistake: 'a group of a type that is not known',
    wrong: () => ordersPerCustomer({ groupBy: { x: 'soundex(customer_id)' } }),
    right: () => ordersPerCustomer({ groupBy: { x: 'CAST(soundex(customer_id) AS varchar)' } }),
    problems: ['gold.per_customer.groupBy.x: the type of the expression is not known (soundex(customer_id)). Fix: wrap it in CAST: CAST(soundex(customer_id) AS type)'],
  },
  {
    mistake: 'a group by a list',
    wrong: () => ordersPerCustomer({ groupBy: { x: 'product_ids' } }),
    right: () => ordersPerCustomer({ groupBy: { x: 'element_at(product_ids, 1)' } }),
    problems: ['gold.per_customer.groupBy.x: groups by an array(varchar) (product_ids). Fix: group by one of its elements: element_at(column, …)'],
  },
  {
    mistake: 'a measure of an unknown column',
    wrong: () => ordersPerCustomer({ measures: { x: Measure.sum('total') } }),
    right: () => ordersPerCustomer({ measures: { x: Measure.sum('total_amount') } }),
    problems: ['gold.per_customer.measures.x: there is no column of that name (total). Fix: use one of customer_id, order_date, order_id, product_ids, total_amount'],
  },
  {
    mistake: 'a measure of a CAST of text',
    wrong: () => ordersPerCustomer({ measures: { x: Measure.sum('CAST(order_id AS double)') } }),
    right: () => ordersPerCustomer({ measures: { x: Measure.sum('total_amount') } }),
    problems: ['gold.per_customer.measures.x: a measure takes a column, no expression (CAST(order_id AS double)). '
      + "Fix: declare order_id as a number, such as Column.decimal(12, 2), and name it alone: 'order_id'"],
  },
  {
    mistake: 'a measure of a member of a map',
    wrong: () => ordersPerCustomer({ measures: { x: Measure.sum("CAST(json_extract_scalar(order_id, '$.total') AS double)") } }),
    right: () => ordersPerCustomer({ measures: { x: Measure.sum('total_amount') } }),
    problems: ["gold.per_customer.measures.x: a measure takes a column, no expression (CAST(json_extract_scalar(order_id, '$.total') AS double)). "
      + 'Fix: write the number as an attribute of the item itself, declare that, and name its column alone'],
  },
  {
    mistake: 'a measure of a product of a column',
    wrong: () => ordersPerCustomer({ measures: { x: Measure.sum('total_amount * 2') } }),
    right: () => ordersPerCustomer({ measures: { x: Measure.sum('total_amount') } }),
    problems: ["gold.per_customer.measures.x: a measure takes a column, no expression (total_amount * 2). Fix: name the column alone: 'total_amount'"],
  },
  {
    mistake: 'a measure of several columns',
    wrong: () => ordersPerCustomer({ measures: { x: Measure.countDistinct('customer_id || order_id') } }),
    right: () => ordersPerCustomer({ measures: { x: Measure.countDistinct('customer_id') } }),
    problems: ['gold.per_customer.measures.x: a measure takes a column, no expression (customer_id || order_id). Fix: name one column of the Silver table'],
  },
  ...(['sum', 'avg'] as const).map(aggregate => ({
    mistake: `${aggregate} of text`,
    wrong: () => ordersPerCustomer({ measures: { x: Measure[aggregate]('order_id') } }),
    right: () => ordersPerCustomer({ measures: { x: Measure[aggregate]('total_amount') } }),
    problems: [`gold.per_customer.measures.x: ${aggregate} of a varchar (order_id). Fix: use a number column`],
  })),
  ...(['min', 'max'] as const).map(aggregate => ({
    mistake: `${aggregate} of a list`,
    wrong: () => ordersPerCustomer({ measures: { x: Measure[aggregate]('product_ids') } }),
    right: () => ordersPerCustomer({ measures: { x: Measure[aggregate]('order_date') } }),
    problems: [`gold.per_customer.measures.x: ${aggregate} of an array(varchar) (product_ids). Fix: use a column whose values have an order`],
  })),
  {
    mistake: 'a filter of a measure that is no condition',
    wrong: () => ordersPerCustomer({ measures: { x: Measure.count({ where: 'total_amount' }) } }),
    right: () => ordersPerCustomer({ measures: { x: Measure.count({ where: 'total_amount > 1' }) } }),
    problems: ['gold.per_customer.measures.x.where: a predicate is a boolean, this is a decimal(12,2) (total_amount). Fix: compare it with something'],
  },
]);

test('what depends on a wrong join is reported at the join only', () => {
  const enrichments = [Enrichment.join('customers', { on: { customer_id: 'customer_id' }, columns: { area: 'aera' } })];
  const definition: PipelineDefinition = {
    ...ordersPerCustomer({ where: 'area IS NOT NULL', groupBy: { area: 'area' }, measures: { x: Measure.min('area') } }),
    tables: { customers: customersTable(), orders: ordersTable({ enrichments }) },
  };
  expect(reported(checkEnrichments, definition)).toHaveLength(1);
  expect([checkGoldSources, checkGoldAggregates].flatMap(check => reported(check, definition))).toEqual([]);
});

function snapshot(changes: Partial<GoldSnapshotOptions> = {}): PipelineDefinition {
  return { ...ordersAlone(), gold: { shown: GoldTable.snapshot({ silverTable: 'orders', columns: { id: 'order_id' }, ...changes }) } };
}

describeCheck('snapshots', checkGoldSnapshots, [
  {
    mistake: 'no column',
    wrong: () => snapshot({ columns: {} }),
    right: () => snapshot(),
    problems: ['gold.shown.columns: no column. Fix: name at least the key columns'],
  },
  {
    mistake: 'the Silver key computed away',
    wrong: () => snapshot({ columns: { id: 'lower(order_id)' } }),
    right: () => snapshot({ columns: { id: '(ORDER_ID)', lower_id: 'lower(order_id)' } }),
    problems: ["gold.shown.columns: the key column 'order_id' is missing. Fix: add order_id: 'order_id'"],
  },
  {
    mistake: 'a column of a type that is not known',
    wrong: () => snapshot({ columns: { id: 'order_id', x: 'NULL' } }),
    right: () => snapshot({ columns: { id: 'order_id', x: 'CAST(NULL AS varchar)' } }),
    problems: ['gold.shown.columns.x line 1 column 1: NULL has no type of its own (NULL). Fix: write CAST(NULL AS type)'],
  },
]);

function metrics(metric: KeyMetric, changes: Partial<GoldMetricsOptions> = {}): PipelineDefinition {
  const columns = { order_id: Column.string('OrderID'), order_day: Column.date(), order_date: Column.timestamp(), total_amount: Column.decimal(12, 2) };
  const options = { silverTable: 'orders', timeColumn: 'order_date', metrics: { m: metric }, ...changes };
  return { ...ordersAlone({ columns }), gold: { figures: GoldTable.metrics(options) } };
}

describeCheck('metrics', checkGoldMetrics, [
  {
    mistake: 'an unknown time column',
    wrong: () => metrics(KeyMetric.count(Window.today()), { timeColumn: 'order_dat' }),
    right: () => metrics(KeyMetric.count(Window.today())),
    problems: ["gold.figures.timeColumn: there is no column of that name (order_dat). Fix: did you mean 'order_date'?"],
  },
  {
    mistake: 'a time column without time',
    wrong: () => metrics(KeyMetric.count(Window.today()), { timeColumn: 'order_id' }),
    right: () => metrics(KeyMetric.count(Window.today()), { timeColumn: 'order_day' }),
    problems: ['gold.figures.timeColumn: a varchar (order_id). Fix: use a date or timestamp column'],
  },
  {
    mistake: 'no metric',
    wrong: () => metrics(KeyMetric.count(Window.today()), { metrics: {} }),
    right: () => metrics(KeyMetric.count(Window.today())),
    problems: ['gold.figures.metrics: no metric. Fix: add one, such as KeyMetric.count(Window.today())'],
  },
  {
    mistake: 'a sum of text',
    wrong: () => metrics(KeyMetric.sum('order_id', Window.today())),
    right: () => metrics(KeyMetric.sum('total_amount', Window.today())),
    problems: ['gold.figures.metrics.m: sum of a varchar (order_id). Fix: use a number column'],
  },
  {
    mistake: 'a period before all time',
    wrong: () => metrics(KeyMetric.count(Window.allTime(), { withPreviousPeriod: true })),
    right: () => metrics(KeyMetric.count(Window.today(), { withPreviousPeriod: true })),
    problems: ['gold.figures.metrics.m: a period before all time. Fix: leave withPreviousPeriod out, or take Window.last(Duration.days(n))'],
  },
  {
    mistake: 'hours over a date',
    wrong: () => metrics(KeyMetric.count(Window.last(Duration.hours(24))), { timeColumn: 'order_day' }),
    right: () => metrics(KeyMetric.count(Window.last(Duration.days(1))), { timeColumn: 'order_day' }),
    problems: ["gold.figures.metrics.m: a window of hours over 'order_day', a date. Fix: use Duration.days(n)"],
  },
]);

function refreshed(refresh: Refresh): PipelineDefinition {
  return ordersPerCustomer({ groupBy: { day: 'CAST(order_date AS date)', at: 'order_date', customer_id: 'customer_id' }, refresh });
}

describeCheck('refreshes', checkGoldRefreshes, [
  {
    mistake: 'a delta of a snapshot',
    wrong: () => snapshot({ refresh: Refresh.delta('id', Duration.days(7)) }),
    right: () => snapshot({ refresh: Refresh.full() }),
    problems: ['gold.shown.refresh: Refresh.delta of a table of rows. Fix: use Refresh.changed()'],
  },
  {
    mistake: 'a delta of metrics',
    wrong: () => metrics(KeyMetric.count(Window.today()), { refresh: Refresh.delta('m', Duration.days(7)) }),
    right: () => metrics(KeyMetric.count(Window.today()), { refresh: Refresh.changed() }),
    problems: ['gold.figures.refresh: Refresh.delta of a table of metrics. Fix: use Refresh.changed()'],
  },
  {
    mistake: 'a delta by a column that is no group',
    wrong: () => refreshed(Refresh.delta('order_date', Duration.days(7))),
    right: () => refreshed(Refresh.delta('day', Duration.days(7))),
    problems: ['gold.per_customer.refresh: there is no groupBy column of that name (order_date). Fix: use one of at, customer_id, day'],
  },
  {
    mistake: 'a delta by text',
    wrong: () => refreshed(Refresh.delta('customer_id', Duration.days(7))),
    right: () => refreshed(Refresh.delta('day', Duration.days(7))),
    problems: ['gold.per_customer.refresh: a window over a varchar (customer_id). Fix: name a groupBy column that is a date or timestamp'],
  },
  {
    mistake: 'a delta of hours by a date',
    wrong: () => refreshed(Refresh.delta('day', Duration.hours(7))),
    right: () => refreshed(Refresh.delta('at', Duration.hours(7))),
    problems: ["gold.per_customer.refresh: a window of hours over 'day', a date. Fix: use Duration.days(n)"],
  },
]);

const WHOLE = 'use Duration.days(n) or Duration.hours(n) with a whole n of 1 or more';

describeCheck('windows', checkWindows, [
  ...([[Duration.minutes(90), '1 hour 30 minutes'], [Duration.hours(0), '0 hours'], [Duration.days(1.5), '1 day 12 hours']] as const).map(([duration, shown]) => ({
    mistake: `a window of ${shown}`,
    wrong: () => metrics(KeyMetric.count(Window.last(duration))),
    right: () => metrics(KeyMetric.count(Window.last(Duration.hours(36)))),
    problems: [`gold.figures.metrics.m: a window of no whole number of days or hours (${shown}). Fix: ${WHOLE}`],
  })),
  {
    mistake: 'the window of a delta',
    wrong: () => refreshed(Refresh.delta('at', Duration.seconds(1))),
    right: () => refreshed(Refresh.delta('at', Duration.hours(1))),
    problems: [`gold.per_customer.refresh: a window of no whole number of days or hours (1 second). Fix: ${WHOLE}`],
  },
]);
