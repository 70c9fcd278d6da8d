import { Duration, TimeZone } from 'aws-cdk-lib';
import {
  ColumnStyle, GoldTable, GrafanaDashboard, GrafanaVariable, KeyMetric, Measure, Panel, PanelAggregate, PanelColor, PanelThreshold,
  TotalBeside, Window, type GrafanaDashboardOptions, type PipelineDefinition,
} from '../../src';
import { checkDashboards } from '../../src/checks/dashboards';
import { describeCheck } from '../helpers/check-context';
import { ordersAlone, perCustomer } from '../helpers/definitions';

function showing(panel: Panel, title = 'Shop', refresh = Duration.minutes(1), options: Partial<GrafanaDashboardOptions> = {}): PipelineDefinition {
  const gold = {
    per_day: perCustomer({
      groupBy: { day: 'CAST(order_date AS date)', customer_id: 'customer_id' },
      measures: {
        revenue: Measure.sum('total_amount'),
        last_order: Measure.max('order_id'),
        average: Measure.avg('total_amount'),
        different: Measure.countDistinct('order_id'),
        largest: Measure.max('total_amount'),
      },
    }),
    two_times: perCustomer({ groupBy: { day: 'CAST(order_date AS date)', month: "date_trunc('month', order_date)" } }),
    all_orders: GoldTable.snapshot({
      silverTable: 'orders',
      columns: {
        order_id: 'order_id', order_date: 'order_date', total: 'total_amount', items: 'product_ids', weight: 'CAST(total_amount AS double)',
      },
    }),
    figures: GoldTable.metrics({ silverTable: 'orders', timeColumn: 'order_date', metrics: { today: KeyMetric.count(Window.today()) } }),
  };
  return { ...ordersAlone(), gold, dashboards: { shop: GrafanaDashboard.of(title, { panels: [panel], refresh, ...options }) } };
}

