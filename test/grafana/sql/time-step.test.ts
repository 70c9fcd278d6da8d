import { App, Stack } from 'aws-cdk-lib';
import { timeStep } from '../../../lambda-src/grafana/sql/time-step';
import { GoldTable, Measure } from '../../../src';
import { compilePipeline } from '../../../src/spec/compile-pipeline';
import { ordersTable } from '../../helpers/definitions';

test.each([
  ['CAST(order_date AS date)', 'day'],
  ['date(order_date)', 'day'],
  ["date_trunc('day', order_date)", 'day'],
  ["CAST(date_trunc('hour', order_date) AS date)", 'day'],
  ["date_trunc('hour', order_date)", 'hour'],
  ["date_trunc('month', order_date)", undefined],
  ["CAST(date_trunc('month', order_date) AS date)", undefined],
  ["date_add('day', -7, CAST(order_date AS date))", undefined],
  ['order_date', undefined],
])('times that are %s are a %s apart', (expression, step) => {
  const { spec } = compilePipeline(new Stack(new App(), 'Shop'), {
    tables: { orders: ordersTable() },
    gold: { sales: GoldTable.aggregate({ silverTable: 'orders', groupBy: { at: expression }, measures: { orders: Measure.count() } }) },
  });
  expect(timeStep(spec, 'sales', 'at')).toBe(step);
  expect(timeStep(spec, 'sales', 'orders')).toBeUndefined();
});
