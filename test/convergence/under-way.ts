import { GoldFailedError } from '../../lambda-src/gold/errors';
import { SilverFailedError } from '../../lambda-src/silver/errors';

/** What a function is at when a deploy takes its place: it goes on at its n-th call, or its n-th statement ends some time later. */
export interface UnderWay {
  readonly stage: 'silver' | 'gold' | 'rebuild';
  readonly how: 'goes on' | 'is cut off';
  readonly at: number;
  readonly chunkFiles: number;
}

/** Whose code runs: that of the last deploy, or of the one before. */
export type By = 'new' | 'old';

/** A chunk has about so many statements. */
export const LONGEST_CHUNK = 6;
/** How a table of Gold may end whose deploy is over: Silver has other columns by now. */
export const OVERTAKEN = ['QueryFailedError'];

/** Whether nothing worse has happened than that a statement's outcome is open, or one of these errors. */
export function isBlocked(error: unknown, others: readonly string[]): boolean {
  if (!(error instanceof SilverFailedError || error instanceof GoldFailedError)) return false;
  const failed = Object.values(error.report.tables).filter(({ state }) => state === 'failed');
  return failed.every(table => ['OutcomeOpenError', ...others].some(name => table.error?.startsWith(name)));
}
