import type { PanelDeclaration } from '../spec/pipeline-declaration';
import type { Window } from './window';

/** What all panels have in common. */
export interface PanelOptions {
  /** The Gold table that the panel reads. */
  readonly goldTable: string;

  /**
   * Time that the panel shows.
   *
   * @default - the dashboard's time range
   */
  readonly window?: Window;
}

/** Shares of a whole. */
export interface PiePanelOptions extends PanelOptions {
  /** Number column that gives a slice its size. The SQL: `SUM(total_revenue)`. */
  readonly value: string;

  /** Column that names the slices. The SQL: `GROUP BY region`. */
  readonly by: string;
}

/** Lines over time. */
export interface TimeSeriesPanelOptions extends PanelOptions {
  /** Date or timestamp column: the horizontal axis. The SQL: `ORDER BY order_date`. */
  readonly timeColumn: string;

  /** Number columns, a line each. The SQL: `SUM(order_count)` for each time. */
  readonly values: string[];
}

/** One figure. */
export interface StatPanelOptions extends PanelOptions {
  /** Name of a metric of a Gold metrics table. The SQL: `WHERE metric_name = 'orders_today'`. */
  readonly metric: string;
}

/** Rows as they are. */
export interface TablePanelOptions extends PanelOptions {
  /** Columns from left to right. */
  readonly columns: string[];

  /**
   * Column to sort by, greatest first. The SQL: `ORDER BY total_revenue DESC`.
   *
   * @default - not sorted
   */
  readonly sortBy?: string;
}

/** A panel of a Grafana dashboard, bound to the columns of a Gold table. */
export class Panel {
  /** A pie: a figure by the values of a column. */
  public static pie(title: string, options: PiePanelOptions): Panel {
    return new Panel({ kind: 'pie', ...common(title, options), value: options.value, by: options.by });
  }

  /** Figures over time. */
  public static timeSeries(title: string, options: TimeSeriesPanelOptions): Panel {
    return new Panel({ kind: 'time-series', ...common(title, options), timeColumn: options.timeColumn, values: [...options.values] });
  }

  /** One metric of a Gold metrics table, large. */
  public static stat(title: string, options: StatPanelOptions): Panel {
    return new Panel({ kind: 'stat', ...common(title, options), metric: options.metric });
  }

  /** Columns of a Gold table as a table. */
  public static table(title: string, options: TablePanelOptions): Panel {
    const sortBy = options.sortBy !== undefined && { sortBy: options.sortBy };
    return new Panel({ kind: 'table', ...common(title, options), columns: [...options.columns], ...sortBy });
  }

  private constructor(private readonly declaration: PanelDeclaration) {}

  /** @internal */
  public _render(): PanelDeclaration {
    return this.declaration;
  }
}

function common(title: string, options: PanelOptions): Pick<PanelDeclaration, 'title' | 'goldTable' | 'window'> {
  return { title, goldTable: options.goldTable, ...(options.window && { window: options.window._render() }) };
}