const pie = (value: string, by: string): Panel => Panel.pie('P', { goldTable: 'per_day', value, by });
const lines = (timeColumn: string, ...values: string[]): Panel => Panel.timeSeries('T', { goldTable: 'per_day', timeColumn, values });
const bar = (value: string, by: string, aggregate?: PanelAggregate): Panel => Panel.bar('B', { goldTable: 'per_day', values: [value], by, aggregate });
const pieOver = (window: Window): Panel => Panel.pie('P', { goldTable: 'per_day', value: 'revenue', by: 'customer_id', window });
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
    problems: [`${PATH}.by: there is no column of that name (customer). Fix: use one of average, computed_at, customer_id, day, different, largest, last_order, revenue`],
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
    right: () => showing(stat('today'), 'Shop', Duration.seconds(5)),
    problems: ['dashboards.shop.refresh: no whole number of seconds, five at least (500 millis). Fix: use Duration.minutes(5) or the like'],
  },
  {
    mistake: 'distinct counts that are added up over days',
    wrong: () => showing(bar('different', 'customer_id')),
    right: () => showing(bar('different', 'customer_id', PanelAggregate.MAX)),
    problems: [`${PATH}.values[0]: rows of different day become one figure here, and numbers of different values do not add up (different). `
      + 'Fix: use Panel.timeSeries over day by customer_id, or take PanelAggregate.MAX, MIN or AVERAGE of the rows, or declare a Gold table grouped by customer_id alone, which computes it from the items'],
  },
  {
    mistake: 'a sum of averages that is asked for',
    wrong: () => showing(Panel.timeSeries('T', { goldTable: 'per_day', timeColumn: 'day', values: ['average'], aggregate: PanelAggregate.SUM })),
    right: () => showing(Panel.timeSeries('T', { goldTable: 'per_day', timeColumn: 'day', values: ['average'], by: 'customer_id' })),
    problems: [`${PATH}.values[0]: rows of different customer_id become one figure here, and averages do not add up (average). `
      + 'Fix: use Panel.timeSeries over day by customer_id, or take PanelAggregate.MAX, MIN or AVERAGE of the rows, or declare a Gold table grouped by day alone, which computes it from the items'],
  },
  {
    mistake: 'a total of greatest values',
    wrong: () => showing(Panel.total('T', { goldTable: 'per_day', value: 'largest', aggregate: PanelAggregate.SUM })),
    right: () => showing(Panel.total('T', { goldTable: 'per_day', value: 'largest' })),
    problems: [`${PATH}.value: rows of different customer_id and day become one figure here, and greatest values do not add up (largest). `
      + 'Fix: use Panel.timeSeries over day by customer_id, or take PanelAggregate.MAX, MIN or AVERAGE of the rows'],
  },
  {
    mistake: 'a total of distinct counts',
    wrong: () => showing(Panel.total('T', { goldTable: 'per_day', value: 'different' })),
    right: () => showing(Panel.timeSeries('T', { goldTable: 'per_day', timeColumn: 'day', values: ['different'], by: 'customer_id' })),
    problems: [`${PATH}.value: rows of different customer_id and day become one figure here, and numbers of different values do not add up (different). `
      + 'Fix: use Panel.timeSeries over day by customer_id, or take PanelAggregate.MAX, MIN or AVERAGE of the rows; '
      + 'numbers of different values over any range of time are not supported'],
  },
  {
    mistake: 'a figure that the table does not have',
    wrong: () => showing(bar('turnover', 'customer_id')),
    right: () => showing(bar('revenue', 'customer_id')),
    problems: [`${PATH}.values[0]: there is no column of that name (turnover). Fix: use one of average, different, largest, revenue`],
  },
  {
    mistake: 'a latest value where several rows have one time',
    wrong: () => showing(Panel.total('T', { goldTable: 'per_day', value: 'average', aggregate: PanelAggregate.LATEST })),
    right: () => showing(bar('average', 'customer_id', PanelAggregate.LATEST)),
    problems: [`${PATH}.value: there is a latest row for every customer_id (average). Fix: show it by customer_id, or take another PanelAggregate`],
  },
  {
    mistake: 'shares of what is no whole',
    wrong: () => showing(pie('largest', 'customer_id')),
    right: () => showing(bar('largest', 'customer_id')),
    problems: [`${PATH}.value: shares of a whole need values that add up (largest). Fix: use a count or a sum, or Panel.bar`],
  },
  {
    mistake: 'a course of a mean of means',
    wrong: () => showing(Panel.total('T', { goldTable: 'per_day', value: 'average', aggregate: PanelAggregate.AVERAGE, beside: TotalBeside.SPARKLINE })),
    right: () => showing(Panel.total('T', { goldTable: 'per_day', value: 'revenue', beside: TotalBeside.SPARKLINE })),
    problems: [`${PATH}.beside: a mean of means is no mean (sparkline). Fix: use TotalBeside.PREVIOUS_PERIOD, or a Gold table grouped by the time alone`],
  },
  {
    mistake: 'several times, and none named',
    wrong: () => showing(Panel.total('T', { goldTable: 'two_times', value: 'order_count' })),
    right: () => showing(Panel.total('T', { goldTable: 'two_times', value: 'order_count', timeColumn: 'month' })),
    problems: [`${PATH}: the table groups by several times (day, month). Fix: name the one that counts: timeColumn: 'day'`],
  },
  {
    mistake: 'a window where nothing says when a row was',
    wrong: () => showing(Panel.table('T', { goldTable: 'all_orders', columns: ['total'], window: Window.today() })),
    right: () => showing(Panel.table('T', { goldTable: 'all_orders', columns: ['total'], window: Window.today(), timeColumn: 'order_date' })),
    problems: [`${PATH}.window: a window without a time column. Fix: name a date or timestamp column: timeColumn`],
  },
  {
    mistake: 'a period before of rows without a time',
    wrong: () => showing(Panel.total('T', { goldTable: 'all_orders', value: 'total', beside: TotalBeside.PREVIOUS_PERIOD })),
    right: () => showing(Panel.total('T', { goldTable: 'all_orders', value: 'total' })),
    problems: [`${PATH}.beside: a period before, or a course, of figures without a time (previous-period). Fix: name the timeColumn, or use TotalBeside.NOTHING`],
  },
  {
    mistake: 'a window of hours over days, and one of another time zone',
    wrong: () => showing(pieOver(Window.last(Duration.hours(6), TimeZone.ASIA_TOKYO))),
    right: () => showing(pieOver(Window.last(Duration.days(6), TimeZone.ETC_UTC))),
    problems: [
      `${PATH}.window: a window of another time zone (Asia/Tokyo). Fix: leave the time zone out: Gold holds UTC days, and dashboards count in UTC`,
      `${PATH}.window: a window of hours over 'day', a date. Fix: use Duration.days(n)`,
    ],
  },
  {
    mistake: 'lists as names',
    wrong: () => showing(Panel.bar('T', { goldTable: 'all_orders', values: ['total'], by: 'items' })),
    right: () => showing(Panel.bar('T', { goldTable: 'all_orders', values: ['total'], by: 'order_id' })),
    problems: [`${PATH}.by: an array(varchar) (items). Fix: use a column of single values`],
  },
  {
    mistake: 'doubles as names',
    wrong: () => showing(Panel.bar('T', { goldTable: 'all_orders', values: ['total'], by: 'weight' })),
    right: () => showing(Panel.bar('T', { goldTable: 'all_orders', values: ['weight'], by: 'total' })),
    problems: [`${PATH}.by: a double (weight). Fix: name things by exact values: add a column beside it, such as weight_exact: 'CAST(weight AS decimal(12, 2))'`],
  },
  {
    mistake: 'one name for two columns',
    wrong: () => showing(lines('day', 'revenue', 'revenue')),
    right: () => showing(lines('day', 'revenue', 'largest')),
    problems: [`${PATH}.values: a name that stands there twice (revenue). Fix: name each once`],
  },
  {
    mistake: 'a dial without a range',
    wrong: () => showing(Panel.gauge('T', { goldTable: 'figures', metric: 'today', minimum: 5, maximum: 5 })),
    right: () => showing(Panel.gauge('T', { goldTable: 'figures', metric: 'today', maximum: 5 })),
    problems: [`${PATH}.maximum: no more than the minimum (5 to 5). Fix: use a greater maximum`],
  },
  {
    mistake: 'sizes, limits, bounds and addresses out of range',
    wrong: () => showing(Panel.table('T', {
      goldTable: 'per_day',
      columns: ['revenue'],
      width: 25,
      height: 1.5,
      limit: 0,
      decimals: -1,
      links: { Shop: 'javascript:alert(1)' },
      thresholds: [PanelThreshold.above(5, PanelColor.RED), PanelThreshold.above(4, PanelColor.RED)],
      styles: { revenu: ColumnStyle.of({}), revenue: ColumnStyle.of({ link: 'shop' }) },
    })),
    right: () => showing(Panel.table('T', {
      goldTable: 'per_day',
      columns: ['revenue'],
      width: 24,
      height: 2,
      limit: 1,
      decimals: 0,
      links: { Shop: 'https://shop.example' },
      thresholds: [PanelThreshold.above(4, PanelColor.RED), PanelThreshold.above(5, PanelColor.RED)],
      styles: { revenue: ColumnStyle.of({ link: '/shop' }) },
    })),
    problems: [
      `${PATH}.limit: out of range (0). Fix: use a whole number from 1 to 10000`,
      `${PATH}.width: out of range (25). Fix: use a whole number from 1 to 24`,
      `${PATH}.height: out of range (1.5). Fix: use a whole number from 2 to 60`,
      `${PATH}.decimals: out of range (-1). Fix: use a whole number from 0 to 15`,
      `${PATH}.thresholds: the bounds do not rise (5, 4). Fix: list them from the least to the greatest, each once`,
      `${PATH}.styles.revenu: there is no column in the panel of that name (revenu). Fix: did you mean 'revenue'?`,
      `${PATH}.styles.revenue.link: no address of a page (shop). Fix: begin it with 'https://', 'http://' or '/'`,
      `${PATH}.links.Shop: no address of a page (javascript:alert(1)). Fix: begin it with 'https://', 'http://' or '/'`,
    ],
  },
  {
    mistake: 'choices among values that are not there',
    wrong: () => showing(stat('today'), 'Shop', Duration.minutes(1), {
      variables: {
        'a-b': GrafanaVariable.column('per_dax', 'day'), 'c': GrafanaVariable.column('per_day', 'revenue'), 'd': GrafanaVariable.column('all_orders', 'order_date'),
      },
    }),
    right: () => showing(stat('today'), 'Shop', Duration.minutes(1), {
      variables: {
        a_b: GrafanaVariable.column('per_day', 'day'), c: GrafanaVariable.column('per_day', 'customer_id'), d: GrafanaVariable.column('all_orders', 'order_id'),
      },
    }),
    problems: [
      'dashboards.shop.variables.a-b: Grafana does not take that name (a-b). Fix: use letters, digits and _, beginning with a letter',
      "dashboards.shop.variables.a-b: there is no Gold table of that name (per_dax). Fix: did you mean 'per_day'?",
      'dashboards.shop.variables.c: there is no column to choose by of that name (revenue). Fix: use one of customer_id, day',
      'dashboards.shop.variables.d: a choice among values of a timestamp (order_date). Fix: use text, a whole number, a boolean or a date',
    ],
  },
  {
    mistake: 'a time range without a beginning',
    wrong: () => showing(stat('today'), 'Shop', Duration.minutes(1), { timeRange: Window.allTime() }),
    right: () => showing(stat('today'), 'Shop', Duration.minutes(1), { timeRange: Window.today() }),
    problems: ['dashboards.shop.timeRange: a time range without a beginning. Fix: use Window.last(Duration.days(365)) or the like'],
  },
]);
