import type { Problem } from '../checks/problem';
import type { EnrichmentSpec } from '../spec/pipeline-spec';
import { mapOf, struct, text } from './shape';

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
   * @param options which row joins, and what is taken from it.
   */
  public static join(silverTable: string, options: JoinOptions): Enrichment {
    return new Enrichment(silverTable, options);
  }

  private constructor(private readonly silverTable: string, private readonly options: JoinOptions) {}

  /** @internal */
  public _render(): EnrichmentSpec {
    const { on, columns } = this.options;
    return { table: this.silverTable, on: { ...on }, columns: { ...columns } };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...TABLE(path, this.silverTable), ...OPTIONS(path, this.options)];
  }
}

const USAGE = "Enrichment.join('customers', { on: { customer_id: 'customer_id' }, columns: { region: 'region' } })";
const TABLE = text('the Silver table', USAGE);
const COLUMN_NAMES = mapOf(text('a column', USAGE), USAGE);
const OPTIONS = struct<JoinOptions>({ on: COLUMN_NAMES, columns: COLUMN_NAMES }, USAGE);
