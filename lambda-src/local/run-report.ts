import type { Row } from '../ports/query-engine';
import type { TableCheck } from './verify/table-check';
import type { WithoutValue } from './without-value';

/** What a local run did and found. */
export interface RunReport {
  readonly rounds: readonly RoundReport[];
  /** Rows of all Gold metrics tables: metric_name, metric_value. */
  readonly metrics: readonly Row[];
  readonly heldBack: readonly HeldBack[];
  /** Rows of Silver with a value that did not convert. */
  readonly conversionErrors: readonly { readonly table: string; readonly rows: number; readonly example: string }[];
  /** Rows of Silver that break a rule whose action is warn. */
  readonly warnings: readonly { readonly table: string; readonly rule: string; readonly rows: number }[];
  /** Rows of Silver that name a row of the joined table which is not there. */
  readonly unmatched: readonly { readonly table: string; readonly joined: string; readonly rows: number }[];
  /** Records that Bronze could not take. */
  readonly rejected: readonly { readonly table: string; readonly reason: string; readonly records: number }[];
  /** Columns and private attributes that no item has a value for, after all rounds. */
  readonly withoutValue: readonly WithoutValue[];
  readonly seconds: number;
}

export interface RoundReport {
  readonly title: string;
  readonly checks: readonly TableCheck[];
}

/** Items that have no Silver row, by the reason. */
export interface HeldBack {
  readonly table: string;
  /** `deleted`, `drop:rule` or `quarantine:rule`. */
  readonly reason: string;
  readonly items: number;
}

export function isEqual({ rounds }: RunReport): boolean {
  return rounds.every(isRoundEqual);
}

export function isRoundEqual({ checks }: RoundReport): boolean {
  return checks.every(({ verdict }) => verdict === 'equal');
}
