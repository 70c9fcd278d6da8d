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
  if (window.kind === 'all-time') return {};
  const unit = window.kind === 'today' ? 'day' : window.unit;
  const count = window.kind === 'today' ? 0 : window.count;
  const current = DateTime.fromJSDate(now, { zone: window.timeZone }).startOf(unit);
  const start = current.minus({ [unit]: count });
  const end = current.plus({ [unit]: 1 });
  // A day that has begun when the window ends is in the window.
  const endDay = end.minus({ millisecond: 1 }).plus({ day: 1 });
  return { start: start.toJSDate(), end: end.toJSDate(), startDay: start.toISODate()!, endDay: endDay.toISODate()! };
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
