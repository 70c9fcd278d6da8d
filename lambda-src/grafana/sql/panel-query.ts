import { BIGINT, VARCHAR, type SqlType } from '../../../src/expression/sql-type';
import { isTime } from '../../../src/expression/type-rules';
import type { FigureSpec, PanelSpec } from '../../../src/spec/dashboard-spec';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { ascending, call, cast, column, compare, descending, equal, item, text } from '../../sql/build';
import type { Query, Select, SqlExpression } from '../../sql/nodes';
import { withoutGaps } from './gaps';
import { asDouble, GoldRows, whole } from './gold-rows';

/** What is left of a pie when its greatest slices have got their names. */
export const OTHERS = 'Others';

type PanelOf<K extends PanelSpec['kind']> = Extract<PanelSpec, { readonly kind: K }>;

const RANK = '_rank';
const PERIOD = '_period';

/** What a panel asks Gold for: one query, whose columns are called as the Gold columns (or metrics) that they show. */
export function panelQuery(spec: PipelineSpec, panel: PanelSpec): Query {
  const rows = new GoldRows(spec, panel);
  switch (panel.kind) {
    case 'pie': return slices(rows, panel);
    case 'bar': case 'bar-gauge': return bars(rows, panel);
    case 'time-series': return lines(rows, panel);
    case 'total': return panel.beside === 'sparkline'
      ? lines(rows, { timeColumn: panel.time!.column, values: [panel.value] })
      : periods(rows, panel);
    case 'stat': return panel.beside === 'previous-period' ? comparedMetrics(rows, panel.metrics) : metrics(rows, panel.metrics);
    case 'gauge': return metrics(rows, [panel.metric]);
    case 'table': return list(rows, panel);
  }
}

/** The greatest groups by their names and the rest as one, so that the slices are always a whole. */
function slices(rows: GoldRows, { value, by, limit }: PanelOf<'pie'>): Query {
  const ranked: Query = {
    kind: 'select',
    columns: [
      item(rows.label(by), by),
      item(rows.figure(value), value.column),
      item({ kind: 'row-number', partitionBy: [], orderBy: [descending(rows.figure(value)), ascending(rows.label(by))] }, RANK),
    ],
    from: rows.from,
    where: rows.chosen,
    groupBy: [rows.label(by)],
  };
  const named = compare(column('r', RANK), '<=', whole(limit));
  const label = timeAsText(column('r', by), rows.type(by));
  const name: SqlExpression = { kind: 'case', branches: [{ when: named, then: label }], otherwise: text(OTHERS) };
  return {
    kind: 'select',
    columns: [item(name, by), item(aggregate('sum', column('r', value.column), rows.type(value.column)), value.column)],
    from: { kind: 'subquery', query: ranked, as: 'r' },
    groupBy: [name],
    orderBy: [ascending(aggregate('min', column('r', RANK), BIGINT))],
  };
}

/** The greatest bars, greatest first; of times the latest, in their order. */
function bars(rows: GoldRows, { values, by, limit }: PanelOf<'bar' | 'bar-gauge'>): Query {
  if (isTime(rows.type(by))) return latestBars(rows, { values, by, limit });
  return {
    kind: 'select',
    columns: [item(rows.label(by), by), ...figures(rows, values)],
    from: rows.from,
    where: rows.chosen,
    groupBy: [rows.label(by)],
    orderBy: [descending(rows.figure(values[0])), ascending(rows.label(by))],
    limit,
  };
}

function latestBars(rows: GoldRows, { values, by, limit }: Pick<PanelOf<'bar'>, 'values' | 'by' | 'limit'>): Query {
  const items = (alias: string) => [by, ...values.map(({ column: name }) => name)].map(name => item(column(alias, name), name));
  const latest: Query = {
    kind: 'select',
    columns: items('a'),
    from: { kind: 'subquery', query: lines(rows, { timeColumn: by, values }), as: 'a' },
    orderBy: [descending(column('a', by))],
    limit,
  };
  return { kind: 'select', columns: items('b'), from: { kind: 'subquery', query: latest, as: 'b' }, orderBy: [ascending(column('b', by))] };
}

