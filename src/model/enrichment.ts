import type { EnrichmentSpec } from '../spec/pipeline-spec';

/** Which row of the joined table belongs to a row, and what is taken from it. */
export interface JoinOptions {
  /**
   * Own column to key column of the joined table: exactly its key, all of it, so that at most one row joins.
   * The SQL: `LEFT JOIN customers d ON d.customer_id = s.customer_id`.
   */
  readonly on: { [column: string]: string };

  /**
   * New column to column of the joined table, its own or itself an enriched one.
   * The SQL: `d.region AS customer_region`.
   */
  readonly columns: { [column: string]: string };
}

/** Columns that a Silver table takes from another Silver table. */
export class Enrichment {
  /**
   * The joined table's current values. When its row changes, all rows that point at it are brought up to date in the same run; where
   * it has no such row, the new columns are NULL.
   *
   * @param silverTable name of the table joined to, in the same pipeline. Joins form no cycle.
   */
  public static join(silverTable: string, options: JoinOptions): Enrichment {
    return new Enrichment({ table: silverTable, on: { ...options.on }, columns: { ...options.columns } });
  }

  private constructor(private readonly spec: EnrichmentSpec) {}

  /** @internal */
  public _render(): EnrichmentSpec {
    return this.spec;
  }
}
