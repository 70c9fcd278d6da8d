/** What one Maintenance invocation did. */
export interface MaintenanceReport {
  /** By table, `silver.orders` (its bookkeeping tables and its files are with it) or `gold.sales`. */
  readonly tables: { readonly [table: string]: MaintainedTable };
}

export interface MaintainedTable {
  /** `parked`: time ran out, the next invocation goes on; `idle`: no statement was due. */
  readonly state: 'maintained' | 'idle' | 'failed' | 'parked';
  /** OPTIMIZE, VACUUM and DELETE statements, each round counted. */
  readonly statements: number;
  /** Bytes that statements and queries read. A round that says that more are needed does not tell its own. */
  readonly bytesScanned: number;
  /** Entries of the absent table that came of age. */
  readonly absentEntriesPruned: number;
  readonly ledgerRowsPruned: number;
  readonly manifestsPruned: number;
  /** Former entries of the tables in the catalog. */
  readonly tableVersionsPruned: number;
  /** Bronze files that no run had taken; the next Silver run does. */
  readonly healedFiles: readonly string[];
  readonly error?: string;
}

export const NOTHING_DONE: MaintainedTable = {
  state: 'idle',
  statements: 0,
  bytesScanned: 0,
  absentEntriesPruned: 0,
  ledgerRowsPruned: 0,
  manifestsPruned: 0,
  tableVersionsPruned: 0,
  healedFiles: [],
};
