import { unknownName } from '../checks/lookup';
import type { Problem } from '../checks/problem';
import { typeWithArticle } from '../expression/sql-type';
import { isTime } from '../expression/type-rules';
import type { TimedDeclaration } from '../spec/dashboard-declaration';
import type { PanelTimeSpec } from '../spec/dashboard-spec';
import type { WindowDeclaration } from '../spec/pipeline-declaration';
import { wholeUnits, windowSpec } from '../spec/window-spec';
import type { Resolved } from './figure';
import type { GoldFacts } from './gold-facts';

/** Gold's days are UTC days, so a dashboard counts in no other zone. */
export const DASHBOARD_TIME_ZONE = 'Etc/UTC';
const UTC = /^(Etc\/)?(UTC|GMT|UCT|Universal|Zulu|Greenwich)$/;

/** The time that a panel's rows are chosen by; undefined where it shows all. */
export function resolveTime(path: string, facts: GoldFacts, { timeColumn, window }: TimedDeclaration): Resolved<PanelTimeSpec | undefined> {
  const problems: Problem[] = [];
  const column = timeColumn ?? (facts.times.length === 1 ? facts.times[0] : undefined);
  if (column === undefined && facts.times.length > 1) {
    problems.push({ path, what: `the table groups by several times (${facts.times.join(', ')})`, fix: `name the one that counts: timeColumn: '${facts.times[0]}'` });
  } else if (column === undefined && window && window.kind !== 'all-time') {
    problems.push({ path: `${path}.window`, what: 'a window without a time column', fix: 'name a date or timestamp column: timeColumn' });
  }
  if (column !== undefined) problems.push(...timeColumnProblems(`${path}.timeColumn`, facts, column));
  if (window) problems.push(...windowProblems(`${path}.window`, window));
  const type = column === undefined ? undefined : facts.columns[column];
  if (window?.kind === 'last' && type?.kind === 'date' && wholeUnits(window.duration)?.unit === 'hour') {
    problems.push({ path: `${path}.window`, what: `a window of hours over '${column}', a date`, fix: 'use Duration.days(n)' });
  }
  if (problems.length > 0) return { problems };
  if (column === undefined || !type || !isTime(type) || window?.kind === 'all-time') return { value: undefined };
  return {
    value: { column, type: type.kind === 'date' ? 'date' : 'timestamp', ...(window && countable(window) && { window: windowSpec(window, DASHBOARD_TIME_ZONE) }) },
  };
}

/** A window that moves with a clock of its own has no place on a dashboard. */
export function windowProblems(path: string, window: WindowDeclaration): Problem[] {
  if (window.kind === 'all-time' || window.timeZone === undefined || UTC.test(window.timeZone)) return [];
  return [{ path, what: 'a window of another time zone', value: window.timeZone, fix: 'leave the time zone out: Gold holds UTC days, and dashboards count in UTC' }];
}

function timeColumnProblems(path: string, facts: GoldFacts, column: string): Problem[] {
  if (!Object.hasOwn(facts.columns, column)) return [unknownName(path, 'column', column, Object.keys(facts.columns))];
  const type = facts.columns[column];
  return !type || isTime(type) ? [] : [{ path, what: typeWithArticle(type), value: column, fix: 'use a date or timestamp column' }];
}

/** Another check reports the others. */
function countable(window: WindowDeclaration): boolean {
  return window.kind !== 'last' || wholeUnits(window.duration) !== undefined;
}
