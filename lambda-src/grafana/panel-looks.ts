import { isTime } from '../../src/expression/type-rules';
import type { Drawing, FieldStyleSpec, FigureAggregate, PanelSpec } from '../../src/spec/dashboard-spec';
import { goldColumns } from '../../src/spec/gold-columns';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { fieldDefaults, fieldOverrides, type FieldConfig, type FieldOverride } from './field-config';
import type { JsonObject } from './json';

export interface Looks {
  /** Grafana's name of the panel's plugin. */
  readonly type: string;
  readonly fieldConfig: FieldConfig;
  readonly options: JsonObject;
}

type PanelOf<K extends PanelSpec['kind']> = Extract<PanelSpec, { readonly kind: K }>;

/** How a panel is drawn. */
export function looks(spec: PipelineSpec, panel: PanelSpec): Looks {
  switch (panel.kind) {
    case 'pie': return pie(panel);
    case 'bar': return bar(panel, isTime(goldColumns(spec, panel.goldTable)[panel.by]));
    case 'bar-gauge': return barGauge(panel);
    case 'time-series': return timeSeries(panel);
    case 'total': return total(panel);
    case 'stat': return stat(panel);
    case 'gauge': return gauge(panel);
    case 'table': return table(spec, panel);
  }
}

function pie(panel: PanelOf<'pie'>): Looks {
  return {
    type: 'piechart',
    fieldConfig: { defaults: fieldDefaults(panel, 'palette'), overrides: rowOverrides(panel, panel.value.column) },
    options: {
      pieType: 'donut',
      sort: 'none',
      displayLabels: ['percent'],
      legend: { showLegend: true, displayMode: 'table', placement: 'right', values: ['value', 'percent'], calcs: [] },
      tooltip: { mode: 'single', sort: 'none' },
      reduceOptions: everyRow(),
    },
  };
}

function bar(panel: PanelOf<'bar'>, inTime: boolean): Looks {
  const names = panel.values.map(({ column }) => column);
  return {
    type: 'barchart',
    fieldConfig: {
      defaults: fieldDefaults(panel, 'palette', { fillOpacity: 80, lineWidth: 0, axisBorderShow: false }),
      overrides: fieldOverrides(panel, [...names, panel.by]),
    },
    options: {
      orientation: inTime ? 'vertical' : 'horizontal',
      showValue: 'auto',
      stacking: 'none',
      groupWidth: 0.7,
      barWidth: 0.97,
      barRadius: 0.1,
      fullHighlight: false,
      xTickLabelRotation: 0,
      xTickLabelSpacing: inTime ? 100 : 0,
      legend: { showLegend: names.length > 1, displayMode: 'list', placement: 'bottom', calcs: [] },
      tooltip: { mode: 'multi', sort: 'none' },
    },
  };
}

function barGauge(panel: PanelOf<'bar-gauge'>): Looks {
  return {
    type: 'bargauge',
    fieldConfig: {
      defaults: { ...fieldDefaults(panel, 'accent'), min: 0 },
      overrides: panel.values.flatMap(({ column }) => rowOverrides(panel, column)),
    },
    options: {
      displayMode: 'basic',
      orientation: 'horizontal',
      valueMode: 'color',
      namePlacement: 'left',
      showUnfilled: true,
      sizing: 'auto',
      minVizWidth: 8,
      minVizHeight: 16,
      maxVizHeight: 300,
      legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
      reduceOptions: everyRow(),
    },
  };
}

const DRAWN: { readonly [drawing in Drawing]: { readonly style: 'line' | 'bars'; readonly fill: number; readonly stacked: boolean } } = {
  'lines': { style: 'line', fill: 0, stacked: false },
  'area': { style: 'line', fill: 25, stacked: false },
  'bars': { style: 'bars', fill: 80, stacked: false },
  'stacked-area': { style: 'line', fill: 40, stacked: true },
  'stacked-bars': { style: 'bars', fill: 80, stacked: true },
};

