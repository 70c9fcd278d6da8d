import { valueColor, type Theme } from './colors';
import { formatValue } from './format-value';
import type { Frame, FrameValue } from './frame';
import { displayName, fieldProperties, type PanelDefinition } from './panel-definition';

/** A figure of a stat, gauge or bar gauge panel. */
export interface StatValue {
  readonly name: string;
  readonly value: number | null;
  readonly text: string;
  readonly color: string;
  /** Against the first of two rows, `+12.5%`. */
  readonly change?: string;
  /** Of a gauge. */
  readonly minimum: number;
  readonly maximum: number;
}

export function statValues(panel: PanelDefinition, frame: Frame, theme: Theme, now: number): StatValue[] {
  return panel.options?.reduceOptions?.values ? everyRow(panel, frame, theme, now) : reduced(panel, frame, theme, now);
}

/** A figure for each number field, over all rows. */
function reduced(panel: PanelDefinition, { fields, rows }: Frame, theme: Theme, now: number): StatValue[] {
  const [calculation = 'lastNotNull'] = panel.options?.reduceOptions?.calcs ?? [];
  return fields.flatMap(({ name, type }, index) => {
    if (type !== 'number') return [];
    const values = rows.map(row => row[index] as number | null);
    const value = calculate(calculation, values);
    const change = panel.options?.showPercentChange ? percentChange(values) : undefined;
    return [{ ...statValue(panel, name, displayName(panel, name), value, theme, now), ...(change !== undefined && { change }) }];
  });
}

/** A figure for each row, named by its text. */
function everyRow(panel: PanelDefinition, { fields, rows }: Frame, theme: Theme, now: number): StatValue[] {
  const label = fields.findIndex(({ type }) => type !== 'number');
  return fields.flatMap(({ name, type }, index) => type !== 'number' ? [] : rows.map(row =>
    statValue(panel, name, label === -1 ? displayName(panel, name) : String(row[label] ?? ''), row[index], theme, now)));
}

function statValue(panel: PanelDefinition, field: string, name: string, value: FrameValue, theme: Theme, now: number): StatValue {
  const properties = fieldProperties(panel, field);
  const number = typeof value === 'number' ? value : null;
  return {
    name,
    value: number,
    text: formatValue(number, properties, now),
    color: valueColor(number, properties, theme),
    minimum: properties.min ?? 0,
    maximum: properties.max ?? 100,
  };
}

/** Grafana's reducers, those that dashboards here use. */
export function calculate(calculation: string, values: readonly (number | null)[]): number | null {
  const present = values.filter(value => value !== null);
  if (calculation === 'last') return values.at(-1) ?? null;
  if (present.length === 0) return null;
  switch (calculation) {
    case 'sum': return present.reduce((sum, value) => sum + value, 0);
    case 'min': return Math.min(...present);
    case 'max': return Math.max(...present);
    case 'mean': return present.reduce((sum, value) => sum + value, 0) / present.length;
    case 'count': return values.length;
    default: return present.at(-1)!;
  }
}

/** From the first value to the last, as Grafana counts it; nothing can be said of a change from zero. */
function percentChange(values: readonly (number | null)[]): string | undefined {
  const [first, last] = [values[0], values.at(-1)];
  if (values.length < 2 || typeof first !== 'number' || typeof last !== 'number' || first === 0) return undefined;
  const change = (last - first) / Math.abs(first) * 100;
  return `${change > 0 ? '+' : ''}${change.toLocaleString('en-US', { maximumFractionDigits: 1 })}%`;
}
