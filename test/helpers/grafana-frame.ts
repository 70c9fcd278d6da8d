import type { DataFrame, FieldConfigSource, FieldType } from '@grafana/data';
import { buildSync } from 'esbuild';

const SETTINGS = ['displayName', 'unit', 'decimals', 'thresholds', 'color', 'mappings', 'noValue', 'min', 'max'];
const grafana = loadGrafana();

/** What Grafana's Athena plugin makes of a column; of a type that it does not know it makes text. */
const FIELD_TYPES: { readonly [engineType: string]: `${FieldType}` } = {
  INTEGER: 'number', BIGINT: 'number', DOUBLE: 'number', BOOLEAN: 'boolean', DATE: 'time', TIMESTAMP: 'time',
};

export interface Column {
  readonly name: string;
  /** As the embedded engine calls it. */
  readonly type: string;
  readonly values: readonly (string | null)[];
}

/** A result as a panel gets it. */
export function frameOf(columns: readonly Column[]): DataFrame {
  return grafana.toDataFrame({
    fields: columns.map(({ name, type, values }) => {
      return { name, type: fieldType(type), values: values.map(value => fieldValue(value, fieldType(type))) };
    }),
  });
}

export interface Displayed {
  readonly title: string | undefined;
  readonly text: string;
  /** In percent, where the panel shows it. */
  readonly change?: number;
}

/** What Grafana's own code shows of it: a text for each slice, bar or figure. */
export function displayed(frame: DataFrame, fieldConfig: unknown, options: unknown): Displayed[] {
  const theme = grafana.createTheme();
  const shared = { fieldConfig: fieldConfig as FieldConfigSource, replaceVariables: (text: string) => text, theme, timeZone: 'utc' };
  const { reduceOptions, showPercentChange } = options as {
    readonly reduceOptions: Parameters<typeof grafana.getFieldDisplayValues>[0]['reduceOptions'];
    readonly showPercentChange?: boolean;
  };
  const data = grafana.applyFieldOverrides({ ...shared, data: [frame] });
  return grafana.getFieldDisplayValues({ ...shared, data, reduceOptions, percentChange: showPercentChange }).map(({ display }) => ({
    title: display.title,
    text: `${display.prefix ?? ''}${display.text}${display.suffix ?? ''}`,
    ...(display.percentChange !== undefined && { change: display.percentChange }),
  }));
}

/** Every cell of a table, as text. */
export function cells(frame: DataFrame, fieldConfig: unknown): string[][] {
  const [shown] = grafana.applyFieldOverrides({
    data: [frame], fieldConfig: fieldConfig as FieldConfigSource, replaceVariables: text => text, theme: grafana.createTheme(), timeZone: 'utc',
  });
  return shown.fields.map(({ values, display }) => values.map(value => {
    const { prefix = '', text, suffix = '' } = display!(value);
    return `${prefix}${text}${suffix}`;
  }));
}

/** When a relative time is, as Grafana's own code reads it. */
export function grafanaTime(expression: string, now: Date): Date {
  jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate'] });
  try {
    return grafana.dateMath.parse(expression, false, 'utc')!.toDate();
  } finally {
    jest.useRealTimers();
  }
}

/** A number with its unit, as Grafana writes it. */
export function withUnit(unit: string, value: number): string {
  const { prefix = '', text, suffix = '' } = grafana.getValueFormat(unit)(value);
  return `${prefix}${text}${suffix}`;
}

function fieldType(engineType: string): `${FieldType}` {
  return FIELD_TYPES[engineType] ?? 'string';
}

function fieldValue(value: string | null, type: `${FieldType}`): string | number | boolean | null {
  if (value === null) return null;
  if (type === 'time') return Date.parse(`${value.replace(' ', 'T')}${value.includes(' ') ? 'Z' : ''}`);
  if (type === 'number') return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

/** Grafana's own code in one piece: Jest cannot load the modules that it asks for. It asks the browser for its language. */
function loadGrafana(): typeof import('@grafana/data') {
  const used = 'toDataFrame, createTheme, applyFieldOverrides, getFieldDisplayValues, getValueFormat, dateMath, standardFieldConfigEditorRegistry';
  const { outputFiles: [bundle] } = buildSync({
    stdin: { contents: `export { ${used} } from '@grafana/data';`, resolveDir: process.cwd() },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'error',
    tsconfigRaw: '{}',
  });
  const module = { exports: {} as typeof import('@grafana/data') };
  const navigator = { language: 'en-US', languages: ['en-US'], userAgent: 'node', platform: 'node' };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own bundle, just built
  (new Function('module', 'exports', 'require', 'navigator', bundle.text) as (...parts: unknown[]) => void)(module, module.exports, require, navigator);
  // In Grafana its user interface says which settings fields have.
  module.exports.standardFieldConfigEditorRegistry.setInit(() => SETTINGS.map(id => ({
    id, path: id, name: id, editor: () => null, override: () => null, process: (value: unknown) => value, shouldApply: () => true,
  })));
  return module.exports;
}