function timeSeries(panel: PanelOf<'time-series'>): Looks {
  const { style, fill, stacked } = DRAWN[panel.drawing];
  const names = panel.values.map(({ column }) => column);
  const custom = {
    drawStyle: style,
    lineWidth: style === 'bars' ? 0 : 2,
    lineInterpolation: 'linear',
    fillOpacity: fill,
    gradientMode: 'none',
    // Lone points would else be lines without a length.
    showPoints: 'auto',
    pointSize: 5,
    spanNulls: true,
    stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: panel.thresholds ? 'line' : 'off' },
    axisBorderShow: false,
    ...(panel.values.every(({ aggregate }) => aggregate === 'sum') && { axisSoftMin: 0 }),
  };
  const lineName = (label: string): string => {
    if (panel.by === undefined) return label;
    const value = `\${__field.labels.${panel.by}}`;
    return names.length > 1 ? `${label} ${value}` : value;
  };
  return {
    type: 'timeseries',
    fieldConfig: {
      defaults: { ...fieldDefaults(panel, 'palette', custom), color: { mode: 'palette-classic' } },
      overrides: fieldOverrides(panel, names, () => [], lineName),
    },
    options: {
      legend: { showLegend: panel.by !== undefined || names.length > 1, displayMode: 'list', placement: 'bottom', calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** What becomes of the points of a sparkline, so that the figure is that of the whole range. */
const REDUCED: { readonly [aggregate in FigureAggregate]: string } = { sum: 'sum', min: 'min', max: 'max', average: 'mean', latest: 'lastNotNull' };

function total(panel: PanelOf<'total'>): Looks {
  const course = panel.beside === 'sparkline';
  return {
    type: 'stat',
    fieldConfig: { defaults: fieldDefaults(panel, course ? 'accent' : 'text'), overrides: fieldOverrides(panel, [panel.value.column]) },
    options: statOptions({
      graphMode: course ? 'area' : 'none',
      textMode: 'value',
      showPercentChange: panel.beside === 'previous-period',
      // The last row is the present period, even if it holds nothing.
      calcs: [course ? REDUCED[panel.value.aggregate] : 'last'],
    }),
  };
}

function stat(panel: PanelOf<'stat'>): Looks {
  return {
    type: 'stat',
    fieldConfig: { defaults: fieldDefaults(panel, 'text'), overrides: fieldOverrides(panel, panel.metrics) },
    options: statOptions({
      graphMode: 'none',
      textMode: panel.metrics.length > 1 ? 'value_and_name' : 'value',
      showPercentChange: panel.beside === 'previous-period',
      calcs: [panel.beside === 'previous-period' ? 'last' : 'lastNotNull'],
    }),
  };
}

interface StatLooks {
  readonly graphMode: 'none' | 'area';
  readonly textMode: 'value' | 'value_and_name';
  readonly showPercentChange: boolean;
  readonly calcs: readonly string[];
}

function statOptions({ calcs, ...shown }: StatLooks): JsonObject {
  return {
    ...shown,
    colorMode: 'value',
    justifyMode: 'auto',
    orientation: 'vertical',
    wideLayout: true,
    percentChangeColorMode: 'standard',
    reduceOptions: { calcs, fields: '', values: false },
  };
}

function gauge(panel: PanelOf<'gauge'>): Looks {
  return {
    type: 'gauge',
    fieldConfig: {
      defaults: { ...fieldDefaults(panel, 'accent'), min: panel.minimum, max: panel.maximum },
      overrides: fieldOverrides(panel, [panel.metric]),
    },
    options: {
      orientation: 'auto',
      showThresholdLabels: false,
      showThresholdMarkers: panel.thresholds !== undefined,
      sizing: 'auto',
      minVizWidth: 75,
      minVizHeight: 75,
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  };
}

function table(spec: PipelineSpec, panel: PanelOf<'table'>): Looks {
  const types = goldColumns(spec, panel.goldTable);
  const overrides = panel.columns.flatMap(name => fieldOverrides(panel, [name], style => [
    ...coloured(style),
    ...(types[name].kind === 'date' && style.unit === undefined ? [{ id: 'unit', value: 'time:YYYY-MM-DD' }] : []),
  ]));
  return {
    type: 'table',
    fieldConfig: {
      defaults: { ...fieldDefaults(panel, 'text', { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: true }), noValue: '' },
      overrides,
    },
    options: { showHeader: true, cellHeight: 'sm' },
  };
}

function coloured({ thresholds, valueColors }: FieldStyleSpec): FieldOverride['properties'] {
  if (valueColors) return [{ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } }];
  return thresholds ? [{ id: 'custom.cellOptions', value: { type: 'color-text' } }] : [];
}

/** Where each row is shown, a name of the column would stand in place of the row's own. */
function rowOverrides(panel: PanelSpec, column: string): FieldOverride[] {
  return fieldOverrides(panel, [column])
    .map(({ matcher, properties }) => ({ matcher, properties: properties.filter(({ id }) => id !== 'displayName') }))
    .filter(({ properties }) => properties.length > 0);
}

function everyRow(): JsonObject {
  return { calcs: [], fields: '', values: true, limit: 10_000 };
}
