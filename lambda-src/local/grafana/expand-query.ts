import type { TimeRange } from './time-range';

/** What a reader has chosen: variable to values. A variable that is missing stands for all of its values. */
export interface Choices {
  readonly [variable: string]: readonly string[];
}

/** Values that stand for a variable of which all values are chosen, by its name. */
export interface AllValues {
  readonly [variable: string]: string;
}

/** A variable that the dashboard has not, or a format that dashboards of this library do not use. */
export class UnknownMacroError extends Error {
  public readonly name = 'UnknownMacroError';
}

/** A dashboard's SQL as it reaches the engine: variables put in as Grafana does, then macros as its Athena plugin does. */
export function expandQuery(sql: string, range: TimeRange, choices: Choices, allValues: AllValues): string {
  return expandMacros(interpolate(sql, choices, allValues), range);
}

/** Grafana's format `sqlstring`; the value for all is put in as it is. */
function interpolate(sql: string, choices: Choices, allValues: AllValues): string {
  return sql.replace(/\$\{(\w+):sqlstring\}/g, (_, variable: string) => {
    const chosen = Object.hasOwn(choices, variable) ? choices[variable] : undefined;
    if (chosen) return chosen.map(value => `'${value.replaceAll("'", "''")}'`).join(',');
    if (Object.hasOwn(allValues, variable)) return allValues[variable];
    throw new UnknownMacroError(`the dashboard has no variable ${variable}`);
  });
}

/** The plugin's macros; its times have whole seconds. @see https://grafana.com/docs/plugins/grafana-athena-datasource/latest/query-editor/ */
function expandMacros(sql: string, { from, to }: TimeRange): string {
  return sql.replace(/\$__(\w+)\(((?:[^()']|'[^']*')*)\)/g, (whole, macro: string, argument: string) => {
    switch (macro) {
      case 'dateFilter': return `${argument} BETWEEN date '${day(from)}' AND date '${day(to)}'`;
      case 'timeFilter': return `${argument} BETWEEN TIMESTAMP '${second(from)}' AND TIMESTAMP '${second(to)}'`;
      case 'timeFrom': return `TIMESTAMP '${second(from)}'`;
      case 'timeTo': return `TIMESTAMP '${second(to)}'`;
      case 'rawTimeFrom': return formatted(argument, from);
      case 'rawTimeTo': return formatted(argument, to);
      default: return whole;
    }
  });
}

/** Formats that dashboards of this library use; a quote stays a quote, as the plugin leaves it. */
const FORMATS: { readonly [format: string]: (time: Date) => string } = {
  "'yyyy-MM-dd'": time => `'${day(time)}'`,
  "'yyyy-MM-dd HH:00:00'": time => `'${second(time).slice(0, 13)}:00:00'`,
  "'yyyy-MM-dd HH:mm:00'": time => `'${second(time).slice(0, 16)}:00'`,
};

function formatted(format: string, time: Date): string {
  if (!Object.hasOwn(FORMATS, format)) throw new UnknownMacroError(`times are written as ${Object.keys(FORMATS).join(', ')}, not as ${format}`);
  return FORMATS[format](time);
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function second(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
