import type { SqlType } from '../../../src/expression/sql-type';
import { goldColumns, hasPrevious } from '../../../src/spec/gold-columns';
import type {
  GoldAggregateSpec, GoldMetricsSpec, GoldSnapshotSpec, KeyMetricSpec, MeasureSpec, PipelineSpec, UserExpression, WindowSpec,
} from '../../../src/spec/pipeline-spec';
import { dataColumns } from '../../../src/spec/silver-columns';
import { duckDbExpression } from '../../sql/duckdb';
import { duckDbType } from '../../sql/duckdb/type-name';
import { qualified } from '../../sql/user-expression';
import { name, text } from '../quote';
import { windowSql } from './window-sql';

/** What a Gold table must hold, straight from all Silver rows. `now` is when Gold ran. */
export function expectedGold(spec: PipelineSpec, table: string, silver: string, now: Date): string {
  const gold = spec.gold[table];
  const from = `${silver} s${gold.where ? ` WHERE ${sql(gold.where)}` : ''}`;
  switch (gold.kind) {
    case 'aggregate': return aggregate(gold, from);
    case 'snapshot': return snapshot(gold, from);
    case 'metrics': return metrics(gold, from, dataColumns(spec, gold.silverTable)[gold.timeColumn], now);
  }
}

/** All that a row says but when it was computed. */
export function comparedColumns(spec: PipelineSpec, table: string): { readonly [column: string]: SqlType } {
  return Object.fromEntries(Object.entries(goldColumns(spec, table)).filter(([column]) => column !== 'computed_at'));
}

function aggregate({ groupBy, measures }: GoldAggregateSpec, from: string): string {
  const groups = Object.entries(groupBy).map(([column, expression]) => `${sql(expression)} AS ${name(column)}`);
  const figures = Object.entries(measures).map(([column, measure]) => `CAST(${figure(measure)} AS ${duckDbType(measure.type)}) AS ${name(column)}`);
  return `SELECT ${[...groups, ...figures].join(', ')} FROM ${from} GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`;
}

function snapshot({ columns }: GoldSnapshotSpec, from: string): string {
  return `SELECT ${Object.entries(columns).map(([column, expression]) => `${sql(expression)} AS ${name(column)}`).join(', ')} FROM ${from}`;
}

function metrics({ metrics: declared, valueType, timeColumn }: GoldMetricsSpec, from: string, timeType: SqlType, now: Date): string {
  return Object.entries(declared).map(([metric, spec]) => {
    const bounds = spec.window.kind === 'all-time' ? undefined : windowSql(spec.window, now);
    const figureOf = (back: number): string => `CAST(${metricFigure(spec, `s.${name(timeColumn)}`, timeType, now, back)} AS ${duckDbType(valueType)})`;
    const previous = !hasPrevious(declared) ? '' : `${spec.previous ? figureOf(1) : 'NULL'} AS previous_value, `;
    return `SELECT ${text(metric)} AS metric_name, ${figureOf(0)} AS metric_value, ${previous}`
      + `CAST(${bounds?.start ?? 'NULL'} AS TIMESTAMP) AS window_start, CAST(${bounds?.end ?? 'NULL'} AS TIMESTAMP) AS window_end FROM ${from}`;
  }).join('\nUNION ALL\n');
}

function metricFigure(metric: KeyMetricSpec, time: string, timeType: SqlType, now: Date, back: number): string {
  const conditions = [...metric.where ? [sql(metric.where)] : [], ...inWindow(metric.window, time, timeType, now, back)];
  const filter = conditions.length > 0 ? ` FILTER (WHERE ${conditions.join(' AND ')})` : '';
  return metric.aggregate === 'count' ? `count(*)${filter}` : `coalesce(sum(s.${name(metric.column!)})${filter}, 0)`;
}

function inWindow(window: WindowSpec, time: string, timeType: SqlType, now: Date, back: number): string[] {
  if (window.kind === 'all-time') return [];
  const { start, end, startDay, endDay } = windowSql(window, now, back);
  return timeType.kind === 'date' ? [`${time} >= ${startDay}`, `${time} < ${endDay}`] : [`${time} >= ${start}`, `${time} < ${end}`];
}

function figure({ aggregate: kind, column, where }: MeasureSpec): string {
  const filter = where ? ` FILTER (WHERE ${sql(where)})` : '';
  const operand = column === undefined ? '' : `s.${name(column)}`;
  switch (kind) {
    case 'count': return `count(*)${filter}`;
    case 'count-distinct': return `count(DISTINCT ${operand})${filter}`;
    case 'avg': return `avg(CAST(${operand} AS DOUBLE))${filter}`;
    default: return `${kind}(${operand})${filter}`;
  }
}

function sql({ tree }: UserExpression): string {
  return `(${duckDbExpression(qualified(tree, 's'))})`;
}
