import { Duration } from 'aws-cdk-lib';
import { GoldTable, GrafanaDashboard, KeyMetric, Measure, Panel, Window, type PipelineDefinition } from '../../src';
import { checkDashboards } from '../../src/checks/dashboards';
import { describeCheck } from '../helpers/check-context';
import { ordersAlone, perCustomer } from '../helpers/definitions';

function showing(panel: Panel, title = 'Shop', refresh = Duration.minutes(1)): PipelineDefinition {
  const gold = {
    per_day: perCustomer({
      groupBy: { day: 'CAST(order_date AS date)', customer_id: 'customer_id' },
      measures: { revenue: Measure.sum('total_amount'), last_order: Measure.max('order_id') },
    }),
    figures: GoldTable.metrics({ silverTable: 'orders', timeColumn: 'order_date', metrics: { today: KeyMetric.count(Window.today()) } }),
  };
  return { ...ordersAlone(), gold, dashboards: { shop: GrafanaDashboard.of(title, { panels: [panel], refresh }) } };
}

const pie = (value: string, by: string): Panel => Panel.pie('P', { goldTable: 'per_day', value, by });
const lines = (timeColumn: string, ...values: string[]): Panel => Panel.timeSeries('T', { goldTable: 'per_day', timeColumn, values });
const stat = (metric: string, goldTable = 'figures'): Panel => Panel.stat('S', { goldTable, metric });
const table = (columns: string[], sortBy?: string): Panel => Panel.table('R', { goldTable: 'per_day', columns, sortBy });
const PATH = 'dashboards.shop.panels[0]';

describeCheck('dashboards', checkDashboards, [
  {
    mistake: 'a panel of an unknown table',
    wrong: () => showing(stat('today', 'figure')),
    right: () => showing(stat('today')),
    problems: [`${PATH}: there is no Gold table of that name (figure). Fix: did you mean 'figures'?`],
  },
  {
    mistake: 'a pie of text',
    wrong: () => showing(pie('last_order', 'customer_id')),
    right: () => showing(pie('revenue', 'customer_id')),
    problems: [`${PATH}.value: a varchar (last_order). Fix: use a number column`],
  },
  {
    mistake: 'slices by an unknown column',
    wrong: () => showing(pie('revenue', 'customer')),
    right: () => showing(pie('revenue', 'day')),
    problems: [`${PATH}.by: there is no column of that name (customer). Fix: use one of computed_at, customer_id, day, last_order, revenue`],
  },
  {
    mistake: 'time that is text, and a line of it',
    wrong: () => showing(lines('customer_id', 'last_order')),
    right: () => showing(lines('day', 'revenue')),
    problems: [
      `${PATH}.timeColumn: a varchar (customer_id). Fix: use a date or timestamp column`,
      `${PATH}.values[0]: a varchar (last_order). Fix: use a number column`,
    ],
  },
  {
    mistake: 'a time series without lines',
    wrong: () => showing(lines('day')),
    right: () => showing(lines('day', 'revenue')),
    problems: [`${PATH}.values: no line. Fix: name at least one number column`],
  },
  {
    mistake: 'an unknown metric',
    wrong: () => showing(stat('todya')),
    right: () => showing(stat('today')),
    problems: [`${PATH}.metric: there is no metric of that name (todya). Fix: use one of today`],
  },
  {
    mistake: 'a metric of a table without metrics',
    wrong: () => showing(stat('revenue', 'per_day')),
    right: () => showing(stat('today')),
    problems: [`${PATH}: the table has no metrics (per_day). Fix: name a table made with GoldTable.metrics`],
  },
  {
    mistake: 'unknown columns of a table',
    wrong: () => showing(table(['day', 'revenues'], 'dat')),
    right: () => showing(table(['day', 'revenue', 'computed_at'], 'day')),
    problems: [
      `${PATH}.columns[1]: there is no column of that name (revenues). Fix: did you mean 'revenue'?`,
      `${PATH}.sortBy: there is no column of that name (dat). Fix: did you mean 'day'?`,
    ],
  },
  {
    mistake: 'a dashboard without a title',
    wrong: () => showing(stat('today'), ' '),
    right: () => showing(stat('today'), 'x'),
    problems: ['dashboards.shop: no title. Fix: give it one'],
  },
  {
    mistake: 'a dashboard without panels',
    wrong: () => ({ ...ordersAlone(), dashboards: { shop: GrafanaDashboard.of('Shop', { panels: [] }) } }),
    right: () => showing(stat('today')),
    problems: ['dashboards.shop.panels: no panel. Fix: add one, or leave the dashboard out'],
  },
  {
    mistake: 'a refresh of half a second',
    wrong: () => showing(stat('today'), 'Shop', Duration.millis(500)),
    right: () => showing(stat('today'), 'Shop', Duration.seconds(1)),
    problems: ['dashboards.shop.refresh: no whole number of seconds (500 millis). Fix: use Duration.minutes(5) or the like'],
  },
]);
