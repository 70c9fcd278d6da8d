import type { ColumnStyle } from './column-style';
import type { PanelAggregate } from './panel-aggregate';
import type { PanelDrawing, PanelOrder, TotalBeside } from './panel-drawing';
import type { PanelThreshold } from './panel-threshold';
import type { PanelUnit } from './panel-unit';
import type { Window } from './window';

/** What all panels have in common. */
export interface PanelOptions {
  /** The Gold table that the panel reads. */
  readonly goldTable: string;

  /**
   * What the panel means, in a sentence; shown beside its title. Markdown.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What the panel's numbers count.
   *
   * @default - plain numbers
   */
  readonly unit?: PanelUnit;

  /**
   * Digits after the point.
   *
   * @default - as many as fit
   */
  readonly decimals?: number;

  /**
   * Colours from a value upwards.
   *
   * @default - Grafana's palette, with no meaning
   */
  readonly thresholds?: PanelThreshold[];

  /**
   * How single columns look: column (or metric) to style.
   *
   * @default - as the panel says
   */
  readonly styles?: { [column: string]: ColumnStyle };

  /**
   * Links in the panel's menu: text to address. Only http and https, or a path.
   *
   * @default - none
   */
  readonly links?: { [label: string]: string };

  /**
   * Columns of the grid that the panel takes, of 24. Panels stand in reading order, and a row of panels without a width fills the grid.
   *
   * @default - as much as its kind needs, and the rest of the row
   */
  readonly width?: number;

  /**
   * Rows of the grid that the panel takes, 30 pixels each.
   *
   * @default - as its kind needs
   */
  readonly height?: number;
}

/** What panels have that show the rows of a time. */
export interface TimedPanelOptions extends PanelOptions {
  /**
   * Date or timestamp column that the time range cuts on. The SQL: `WHERE order_date BETWEEN date '2026-01-01' AND date '2026-01-31'`.
   *
   * @default - the only date or timestamp column that an aggregate groups by; else the panel shows all rows, whatever the time range
   */
  readonly timeColumn?: string;

  /**
   * Time that the panel shows, counted in UTC. Grafana leaves it aside while a reader looks at a range of fixed dates.
   *
   * @default - the dashboard's time range
   */
  readonly window?: Window;
}

/** Shares of a whole. */
export interface PiePanelOptions extends TimedPanelOptions {
  /** Number column that gives a slice its size; its values must add up. The SQL: `SUM(total_revenue)`. */
  readonly value: string;

  /** Column that names the slices. The SQL: `GROUP BY region`. */
  readonly by: string;

  /**
   * Slices with a name of their own, the greatest; what is left is one more, "Others".
   *
   * @default 8
   */
  readonly slices?: number;
}

/** Bars side by side. */
export interface BarPanelOptions extends TimedPanelOptions {
  /** Number columns, a bar each. The SQL: `SUM(order_count)` for each value of `by`. */
  readonly values: string[];

  /** Column that names the bars. The SQL: `GROUP BY category`. */
  readonly by: string;

  /**
   * How several rows become one bar.
   *
   * @default - as their measure: sums for counts and sums, the least of minima, the greatest of maxima
   */
  readonly aggregate?: PanelAggregate;

  /**
   * Bars at most: the latest where `by` is a time, else the greatest of the first value.
   *
   * @default 20
   */
  readonly limit?: number;
}

/** Horizontal bars against a scale. */
export interface BarGaugePanelOptions extends TimedPanelOptions {
  /** Number column that gives a bar its length. */
  readonly value: string;

  /** Column that names the bars. */
  readonly by: string;

  /**
   * How several rows become one bar.
   *
   * @default - as their measure: sums for counts and sums, the least of minima, the greatest of maxima
   */
  readonly aggregate?: PanelAggregate;

  /**
   * Bars at most, the greatest first.
   *
   * @default 10
   */
  readonly limit?: number;
}

/** Figures over time. */
export interface TimeSeriesPanelOptions extends PanelOptions {
  /** Date or timestamp column: the horizontal axis. The SQL: `GROUP BY order_date ORDER BY order_date`. */
  readonly timeColumn: string;

  /**
   * Number columns, a line each. The SQL: `SUM(order_count)` for each time. Counts and sums are 0 on days (hours) without rows where the
   * table groups by whole days, `CAST(order_date AS date)`, or hours, `date_trunc('hour', order_date)`.
   */
  readonly values: string[];

  /**
   * Column whose every value gets lines of its own. The SQL: `GROUP BY order_date, region`.
   *
   * @default - one line for each of `values`
   */
  readonly by?: string;

  /**
   * How several rows of one time become one point.
   *
   * @default - as their measure: sums for counts and sums, the least of minima, the greatest of maxima
   */
  readonly aggregate?: PanelAggregate;

  /**
   * How it is drawn.
   *
   * @default PanelDrawing.LINES
   */
  readonly drawing?: PanelDrawing;

  /**
   * Time that the panel shows, counted in UTC. Grafana leaves it aside while a reader looks at a range of fixed dates.
   *
   * @default - the dashboard's time range
   */
  readonly window?: Window;
}

/** One figure of a whole period. */
export interface TotalPanelOptions extends TimedPanelOptions {
  /** Number column. The SQL: `SUM(total_revenue)` over the period. */
  readonly value: string;

  /**
   * How the period's rows become one figure.
   *
   * @default - as their measure: the sum of counts and sums, the least of minima, the greatest of maxima
   */
  readonly aggregate?: PanelAggregate;

  /**
   * What stands beside the figure.
   *
   * @default TotalBeside.PREVIOUS_PERIOD
   */
  readonly beside?: TotalBeside;
}

/** One metric; with its change, if the metric is known of the period before (`withPreviousPeriod`). */
export interface StatPanelOptions extends PanelOptions {
  /** Name of a metric of a Gold metrics table. The SQL: `WHERE metric_name = 'orders_today'`. */
  readonly metric: string;
}

/** Metrics side by side; with their changes, if all of them are known of the period before (`withPreviousPeriod`). */
export interface KeyMetricsPanelOptions extends PanelOptions {
  /**
   * Names of metrics of a Gold metrics table, from left to right.
   *
   * @default - all of the table, by name
   */
  readonly metrics?: string[];
}

/** One metric on a dial. */
export interface GaugePanelOptions extends PanelOptions {
  /** Name of a metric of a Gold metrics table. */
  readonly metric: string;

  /** Value at the dial's end. */
  readonly maximum: number;

  /**
   * Value at the dial's beginning.
   *
   * @default 0
   */
  readonly minimum?: number;
}

/** Rows as they are. */
export interface TablePanelOptions extends TimedPanelOptions {
  /** Columns from left to right. */
  readonly columns: string[];

  /**
   * Column to sort by. The SQL: `ORDER BY total_revenue DESC`.
   *
   * @default - the first column, least first
   */
  readonly sortBy?: string;

  /**
   * Direction of the sorting.
   *
   * @default PanelOrder.DESCENDING
   */
  readonly order?: PanelOrder;

  /**
   * Rows at most.
   *
   * @default 100
   */
  readonly limit?: number;
}
