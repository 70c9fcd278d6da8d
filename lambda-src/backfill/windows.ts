import { RECOVERABLE_DAYS } from '../../src/spec/export-reach';
import { BackfillRefusedError } from './errors';

export interface Window {
  readonly from: Date;
  readonly to: Date;
}

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

/** What DynamoDB takes as the window of an incremental export. */
export const SHORTEST_WINDOW = 15 * MINUTE;
export const LONGEST_WINDOW = DAY;

const LONGEST_SPAN = RECOVERABLE_DAYS * DAY;

/**
 * Cuts a span of time into windows that DynamoDB exports, of equal length. A span that is too short is begun earlier: what it then
 * exports beyond is in Silver already. Throws BackfillRefusedError.
 */
export function windowsOf({ from, to }: Window, now: Date): Window[] {
  const [start, end] = [from.getTime(), Math.min(to.getTime(), now.getTime())];
  if (Number.isNaN(start) || Number.isNaN(to.getTime())) throw new BackfillRefusedError('from and to must be times such as 2026-01-31T09:00:00Z');
  if (start >= end) throw new BackfillRefusedError(`the window from ${from.toISOString()} to ${to.toISOString()} is empty: let it end after its start, and start in the past`);
  if (end - start > LONGEST_SPAN) throw new BackfillRefusedError(`the window is longer than the ${RECOVERABLE_DAYS} days that point-in-time recovery goes back: repair the table in full`);
  const earliest = Math.min(start, end - SHORTEST_WINDOW);
  const count = Math.ceil((end - earliest) / LONGEST_WINDOW);
  const bound = (index: number): Date => new Date(wholeSecond(earliest + (end - earliest) * index / count));
  return Array.from({ length: count }, (_, index) => ({ from: bound(index), to: bound(index + 1) }));
}

/** DynamoDB's own granularity. */
function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
