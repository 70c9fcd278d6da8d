import type { GoldTableDeclaration } from '../spec/pipeline-declaration';
import { mapValues } from '../spec/silver-columns';
import type { KeyMetric } from './key-metric';
import type { Measure } from './measure';
import { Refresh } from './refresh';

/** What all Gold tables have in common. */
export interface GoldTableOptions {
  /**
   * An SQL predicate over the columns of the Silver table, own and enriched. The SQL: `WHERE customer_region IS NOT NULL`.
   *
   * @default - all rows
   */
  readonly where?: string;

  /**
   * Which rows a refresh computes anew.
   *
   * @default Refresh.changed()
   */
  readonly refresh?: Refresh;
}

/** A table with one row for each group of Silver rows. */
export interface GoldAggregateOptions extends GoldTableOptions {
  /** The Silver table aggregated. */
  readonly silverTable: string;

  /**
   * Column to SQL expression over the Silver columns; NULL is a group like any other.
   * The SQL: `GROUP BY CAST(order_date AS date), customer_region`.
   */
  readonly groupBy: { [column: string]: string };

  /** Column to figure. The SQL: `SUM(total_amount) AS total_revenue`. */
  readonly measures: { [column: string]: Measure };
}

/** A table with one row for each Silver row. */
export interface GoldSnapshotOptions extends GoldTableOptions {
  /** The Silver table shown. */
  readonly silverTable: string;

  /**
   * Column to SQL expression over the Silver columns. The Silver table's key columns must be among them, as they are.
   * The SQL: `CASE WHEN stock_level < 10 THEN 'Critical' ELSE 'Good' END AS stock_status`.
   */
  readonly columns: { [column: string]: string };
}

/** A table with one row for each metric: `metric_name`, `metric_value`, `window_start`, `window_end`. */
export interface GoldMetricsOptions extends GoldTableOptions {
  /** The Silver table measured. */
  readonly silverTable: string;

  /** The date or timestamp column that windows cut on. */
  readonly timeColumn: string;

  /** Metric name to metric. `metric_value` is a decimal where all metrics of the table are exact, else a double. */
  readonly metrics: { [name: string]: KeyMetric };
}

/**
 * A table made from one Silver table and kept equal to a full recompute of it. An Iceberg table in the Gold database. Every row
 * carries `computed_at`, the time at which its values were last computed to something new.
 */
export class GoldTable {
  /** Groups and figures: one row for each group. */
  public static aggregate(options: GoldAggregateOptions): GoldTable {
    return new GoldTable({
      kind: 'aggregate',
      ...common(options),
      silverTable: options.silverTable,
      groupBy: { ...options.groupBy },
      measures: mapValues(options.measures, measure => measure._render()),
    });
  }

  /** The Silver rows as readers want them: renamed, computed, filtered. */
  public static snapshot(options: GoldSnapshotOptions): GoldTable {
    return new GoldTable({ kind: 'snapshot', ...common(options), silverTable: options.silverTable, columns: { ...options.columns } });
  }

  /** Key figures over windows of time: one row for each metric. */
  public static metrics(options: GoldMetricsOptions): GoldTable {
    return new GoldTable({
      kind: 'metrics',
      ...common(options),
      silverTable: options.silverTable,
      timeColumn: options.timeColumn,
      metrics: mapValues(options.metrics, metric => metric._render()),
    });
  }

  private constructor(private readonly declaration: GoldTableDeclaration) {}

  /** @internal */
  public _render(): GoldTableDeclaration {
    return this.declaration;
  }
}

function common(options: GoldTableOptions): Pick<GoldTableDeclaration, 'where' | 'refresh'> {
  return { ...(options.where !== undefined && { where: options.where }), refresh: (options.refresh ?? Refresh.changed())._render() };
}
