import { ColumnStyle, DECIMALS, THRESHOLDS, UNIT } from './column-style';
import { PanelAggregate } from './panel-aggregate';
import { PanelDrawing, PanelOrder, TotalBeside } from './panel-drawing';
import type {
  BarGaugePanelOptions, BarPanelOptions, GaugePanelOptions, KeyMetricsPanelOptions, PiePanelOptions, StatPanelOptions, TablePanelOptions,
  TimeSeriesPanelOptions, TotalPanelOptions,
} from './panel-options';
import { listOf, made, mapOf, number, oneOf, optional, struct, text } from './shape';
import { Window } from './window';

const STAT = "Panel.stat('Orders today', { goldTable: 'figures', metric: 'orders_today' })";
const COLUMN = text('a column', "name a column of the Gold table: 'order_count'");
const COLUMNS = listOf(COLUMN, "list columns of the Gold table: ['order_count']");
const METRIC = text('the metric', "metric: 'orders_today'");
const WINDOW = optional(made(() => Window, 'window: Window.last(Duration.days(7))'));
const LIMIT = optional(number('the limit', 'limit: 10'));
const AGGREGATE = optional(oneOf(Object.values(PanelAggregate), 'a PanelAggregate is expected', 'PanelAggregate.MAX'));

const COMMON = {
  goldTable: text('the Gold table', "goldTable: 'daily_sales'"),
  description: optional(text('the description', "description: 'Paid orders only'")),
  unit: UNIT,
  decimals: DECIMALS,
  thresholds: THRESHOLDS,
  styles: optional(mapOf(made(() => ColumnStyle, 'ColumnStyle.of({ label })'), "styles: { revenue: ColumnStyle.of({ label: 'Revenue' }) }")),
  links: optional(mapOf(text('an address', "links: { Shop: 'https://shop.example' }"), "links: { Shop: 'https://shop.example' }")),
  width: optional(number('the width', 'width: 12')),
  height: optional(number('the height', 'height: 8')),
};
const TIMED = { ...COMMON, timeColumn: optional(COLUMN), window: WINDOW };

export const PANEL_TITLE = text('the title', STAT);

/** What each kind of panel takes. */
export const PANEL_SHAPES = {
  'pie': struct<PiePanelOptions>({ ...TIMED, value: COLUMN, by: COLUMN, slices: LIMIT }, "Panel.pie('Sales', { goldTable, value, by })"),
  'bar': struct<BarPanelOptions>({ ...TIMED, values: COLUMNS, by: COLUMN, aggregate: AGGREGATE, limit: LIMIT }, "Panel.bar('Sales', { goldTable, values, by })"),
  'bar-gauge': struct<BarGaugePanelOptions>({ ...TIMED, value: COLUMN, by: COLUMN, aggregate: AGGREGATE, limit: LIMIT },
    "Panel.barGauge('Stock', { goldTable, value, by })"),
  'time-series': struct<TimeSeriesPanelOptions>({
    ...COMMON,
    timeColumn: COLUMN,
    values: COLUMNS,
    by: optional(COLUMN),
    aggregate: AGGREGATE,
    drawing: optional(oneOf(Object.values(PanelDrawing), 'a PanelDrawing is expected', 'PanelDrawing.BARS')),
    window: WINDOW,
  }, "Panel.timeSeries('Sales', { goldTable, timeColumn, values })"),
  'total': struct<TotalPanelOptions>({
    ...TIMED,
    value: COLUMN,
    aggregate: AGGREGATE,
    beside: optional(oneOf(Object.values(TotalBeside), 'a TotalBeside is expected', 'TotalBeside.SPARKLINE')),
  }, "Panel.total('Sales', { goldTable, value })"),
  'stat': struct<StatPanelOptions>({ ...COMMON, metric: METRIC }, STAT),
  'key-metrics': struct<KeyMetricsPanelOptions>({ ...COMMON, metrics: optional(listOf(METRIC, "metrics: ['orders_today']")) },
    "Panel.keyMetrics('Today', { goldTable })"),
  'gauge': struct<GaugePanelOptions>({
    ...COMMON, metric: METRIC, maximum: number('the maximum', 'maximum: 100'), minimum: optional(number('the minimum', 'minimum: 0')),
  }, "Panel.gauge('Orders today', { goldTable, metric, maximum })"),
  'table': struct<TablePanelOptions>({
    ...TIMED,
    columns: COLUMNS,
    sortBy: optional(COLUMN),
    order: optional(oneOf(Object.values(PanelOrder), 'a PanelOrder is expected', 'PanelOrder.ASCENDING')),
    limit: LIMIT,
  }, "Panel.table('Sales', { goldTable, columns })"),
};
