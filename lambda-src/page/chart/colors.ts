import type { FieldProperties } from './panel-definition';

export type Theme = 'light' | 'dark';

/** Grafana's names of colours, in shades that keep a contrast of 4.5 to 1 to the panel's background. */
const NAMED: { readonly [name: string]: { readonly [theme in Theme]: string } } = {
  green: { light: '#1a7f37', dark: '#56d364' },
  yellow: { light: '#8a6100', dark: '#f2cc60' },
  orange: { light: '#b54708', dark: '#ffa657' },
  red: { light: '#c4162a', dark: '#ff7b86' },
  blue: { light: '#1f60c4', dark: '#6ea8fe' },
  purple: { light: '#7c3fb5', dark: '#ca95e5' },
  text: { light: '#24292f', dark: '#d8d9da' },
};

/** For lines and slices that have no colour of their own. */
export const PALETTE: { readonly [theme in Theme]: readonly string[] } = {
  light: ['#1f60c4', '#b54708', '#1a7f37', '#7c3fb5', '#c4162a', '#0b7285', '#8a6100', '#a61e7a', '#4c5561'],
  dark: ['#6ea8fe', '#ffa657', '#56d364', '#ca95e5', '#ff7b86', '#66d9e8', '#f2cc60', '#f783d0', '#adb5bd'],
};

export function colorOf(name: string, theme: Theme): string {
  return Object.hasOwn(NAMED, name) ? NAMED[name][theme] : name;
}

/** The colour that a value calls for: of its mapping, of the threshold that it has reached, or the field's own. */
export function valueColor(value: number | string | null, { mappings = [], thresholds, color }: FieldProperties, theme: Theme): string {
  for (const { type, options } of mappings) {
    const mapped = type === 'value' && value !== null && Object.hasOwn(options, String(value)) ? options[String(value)].color : undefined;
    if (mapped) return colorOf(mapped, theme);
  }
  if (color?.mode === 'thresholds' && typeof value === 'number') {
    const reached = thresholds?.steps.filter(step => step.value === null || value >= step.value).at(-1);
    if (reached) return colorOf(reached.color, theme);
  }
  return colorOf(color?.mode === 'fixed' ? color.fixedColor ?? 'text' : 'text', theme);
}
