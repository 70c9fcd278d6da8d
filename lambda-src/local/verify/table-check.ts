import type { Row } from '../../ports/query-engine';

/** A table held against what it must hold. */
export interface TableCheck {
  readonly layer: 'bronze' | 'silver' | 'gold';
  readonly table: string;
  /** Rows that were compared. */
  readonly rows: number;
  readonly expected: number;
  readonly verdict: 'equal' | 'different';
  /** Rows of a table that promises a window only, beyond that window: they may be anything. */
  readonly beyondWindow?: number;
  /** The first few. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  /** `missing`: the table should have the row; `unexpected`: it should not. */
  readonly kind: 'missing' | 'unexpected';
  readonly row: Row;
}

/** How many differing rows a check shows. */
export const SHOWN_DIFFERENCES = 5;
