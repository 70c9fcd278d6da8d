import type { DashboardJson } from '../../grafana/dashboard-json';
import { expandQuery, type Choices } from '../../local/grafana/expand-query';
import { allValuesOf } from '../../local/grafana/panel-statements';
import { rangeOf, timeOf, type TimeRange } from '../../local/grafana/time-range';
import type { DashboardPage, PanelPage, RangePage, VariablePage } from '../chart/page-data';
import type { PanelDefinition } from '../chart/panel-definition';
import type { GoldReader } from './gold-reader';

/** What a reader asks for. Times are Grafana's (`now-30d/d`) or ISO 8601; undefined stands for the dashboard's own. */
export interface PageRequest {
  readonly from?: string;
  readonly to?: string;
  readonly choices: Choices;
}

/** A dashboard in the making: where its answers come from, and what it is asked for. */
interface Asked {
  readonly reader: GoldReader;
  readonly dashboard: DashboardJson;
  readonly choices: Choices;
  readonly range: TimeRange;
  readonly now: Date;
}

/** Answers every query of a dashboard. A query that fails is its panel's matter. Throws TimeExpressionError. */
export async function dashboardPage(reader: GoldReader, dashboard: DashboardJson, request: PageRequest, now: Date): Promise<DashboardPage> {
  const range: TimeRange = { from: time(request.from ?? dashboard.time.from, now), to: time(request.to ?? dashboard.time.to, now) };
  const asked: Asked = { reader, dashboard, choices: request.choices, range, now };
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    ...(dashboard.description !== undefined && { description: dashboard.description }),
    now: now.getTime(),
    range: inMilliseconds(range),
    refreshSeconds: seconds(dashboard.refresh),
    usualFrom: dashboard.time.from,
    variables: await Promise.all(dashboard.templating.list.map(variable => variablePage(asked, variable))),
    panels: await Promise.all(dashboard.panels.map(panel => panelPage(asked, panel))),
  };
}

async function variablePage(
  { reader, dashboard, choices, range }: Asked, { name, label, query }: DashboardJson['templating']['list'][number],
): Promise<VariablePage> {
  const { rows } = await reader.frame(expandQuery(query.rawSQL, range, {}, allValuesOf(dashboard)));
  return { name, label, values: rows.map(([value]) => String(value)), chosen: Object.hasOwn(choices, name) ? choices[name] : [] };
}

async function panelPage({ reader, dashboard, choices, range, now }: Asked, panel: DashboardJson['panels'][number]): Promise<PanelPage> {
  const { targets = [], timeFrom, ...shown } = panel;
  const own = timeFrom === undefined ? range : rangeOf(dashboard.time, timeFrom, now);
  const about = { panel: shown as unknown as PanelDefinition, range: inMilliseconds(own) };
  if (targets.length === 0) return about;
  const [{ rawSQL }] = targets;
  const sql = expandQuery(rawSQL, own, choices, allValuesOf(dashboard));
  try {
    return { ...about, rawSql: rawSQL, sql, answer: { kind: 'frame', frame: await reader.frame(sql) } };
  } catch (error) {
    return { ...about, rawSql: rawSQL, sql, answer: { kind: 'error', message: error instanceof Error ? error.message : String(error) } };
  }
}

function time(expression: string, now: Date): Date {
  const instant = /^\d{4}-\d{2}-\d{2}/.test(expression) ? new Date(expression) : undefined;
  return instant && !Number.isNaN(instant.getTime()) ? instant : timeOf(expression, now);
}

function inMilliseconds({ from, to }: TimeRange): RangePage {
  return { from: from.getTime(), to: to.getTime() };
}

const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Grafana's intervals: `30s`, `5m`. */
function seconds(interval: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(interval) ?? [];
  return count === undefined ? 300 : Number(count) * UNITS[unit];
}
