import type { EChartsOption, SeriesOption } from 'echarts';
import { PALETTE, valueColor, type Theme } from './colors';
import { formatValue, timeText } from './format-value';
import { seriesOf, type Frame } from './frame';
import { displayName, fieldProperties, type PanelDefinition } from './panel-definition';
import { statValues } from './stat-values';

export interface Drawing {
  readonly panel: PanelDefinition;
  readonly frame: Frame;
  readonly theme: Theme;
  readonly now: number;
  /** The time range, where the panel shows time. */
  readonly range: { readonly from: number; readonly to: number };
}

const INK: { readonly [theme in Theme]: { readonly text: string; readonly line: string } } = {
  light: { text: '#24292f', line: '#d0d7de' },
  dark: { text: '#d8d9da', line: '#34383f' },
};

/** By the unit that a tick is the beginning of. */
const TIME_LABELS = { year: '{yyyy}', month: '{d} {MMM}', day: '{d} {MMM}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}' };

/** What ECharts draws for a panel. Undefined for a kind of panel that is no chart, or one with nothing to draw. */
export function chartOptions(drawing: Drawing): EChartsOption | undefined {
  const { panel, frame } = drawing;
  if (frame.rows.length === 0) return undefined;
  switch (panel.type) {
    case 'piechart': return { ...common(drawing), ...pie(drawing), media: PLACES_OF_A_PIE };
    case 'timeseries': return { ...common(drawing), ...timeSeries(drawing) };
    case 'barchart': return { ...common(drawing), ...bars(drawing) };
    case 'gauge': return { ...common(drawing), ...gauge(drawing) };
    default: return undefined;
  }
}

function common({ theme }: Drawing): EChartsOption {
  return {
    animation: false,
    color: [...PALETTE[theme]],
    textStyle: { color: INK[theme].text, fontFamily: 'system-ui, sans-serif' },
  };
}

/** More names of slices than this are leafed through. */
const MOST_NAMES = 5;

/** Where there is no room for the names beside the slices they stand below. */
const PLACES_OF_A_PIE: EChartsOption['media'] = [
  {
    query: { maxWidth: 370 },
    option: { legend: { orient: 'horizontal', left: 'center', right: 'auto', top: 'auto', bottom: 0 }, series: [{ type: 'pie', center: ['50%', '33%'], radius: ['26%', '58%'] }] },
  },
  { option: { legend: { orient: 'vertical', left: 'auto', right: 8, top: 'middle', bottom: 'auto' }, series: [{ type: 'pie', center: ['27%', '50%'], radius: ['32%', '66%'] }] } },
];

function pie({ panel, frame, theme, now }: Drawing): EChartsOption {
  const value = frame.fields.findIndex(({ type }) => type === 'number');
  const label = frame.fields.findIndex(({ type }) => type !== 'number');
  const properties = fieldProperties(panel, frame.fields[value].name);
  const data = frame.rows.map(row => ({ name: String(row[label] ?? ''), value: row[value] as number }));
  const values = new Map(data.map(slice => [slice.name, formatValue(slice.value, properties, now)]));
  return {
    tooltip: { trigger: 'item', confine: true, valueFormatter: shown => formatValue(shown as number, properties, now) },
    legend: {
      type: data.length > MOST_NAMES ? 'scroll' : 'plain', textStyle: { color: INK[theme].text }, formatter: name => `${name}  ${values.get(name) ?? ''}`,
    },
    series: [{
      type: 'pie',
      data,
      label: { position: 'inside', formatter: ({ percent = 0 }) => `${Math.round(percent)}%`, color: theme === 'light' ? '#ffffff' : '#111217', fontWeight: 'bold' },
      labelLine: { show: false },
      itemStyle: { borderColor: theme === 'light' ? '#ffffff' : '#181b1f', borderWidth: 1 },
    }],
  };
}

