import { counted } from '../../src/expression/counted';
import type { PanelSpec } from '../../src/spec/dashboard-spec';
import type { GoldTableSpec, MeasureSpec, RefreshSpec, WindowSpec } from '../../src/spec/pipeline-spec';

/** What a picture says of the parts of a pipeline, in words. */

/** The first details, and how many more there are; so many lines at most. */
export function shownDetails(details: readonly string[], most: number): readonly string[] {
  return details.length > most ? [...details.slice(0, most - 1), `… and ${details.length - most + 1} more`] : details;
}

export function scheduleText(expression: string): string {
  const [, count, unit] = /^rate\((\d+) (\w+?)s?\)$/.exec(expression) ?? [];
  if (count === undefined) return expression;
  return count === '1' ? `every ${unit}` : `every ${count} ${unit}s`;
}

export function windowText(window: WindowSpec): string {
  switch (window.kind) {
    case 'today': return 'today';
    case 'last': return `last ${counted(window.count, window.unit)}`;
    case 'all-time': return 'all time';
  }
}

/** `sum(total_amount) where status = 'PAID'`. */
export function figureText({ aggregate, column = '*', where }: Pick<MeasureSpec, 'aggregate' | 'column' | 'where'>): string {
  const call = aggregate === 'count-distinct' ? `count(distinct ${column})` : `${aggregate}(${column})`;
  return where ? `${call} where ${where.text}` : call;
}

export function refreshText(kind: GoldTableSpec['kind'], refresh: RefreshSpec): string {
  switch (refresh.kind) {
    case 'full': return 'computed anew as a whole';
    case 'delta': return `computed anew for the ${windowText(refresh.window)} of ${refresh.column}`;
    case 'changed': return kind === 'metrics' ? 'computed anew when rows change or a window moves' : 'computed anew where rows have changed';
  }
}

/** What a panel shows of its table. */
export function panelText(panel: PanelSpec): string {
  switch (panel.kind) {
    case 'pie': case 'total': return `${panel.value.column}${panel.kind === 'pie' ? ` by ${panel.by}` : ''}`;
    case 'bar': case 'bar-gauge': return `${columnsOf(panel.values)} by ${panel.by}`;
    case 'time-series': return `${columnsOf(panel.values)} by ${panel.timeColumn}${panel.by === undefined ? '' : ` and ${panel.by}`}`;
    case 'stat': return panel.metrics.join(', ');
    case 'gauge': return panel.metric;
    case 'table': return panel.columns.join(', ');
  }
}

function columnsOf(values: readonly { readonly column: string }[]): string {
  return values.map(({ column }) => column).join(', ');
}
