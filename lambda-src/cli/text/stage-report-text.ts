import { plainTable } from './plain-table';

/** What a stage answers when it has run: a state and counts for each table, or why it did not. */
export interface StageAnswer {
  readonly busy?: string;
  readonly report?: { readonly tables?: { readonly [table: string]: { readonly state?: string; readonly [figure: string]: unknown } } };
}

export function stageReportText(answer: unknown): string {
  const { busy, report } = (answer ?? {}) as StageAnswer;
  if (busy !== undefined) return `nothing was done: ${busy}`;
  const tables = Object.entries(report?.tables ?? {});
  if (tables.length === 0) return 'no tables';
  return plainTable(['table', 'state', 'figures'], tables.map(([table, { state, ...figures }]) => [table, state ?? '', figuresText(figures)]));
}

function figuresText(figures: { readonly [figure: string]: unknown }): string {
  return Object.entries(figures).flatMap(([name, value]) => textOf(name, value)).join(', ');
}

function textOf(name: string, value: unknown): string[] {
  if (typeof value === 'number') return value === 0 ? [] : [`${name} ${value.toLocaleString('en-US')}`];
  if (typeof value === 'string') return [`${name} ${value}`];
  if (Array.isArray(value)) return value.length === 0 ? [] : [`${name} ${value.length.toLocaleString('en-US')}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, figure]) => textOf(inner, figure));
}
