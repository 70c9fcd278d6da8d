import type { WindowSpec } from '../../../src/spec/pipeline-spec';
import { text } from '../quote';

/** A window's bounds as SQL timestamps in UTC, and as days of its zone, the last of them outside; computed by the engine. */
export interface WindowSql {
  readonly start: string;
  readonly end: string;
  readonly startDay: string;
  readonly endDay: string;
}

/** @param back how many windows of that length before the present one. */
export function windowSql(window: Exclude<WindowSpec, { kind: 'all-time' }>, now: Date, back = 0): WindowSql {
  const zone = text(window.timeZone);
  const local = `timezone(${zone}, TIMESTAMPTZ ${text(now.toISOString())})`;
  const utc = (wallClock: string): string => `CAST(timezone(${zone}, ${wallClock}) AS TIMESTAMP)`;
  if (window.kind === 'last' && window.unit === 'hour') {
    const present = utc(`date_trunc('hour', ${local})`);
    const hours = back * (window.count + 1);
    const bounds = { start: `(${present} - INTERVAL ${window.count + hours} HOUR)`, end: `(${present} + INTERVAL (${1 - hours}) HOUR)` };
    const day = (instant: string): string => `CAST(timezone(${zone}, timezone('UTC', ${instant})) AS DATE)`;
    return { ...bounds, startDay: day(bounds.start), endDay: `${day(`${bounds.end} - INTERVAL 1 MILLISECOND`)} + 1` };
  }
  const days = window.kind === 'last' ? window.count : 0;
  const before = back * (days + 1);
  const start = `(date_trunc('day', ${local}) - INTERVAL ${days + before} DAY)`;
  const end = `(date_trunc('day', ${local}) + INTERVAL (${1 - before}) DAY)`;
  return { start: utc(start), end: utc(end), startDay: `CAST(${start} AS DATE)`, endDay: `CAST(${end} AS DATE)` };
}
