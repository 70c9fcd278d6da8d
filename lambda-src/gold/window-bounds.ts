import { DateTime } from 'luxon';
import type { GoldTableSpec, WindowSpec } from '../../src/spec/pipeline-spec';

/** The instants that a window names now; an end that is missing is open. */
export interface WindowBounds {
  readonly start?: Date;
  readonly end?: Date;
  /** The same as calendar days of the window's time zone, for DATE columns; the last day is not in the window. */
  readonly startDay?: string;
  readonly endDay?: string;
}

export function windowBounds(window: WindowSpec, now: Date): WindowBounds {
  return boundsBefore(window, now, 0);
}

/** The span of as many days (hours) that ends where the window begins. */
export function previousBounds(window: WindowSpec, now: Date): WindowBounds {
  return boundsBefore(window, now, 1);
}

function boundsBefore(window: WindowSpec, now: Date, periods: number): WindowBounds {
  if (window.kind === 'all-time') return {};
  const local = DateTime.fromJSDate(now, { zone: window.timeZone });
  const length = window.kind === 'today' ? 1 : window.count + 1;
  const last = 1 - periods * length;
  if (window.kind === 'last' && window.unit === 'hour') {
    const end = local.startOf('hour').plus({ hours: last });
    const start = end.minus({ hours: length });
    const endDay = dayAfter(end.minus({ milliseconds: 1 }), 1);
    return { start: start.toJSDate(), end: end.toJSDate(), startDay: start.toISODate()!, endDay };
  }
  const startDay = dayAfter(local, last - length);
  const endDay = dayAfter(local, last);
  return { start: startOfDay(startDay, window.timeZone), end: startOfDay(endDay, window.timeZone), startDay, endDay };
}

/** A calendar day, counted without hours: not every day has 24, and not every day begins at midnight. */
function dayAfter(time: DateTime, days: number): string {
  return DateTime.utc(time.year, time.month, time.day).plus({ days }).toISODate()!;
}

/** The first instant of a day: midnight may be skipped, and it may come twice. */
function startOfDay(day: string, timeZone: string): Date {
  const start = DateTime.fromISO(day, { zone: timeZone }).startOf('day');
  const before = start.minus({ hours: 1 });
  return (before.toISODate() === start.toISODate() ? before : start).toJSDate();
}

/** Every bound that a table's contents hang on, as text: when one moves, the table is due. */
export function boundsOf(gold: GoldTableSpec, now: Date): { readonly [name: string]: string } {
  if (gold.kind === 'metrics') {
    return Object.fromEntries(Object.entries(gold.metrics).map(([name, { window }]) => [name, textOf(windowBounds(window, now))]));
  }
  return gold.refresh.kind === 'delta' ? { refresh: textOf(windowBounds(gold.refresh.window, now)) } : {};
}

function textOf({ start, end }: WindowBounds): string {
  return `${start?.toISOString() ?? ''}/${end?.toISOString() ?? ''}`;
}
