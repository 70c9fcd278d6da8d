/**
 * What a backfill is to do for one Silver table. Its id names it for ever: asked for again, it goes on from where it is, and once
 * done it stays done.
 */
export interface BackfillRequest {
  /** 1 to 200 letters, digits, `-` and `_`. */
  readonly id: string;
  /** The Silver table. */
  readonly table: string;
  /**
   * `full`: all items; `repair`: all items, and rows that are older than the export and not in it leave the table; `window`: what
   * changed between two times.
   */
  readonly kind: 'full' | 'repair' | 'window';
  /** ISO; of a `window` only, which goes as far back as the table can be exported if undefined. */
  readonly from?: string;
  /** ISO; of a `window` only. */
  readonly to?: string;
}