function timeSeries({ panel, frame, theme, now, range }: Drawing): EChartsOption {
  const lines = seriesOf(frame);
  const properties = fieldProperties(panel, lines[0]?.field ?? '');
  const { drawStyle, fillOpacity = 0, lineWidth = 2, stacking, axisSoftMin } = properties.custom ?? {};
  const stacked = stacking?.mode === 'normal';
  const hasLegend = panel.options?.legend?.showLegend ?? lines.length > 1;
  const times = [...new Set(lines.flatMap(({ points }) => points.map(([time]) => time)))].sort((left, right) => left - right);
  const series = lines.map(({ field, labels, points }): SeriesOption => {
    const values = new Map(points);
    // A stack needs a point of every line at every time.
    const data = stacked ? times.map(time => [time, values.get(time) ?? 0]) : points.map(point => [...point]);
    const drawn = { name: displayName(panel, field, labels), data, ...(stacked && { stack: 'all' }) };
    if (drawStyle === 'bars') return { ...drawn, type: 'bar', barMaxWidth: 24 };
    return {
      ...drawn,
      type: 'line',
      showSymbol: points.length < 40,
      symbolSize: 5,
      lineStyle: { width: lineWidth },
      ...(fillOpacity > 0 && { areaStyle: { opacity: fillOpacity / 100 } }),
    };
  });
  return {
    grid: { left: 8, right: 16, top: 12, bottom: hasLegend ? 34 : 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: shown => formatValue((shown ?? null) as number | null, properties, now) },
    ...(hasLegend && { legend: { type: 'scroll', bottom: 0, itemGap: 22, textStyle: { color: INK[theme].text } } }),
    xAxis: {
      type: 'time',
      min: range.from,
      max: range.to,
      axisLine: { lineStyle: { color: INK[theme].line } },
      axisLabel: { color: INK[theme].text, hideOverlap: true, formatter: TIME_LABELS },
      splitLine: { show: false },
    },
    yAxis: valueAxis(theme, shown => formatValue(shown, properties, now), axisSoftMin),
    useUTC: true,
    series,
  };
}

function bars({ panel, frame, theme, now }: Drawing): EChartsOption {
  const label = frame.fields.findIndex(({ type }) => type !== 'number');
  const numbers = frame.fields.flatMap(({ type, name }, index) => type === 'number' ? [{ name, index }] : []);
  const names = frame.rows.map(row => frame.fields[label]?.type === 'time' ? timeText(row[label] as number) : String(row[label] ?? ''));
  const properties = fieldProperties(panel, numbers[0]?.name ?? '');
  const lying = panel.options?.orientation === 'horizontal';
  const category = { type: 'category' as const, data: names, inverse: lying, axisLabel: { color: INK[theme].text }, axisTick: { show: false } };
  const value = valueAxis(theme, shown => formatValue(shown, properties, now), 0);
  return {
    grid: { left: 8, right: 24, top: 12, bottom: numbers.length > 1 ? 34 : 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: shown => formatValue((shown ?? null) as number | null, properties, now) },
    ...(numbers.length > 1 && { legend: { bottom: 0, itemGap: 22, textStyle: { color: INK[theme].text } } }),
    xAxis: lying ? value : category,
    yAxis: lying ? category : value,
    series: numbers.map(({ name, index }) => ({
      type: 'bar', name: displayName(panel, name), data: frame.rows.map(row => row[index] as number | null), barMaxWidth: 32,
    })),
  };
}

function gauge({ panel, frame, theme, now }: Drawing): EChartsOption {
  const [figure] = statValues(panel, frame, theme, now);
  const properties = fieldProperties(panel, frame.fields.find(({ type }) => type === 'number')?.name ?? '');
  return {
    series: [{
      type: 'gauge',
      min: figure.minimum,
      max: figure.maximum,
      radius: '92%',
      center: ['50%', '60%'],
      startAngle: 200,
      endAngle: -20,
      progress: { show: true, width: 14, itemStyle: { color: valueColor(figure.value, properties, theme) } },
      axisLine: { lineStyle: { width: 14, color: [[1, INK[theme].line]] } },
      axisTick: { show: false },
      splitLine: { show: false },
      pointer: { show: false },
      axisLabel: { show: false },
      detail: { formatter: () => figure.text, color: figure.color, fontSize: 26, offsetCenter: [0, 0] },
      data: [{ value: figure.value ?? figure.minimum }],
    }],
  };
}

function valueAxis(theme: Theme, label: (value: number) => string, softMinimum: number | undefined) {
  return {
    type: 'value' as const,
    ...(softMinimum === undefined && { scale: true }),
    axisLabel: { color: INK[theme].text, formatter: label },
    splitLine: { lineStyle: { color: INK[theme].line } },
  };
}
