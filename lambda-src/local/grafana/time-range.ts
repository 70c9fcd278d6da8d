/** What a reader looks at. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** A time that is written as Grafana does not write it. */
export class TimeExpressionError extends Error {
  public readonly name = 'TimeExpressionError';
}

const EXPRESSION = /^now(?:-(\d+)([smhdwMy]))?(?:\/([smhdwMy]))?$/;

/** Grafana's relative times, counted in UTC: `now`, `now-6h`, `now-30d/d`, `now/M`. Throws TimeExpressionError. */
export function timeOf(expression: string, now: Date): Date {
  const match = EXPRESSION.exec(expression);
  if (!match) throw new TimeExpressionError(`'${expression}' is no relative time; write now, now-6h, now-30d/d or the like`);
  const [, count, unit, start] = match;
  const moved = unit === undefined ? now : minus(now, Number(count), unit);
  return start === undefined ? moved : startOf(moved, start);
}

/** A panel's own time (`timeFrom`) goes before the dashboard's. */
export function rangeOf(time: { readonly from: string; readonly to: string }, timeFrom: string | undefined, now: Date): TimeRange {
  return { from: timeOf(timeFrom ?? time.from, now), to: timeOf(timeFrom === undefined ? time.to : 'now', now) };
}

const SPANS: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function minus(time: Date, count: number, unit: string): Date {
  if (unit in SPANS) return new Date(time.getTime() - count * SPANS[unit]);
  const months = unit === 'M' ? count : 12 * count;
  const moved = new Date(time);
  moved.setUTCMonth(time.getUTCMonth() - months);
  // The 31st of a month that has none is its last day.
  if (moved.getUTCDate() !== time.getUTCDate()) moved.setUTCDate(0);
  return moved;
}

function startOf(time: Date, unit: string): Date {
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  switch (unit) {
    case 'y': return new Date(Date.UTC(year, 0));
    case 'M': return new Date(Date.UTC(year, month));
    // On Sunday, as in Grafana unless a browser says otherwise.
    case 'w': return new Date(Date.UTC(year, month, day - time.getUTCDay()));
    default: return new Date(Math.floor(time.getTime() / SPANS[unit]) * SPANS[unit]);
  }
}
