import type { Problem } from '../checks/problem';
import type { GoldTableDeclaration } from '../spec/pipeline-declaration';
import { mapValues } from '../spec/silver-columns';
import { KeyMetric } from './key-metric';
import { Measure } from './measure';
import { Refresh } from './refresh';
import { made, mapOf, optional, struct, text } from './shape';

/** What all Gold tables have in common. */
export interface GoldTableOptions {
  /**
   * An SQL predicate over the columns of the Silver table, own and enriched. The SQL: `WHERE customer_region IS NOT NULL`. One that
   * cannot be evaluated for a row stops the refresh: use `TRY_CAST` and `nullif`.
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
   * Column to SQL expression over the Silver columns; NULL is a group like any other. Days are UTC days: the time zone of a pipeline or
   * a window moves windows only.
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

/**
 * A table with one row for each metric: `metric_name`, `metric_value`, `window_start`, `window_end`; and `previous_value` where a metric of
 * the table asks for the period before.
 */
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
 *
 * An expression that cannot be evaluated for a row, such as a CAST of text that is no number or a division by zero, stops the table's
 * refresh: write `TRY_CAST(text AS integer)` and `a / nullif(b, 0)`.
 */
export class GoldTable {
  /** Groups and figures: one row for each group. Groups by day, `CAST(order_date AS date)`, are of UTC days, whatever the time zone. */
  public static aggregate(options: GoldAggregateOptions): GoldTable {
    return new GoldTable({ kind: 'aggregate', options });
  }

  /** The Silver rows as readers want them: renamed, computed, filtered. */
  public static snapshot(options: GoldSnapshotOptions): GoldTable {
    return new GoldTable({ kind: 'snapshot', options });
  }

  /** Key figures over windows of time: one row for each metric. */
  public static metrics(options: GoldMetricsOptions): GoldTable {
    return new GoldTable({ kind: 'metrics', options });
  }

  private constructor(private readonly given: Given) {}

  /** @internal */
  public _render(): GoldTableDeclaration {
    const { kind, options } = this.given;
    switch (kind) {
      case 'aggregate': return {
        kind, ...common(options), groupBy: { ...options.groupBy }, measures: mapValues(options.measures, measure => measure._render()),
      };
      case 'snapshot': return { kind, ...common(options), columns: { ...options.columns } };
      case 'metrics': return {
        kind, ...common(options), timeColumn: options.timeColumn, metrics: mapValues(options.metrics, metric => metric._render()),
      };
    }
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return OPTIONS[this.given.kind](path, this.given.options);
  }
}

type Given =
  | { readonly kind: 'aggregate'; readonly options: GoldAggregateOptions }
  | { readonly kind: 'snapshot'; readonly options: GoldSnapshotOptions }
  | { readonly kind: 'metrics'; readonly options: GoldMetricsOptions };

const COMMON = {
  silverTable: text('the Silver table', "silverTable: 'orders'"),
  where: optional(text('the predicate', "where: \"status = 'PAID'\"")),
  refresh: optional(made(() => Refresh, 'Refresh.changed()')),
};
const GROUP_BY = "groupBy: { order_date: 'CAST(order_date AS date)' }";
const COLUMNS = "columns: { order_id: 'order_id' }";

const OPTIONS = {
  aggregate: struct<GoldAggregateOptions>({
    ...COMMON,
    groupBy: mapOf(text('an expression', GROUP_BY), GROUP_BY),
    measures: mapOf(made(() => Measure, 'Measure.count()'), 'measures: { order_count: Measure.count() }'),
  }, "GoldTable.aggregate({ silverTable: 'orders', groupBy, measures })"),
  snapshot: struct<GoldSnapshotOptions>({
    ...COMMON, columns: mapOf(text('an expression', COLUMNS), COLUMNS),
  }, "GoldTable.snapshot({ silverTable: 'orders', columns })"),
  metrics: struct<GoldMetricsOptions>({
    ...COMMON,
    timeColumn: text('the time column', "timeColumn: 'order_date'"),
    metrics: mapOf(made(() => KeyMetric, 'KeyMetric.count(Window.today())'), 'metrics: { orders_today: KeyMetric.count(Window.today()) }'),
  }, "GoldTable.metrics({ silverTable: 'orders', timeColumn, metrics })"),
};

function common({ silverTable, where, refresh }: GoldTableOptions & { readonly silverTable: string }): Pick<
  GoldTableDeclaration, 'silverTable' | 'where' | 'refresh'
> {
  return { silverTable, ...(where !== undefined && where !== null && { where }), refresh: (refresh ?? Refresh.changed())._render() };
}