/** Where the step of the times is known, times without rows have a row too if one of the figures is 0 then. */
function lines(rows: GoldRows, { timeColumn, values, by }: Pick<PanelOf<'time-series'>, 'timeColumn' | 'values' | 'by'>): Query {
  const split = by === undefined ? [] : [by];
  const step = rows.step(timeColumn);
  const zero = values.filter(value => rows.isZeroWithoutRows(value)).map(({ column: name }) => name);
  const grouped: Select = {
    kind: 'select',
    columns: [item(rows.column(timeColumn), timeColumn), ...split.map(name => item(rows.label(name), name)), ...figures(rows, values)],
    from: rows.from,
    where: rows.where(rows.hasTime(timeColumn)),
    groupBy: [rows.column(timeColumn), ...split.map(name => rows.label(name))],
  };
  if (!step || zero.length === 0) return { ...grouped, orderBy: grouped.groupBy!.map(ascending) };
  return withoutGaps(grouped, {
    time: timeColumn,
    type: rows.type(timeColumn).kind === 'date' ? 'date' : 'timestamp',
    step,
    end: rows.endOf(timeColumn),
    by: split,
    values: values.map(({ column: name }) => name),
    zero,
  });
}

/** Whether they have rows or not. */
function periods(rows: GoldRows, { value, beside }: PanelOf<'total'>): Query {
  const total = value.aggregate === 'sum' ? call('coalesce', rows.figure(value), asDouble(whole(0))) : rows.figure(value);
  const now: Select = { kind: 'select', columns: [item(total, value.column)], from: rows.from, where: rows.chosen };
  if (beside === 'nothing') return now;
  return afterEachOther({ ...now, where: rows.before }, now);
}

/** The period before and then this one, a row each: the last is shown, and compared with the first. */
function afterEachOther(before: Select, now: Select): Query {
  const period = (number: number, select: Select): Select => ({ ...select, columns: [item(whole(number), PERIOD), ...select.columns] });
  return {
    kind: 'select',
    columns: now.columns.map(({ as }) => item(column('p', as), as)),
    from: { kind: 'subquery', query: { kind: 'union-all', queries: [period(1, before), period(2, now)] }, as: 'p' },
    orderBy: [ascending(column('p', PERIOD))],
  };
}

function comparedMetrics(rows: GoldRows, names: readonly string[]): Query {
  return afterEachOther(metrics(rows, names, 'previous_value'), metrics(rows, names));
}

/** One row, a column for each metric. */
function metrics(rows: GoldRows, names: readonly string[], value: 'metric_value' | 'previous_value' = 'metric_value'): Select {
  return {
    kind: 'select',
    columns: names.map(name => item(asDouble({
      kind: 'aggregate',
      function: 'max',
      arguments: [rows.column(value)],
      where: equal(rows.column('metric_name'), text(name)),
      type: rows.type(value),
    }), name)),
    from: rows.from,
    where: { kind: 'in', operand: rows.column('metric_name'), values: names.map(text) },
  };
}

function list(rows: GoldRows, { columns, sortBy, order, limit }: PanelOf<'table'>): Query {
  const sorting = order === 'descending' ? descending : ascending;
  return {
    kind: 'select',
    columns: columns.map(name => item(rows.shown(name), name)),
    from: rows.from,
    where: rows.chosen,
    ...(sortBy !== undefined && { orderBy: [sorting(rows.column(sortBy))] }),
    limit,
  };
}

function figures(rows: GoldRows, values: readonly FigureSpec[]) {
  return values.map(value => item(rows.figure(value), value.column));
}

/** `2026-01-31`, or `2026-01-31 10:00:00`: how many digits follow is the engine's own. */
function timeAsText(value: SqlExpression, type: SqlType): SqlExpression {
  switch (type.kind) {
    case 'date': return cast(value, VARCHAR);
    case 'timestamp': return call('substr', cast(value, VARCHAR), whole(1), whole('2026-01-31 10:00:00'.length));
    default: return value;
  }
}

function aggregate(name: 'sum' | 'min', operand: SqlExpression, type: SqlType): SqlExpression {
  return { kind: 'aggregate', function: name, arguments: [operand], type };
}
