import type { FieldStyleSpec, PanelSpec } from '../../src/spec/dashboard-spec';
import { inWords } from '../../src/spec/in-words';
import type { Json, JsonObject } from './json';

export interface FieldConfig {
  readonly defaults: JsonObject;
  readonly overrides: readonly FieldOverride[];
}

export interface FieldOverride {
  readonly matcher: { readonly id: 'byName'; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: Json }[];
}

/** Colours without a meaning: those of Grafana's palette, or that of the text. */
export type PlainColor = 'palette' | 'text' | 'accent';

const PLAIN: { readonly [color in PlainColor]: JsonObject } = {
  palette: { mode: 'palette-classic' },
  text: { mode: 'fixed', fixedColor: 'text' },
  accent: { mode: 'fixed', fixedColor: 'blue' },
};

/** How all of a panel's fields look. */
export function fieldDefaults(panel: FieldStyleSpec, plain: PlainColor, custom: JsonObject = {}): JsonObject {
  return {
    color: panel.thresholds ? { mode: 'thresholds' } : PLAIN[plain],
    // Always said: Grafana's own default is red from 80 upwards.
    thresholds: steps(panel.thresholds ?? []),
    mappings: [],
    noValue: 'No rows',
    ...(panel.unit !== undefined && { unit: panel.unit }),
    ...(panel.decimals !== undefined && { decimals: panel.decimals }),
    custom,
  };
}

/** How single columns differ from the rest. `further`: what their kind of panel adds. */
export function fieldOverrides(
  panel: PanelSpec, names: readonly string[], further: (style: FieldStyleSpec) => FieldOverride['properties'] = () => [],
  labelled: (label: string) => string = label => label,
): FieldOverride[] {
  return names.map(name => {
    const style = panel.styles[name] ?? {};
    return {
      matcher: { id: 'byName', options: name },
      properties: [
        { id: 'displayName', value: labelled(style.label ?? inWords(name)) },
        ...(style.unit === undefined ? [] : [{ id: 'unit', value: style.unit }]),
        ...(style.decimals === undefined ? [] : [{ id: 'decimals', value: style.decimals }]),
        ...(style.thresholds ? [{ id: 'thresholds', value: steps(style.thresholds) }, { id: 'color', value: { mode: 'thresholds' } }] : []),
        ...(style.valueColors ? [{ id: 'mappings', value: [mapping(style.valueColors)] }] : []),
        ...(style.link === undefined ? [] : [{ id: 'links', value: [{ title: 'Open', url: style.link, targetBlank: true }] }]),
        ...further(style),
      ],
    };
  });
}

function steps(thresholds: NonNullable<FieldStyleSpec['thresholds']>): JsonObject {
  const lowest = thresholds.find(({ value }) => value === undefined)?.color ?? 'text';
  const bounds = thresholds.filter(({ value }) => value !== undefined);
  return { mode: 'absolute', steps: [{ color: lowest, value: null }, ...bounds.map(({ value, color }) => ({ color, value: value! }))] };
}

function mapping(colors: NonNullable<FieldStyleSpec['valueColors']>): JsonObject {
  return { type: 'value', options: Object.fromEntries(Object.entries(colors).map(([value, color], index) => [value, { color, index }])) };
}
