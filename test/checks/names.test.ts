import {
  Column, Expectation, GoldTable, GrafanaDashboard, KeyMetric, Measure, Panel, Window, type PipelineDefinition,
} from '../../src';
import { checkNames } from '../../src/checks/names';
import { checkSystemNames } from '../../src/checks/system-names';
import { describeCheck, reported } from '../helpers/check-context';
import { ordersAlone, ordersPerCustomer, ordersTable } from '../helpers/definitions';

const PATTERN = 'use lower-case letters, digits and _, beginning with a letter';

function withColumn(name: string, column = Column.string()): PipelineDefinition {
  return ordersAlone({ columns: { order_id: Column.string('OrderID'), [name]: column } });
}

function dashboard(uid: string): PipelineDefinition {
  const panels = [Panel.table('Orders', { goldTable: 'per_customer', columns: ['customer_id'] })];
  return { ...ordersPerCustomer(), dashboards: { [uid]: GrafanaDashboard.of('Orders', { panels }) } };
}

describeCheck('names', checkNames, [
  {
    mistake: 'a table with capitals',
    wrong: () => ({ tables: { OrderLines: ordersTable({ bronzeName: 'order_lines' }) } }),
    right: () => ({ tables: { order_lines: ordersTable() } }),
    problems: [`tables.OrderLines: not a valid name (OrderLines). Fix: ${PATTERN}: 'order_lines'`],
  },
  {
    mistake: 'a Bronze name with a hyphen',
    wrong: () => ordersAlone({ bronzeName: 'order-log' }),
    right: () => ordersAlone({ bronzeName: 'order_log' }),
    problems: [`tables.orders.bronzeName: not a valid name (order-log). Fix: ${PATTERN}: 'order_log'`],
  },
  {
    mistake: 'a column that begins with a digit',
    wrong: () => withColumn('7d'),
    right: () => withColumn('d7'),
    problems: [`tables.orders.columns.7d: not a valid name (7d). Fix: ${PATTERN}: 'd'`],
  },
  {
    mistake: "a column that begins with '_'",
    wrong: () => withColumn('_sequence'),
    right: () => withColumn('sequence'),
    problems: ["tables.orders.columns._sequence: names that begin with '_' belong to the pipeline (_sequence). Fix: begin it with a letter"],
  },
  {
    mistake: 'a word reserved in DDL only',
    wrong: () => withColumn('date'),
    right: () => withColumn('date_column'),
    problems: ["tables.orders.columns.date: a reserved word of Athena (date). Fix: give it another name, such as 'date_column'"],
  },
  {
    mistake: 'a word reserved in SELECT only',
    wrong: () => ordersPerCustomer({ measures: { last: Measure.count() } }),
    right: () => ordersPerCustomer({ measures: { latest: Measure.count() } }),
    problems: ["gold.per_customer.measures.last: a reserved word of Athena (last). Fix: give it another name, such as 'last_column'"],
  },
  {
    mistake: 'a field of a struct inside a list',
    wrong: () => withColumn('lines', Column.list(Column.struct({ Price: Column.string() }))),
    right: () => withColumn('lines', Column.list(Column.struct({ price: Column.string('Price') }))),
    problems: [`tables.orders.columns.lines.Price: not a valid name (Price). Fix: ${PATTERN}: 'price'`],
  },
  {
    mistake: 'an expectation with a space',
    wrong: () => ordersAlone({ expectations: { 'not negative': Expectation.warn('total_amount >= 0') } }),
    right: () => ordersAlone({ expectations: { not: Expectation.warn('total_amount >= 0') } }),
    problems: [`tables.orders.expectations.not negative: not a valid name (not negative). Fix: ${PATTERN}: 'not_negative'`],
  },
  {
    mistake: 'a metric with a dot',
    wrong: () => ({
      ...ordersAlone(),
      gold: {
        figures: GoldTable.metrics({
          silverTable: 'orders', timeColumn: 'order_date', metrics: { 'orders.today': KeyMetric.count(Window.today()) },
        }),
      },
    }),
    right: () => ({
      ...ordersAlone(),
      gold: {
        figures: GoldTable.metrics({
          silverTable: 'orders', timeColumn: 'order_date', metrics: { orders_today: KeyMetric.count(Window.today()) },
        }),
      },
    }),
    problems: [`gold.figures.metrics.orders.today: not a valid name (orders.today). Fix: ${PATTERN}: 'orders_today'`],
  },
  {
    mistake: 'a table name that leaves no room for _quarantine',
    wrong: () => ({ tables: { ['t'.repeat(118)]: ordersTable() } }),
    right: () => ({ tables: { ['t'.repeat(117)]: ordersTable() } }),
    problems: [`tables.${'t'.repeat(118)}: a name of 118 characters (${'t'.repeat(118)}). Fix: use at most 117`],
  },
  {
    mistake: 'a uid that Grafana refuses',
    wrong: () => dashboard('e commerce'),
    right: () => dashboard('E-commerce_2'),
    problems: ['dashboards.e commerce: Grafana does not take that uid (e commerce). Fix: use 1 to 40 letters, digits, - and _'],
  },
  {
    mistake: 'a uid of 41 characters',
    wrong: () => dashboard('u'.repeat(41)),
    right: () => dashboard('u'.repeat(40)),
    problems: [`dashboards.${'u'.repeat(41)}: Grafana does not take that uid (${'u'.repeat(41)}). Fix: use 1 to 40 letters, digits, - and _`],
  },
]);

const HOSTILE = [
  '"', "'", '`', ';', '--', 'a"; DROP TABLE x; --', '../up', 'a/b', 'a\u0000b', 'ａ', 'é', 'a\u202eb', 'a\nb', ' a', 'a ', '${x}', '\u2028',
];

test.each([...HOSTILE, '', '__proto__'])('a table named %j is refused', name => {
  const tables = Object.fromEntries([[name, ordersTable({ bronzeName: 'orders' })]]);
  expect(reported(checkNames, { tables })).toHaveLength(1);
});

test.each(HOSTILE)('a column whose name holds %j is refused', name => {
  expect(reported(checkNames, withColumn(`x${name}y`))).toHaveLength(1);
});

test('characters that nobody sees are shown', () => {
  expect(reported(checkNames, withColumn('a\u202e\n\u0000b'))).toEqual([
    `tables.orders.columns.a\\u202e\\n\\u0000b: not a valid name (a\\u202e\\n\\u0000b). Fix: ${PATTERN}: 'a_b'`,
  ]);
});

test("a name that begins with '_' is reported once, and its fix is a name", () => {
  expect([checkNames, checkSystemNames].flatMap(check => reported(check, withColumn('_errors')))).toEqual([
    "tables.orders.columns._errors: names that begin with '_' belong to the pipeline (_errors). Fix: begin it with a letter",
  ]);
});
