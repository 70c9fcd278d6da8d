import { TIMESTAMP, VARCHAR, type SqlType } from '../../../src/expression/sql-type';
import { hasPrevious } from '../../../src/spec/gold-columns';
import type { GoldMetricsSpec, KeyMetricSpec } from '../../../src/spec/pipeline-spec';
import { and, bool, column, columnsFrom, commonTable, compare, equal, item, nothing, table, text, timeBound, timestamp } from '../../sql/build';
import type { Query, SelectItem, SqlExpression, Statement } from '../../sql/nodes';
import type { GoldTable } from '../gold-table';
import { previousBounds, windowBounds, type WindowBounds } from '../window-bounds';
import { metricExpression } from './measures';
import { PRESENT, replaceRows } from './replace-rows';

/** Of the column of a metric's period before, among those of the metrics. */
const PREVIOUS = '_previous_';

/** Computes every key metric again in one pass over Silver; a metric that is declared no more is deleted. */
export function metricsMerge(gold: GoldTable<GoldMetricsSpec>, now: Date): Statement {
  const previous = previousOf(gold).map(([name]) => name);
  const previousValue = hasPrevious(gold.definition.metrics) ? ['previous_value'] : [];
  return replaceRows(gold, {
    source: {
      kind: 'select',
      with: [{ name: 'totals', query: totals(gold, now) }, { name: 'names', query: names(gold, now) }],
      columns: [
        item(column('n', 'metric_name'), 'metric_name'),
        item(valueOfName(Object.keys(gold.definition.metrics), ''), 'metric_value'),
        ...previousValue.map(name => item(valueOfName(previous, PREVIOUS), name)),
        ...columnsFrom('n', ['window_start', 'window_end', PRESENT]),
      ],
      from: commonTable('names', 'n'),
      joins: [{ type: 'inner', relation: commonTable('totals', 'v'), on: bool('true') }],
    },
    on: equal(column('t', 'metric_name'), column('s', 'metric_name')),
    key: ['metric_name'],
    values: ['metric_value', ...previousValue, 'window_start', 'window_end'],
    computedAt: now,
  });
}

/** One row: a column for each metric, and for each period before. */
function totals(gold: GoldTable<GoldMetricsSpec>, now: Date): Query {
  const { metrics, valueType, timeColumn } = gold.definition;
  const timeType = gold.silver.data[timeColumn];
  const figures = [
    ...Object.entries(metrics).map(([name, metric]) => ({ name, metric, bounds: windowBounds(metric.window, now) })),
    ...previousOf(gold).map(([name, metric]) => ({ name: `${PREVIOUS}${name}`, metric, bounds: previousBounds(metric.window, now) })),
  ];
  return {
    kind: 'select',
    columns: figures.map(({ name, metric, bounds }) =>
      item(metricExpression(metric, gold.silver.data, 'v', inWindow(column('v', timeColumn), timeType, bounds), valueType), name)),
    from: table(gold.silver.target, 'v'),
    where: gold.filter('v', ...earliest(column('v', timeColumn), timeType, figures.map(({ bounds }) => bounds))),
  };
}

/** The metrics by name with their windows, and the names that the table has already. */
function names(gold: GoldTable<GoldMetricsSpec>, now: Date): Query {
  const declared = Object.entries(gold.definition.metrics).map(([name, { window }]): Query => {
    const { start, end } = windowBounds(window, now);
    return { kind: 'select', columns: nameItems(text(name), instantOrNull(start), instantOrNull(end), text('yes')) };
  });
  const former: Query = {
    kind: 'select',
    columns: nameItems(column('p', 'metric_name'), nothing(TIMESTAMP), nothing(TIMESTAMP), nothing(VARCHAR)),
    from: table(gold.target, 'p'),
    where: { kind: 'not-in', operand: column('p', 'metric_name'), values: Object.keys(gold.definition.metrics).map(text) },
  };
  return { kind: 'union-all', queries: [...declared, former] };
}

function nameItems(name: SqlExpression, start: SqlExpression, end: SqlExpression, declared: SqlExpression): SelectItem[] {
  return [item(name, 'metric_name'), item(start, 'window_start'), item(end, 'window_end'), item(declared, PRESENT)];
}

function previousOf({ definition: { metrics } }: GoldTable<GoldMetricsSpec>): [string, KeyMetricSpec][] {
  return Object.entries(metrics).filter(([, { previous }]) => previous);
}

/** NULL for metrics that are not among them. */
function valueOfName(metrics: readonly string[], prefix: string): SqlExpression {
  return {
    kind: 'case',
    operand: column('n', 'metric_name'),
    branches: metrics.map(name => ({ when: text(name), then: column('v', `${prefix}${name}`) })),
  };
}

function instantOrNull(time: Date | undefined): SqlExpression {
  return time ? timestamp(time) : nothing(TIMESTAMP);
}

function inWindow(time: SqlExpression, type: SqlType, bounds: WindowBounds): SqlExpression | undefined {
  if (!bounds.start || !bounds.end) return undefined;
  return and(
    compare(time, '>=', timeBound(bounds.start, bounds.startDay!, type)),
    compare(time, '<', timeBound(bounds.end, bounds.endDay!, type)),
  );
}

/** The start of the longest window, so that the engine reads no older partitions; none if a window is open. */
function earliest(time: SqlExpression, type: SqlType, windows: readonly WindowBounds[]): SqlExpression[] {
  if (windows.some(({ start }) => !start)) return [];
  const [first] = [...windows].sort((left, right) => left.start!.getTime() - right.start!.getTime());
  return [compare(time, '>=', timeBound(first.start!, first.startDay!, type))];
}
