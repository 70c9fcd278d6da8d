import type { Problem } from '../checks/problem';
import type { PanelDeclaration } from '../spec/pipeline-declaration';
import { listOf, made, optional, struct, text } from './shape';
import { Window } from './window';

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
    return new Panel(title, { kind: 'pie', options });
  }

  /** Figures over time. */
  public static timeSeries(title: string, options: TimeSeriesPanelOptions): Panel {
    return new Panel(title, { kind: 'time-series', options });
  }

  /** One metric of a Gold metrics table, large. */
  public static stat(title: string, options: StatPanelOptions): Panel {
    return new Panel(title, { kind: 'stat', options });
  }

  /** Columns of a Gold table as a table. */
  public static table(title: string, options: TablePanelOptions): Panel {
    return new Panel(title, { kind: 'table', options });
  }

  private constructor(private readonly title: string, private readonly given: Given) {}

  /** @internal */
  public _render(): PanelDeclaration {
    const { kind, options } = this.given;
    const shown = common(this.title, options);
    switch (kind) {
      case 'pie': return { kind, ...shown, value: options.value, by: options.by };
      case 'time-series': return { kind, ...shown, timeColumn: options.timeColumn, values: [...options.values] };
      case 'stat': return { kind, ...shown, metric: options.metric };
      case 'table': {
        const { columns, sortBy } = options;
        return { kind, ...shown, columns: [...columns], ...(sortBy !== undefined && sortBy !== null && { sortBy }) };
      }
    }
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...text('the title', USAGE)(path, this.title), ...OPTIONS[this.given.kind](path, this.given.options)];
  }
}

type Given =
  | { readonly kind: 'pie'; readonly options: PiePanelOptions }
  | { readonly kind: 'time-series'; readonly options: TimeSeriesPanelOptions }
  | { readonly kind: 'stat'; readonly options: StatPanelOptions }
  | { readonly kind: 'table'; readonly options: TablePanelOptions };

const USAGE = "Panel.stat('Orders today', { goldTable: 'figures', metric: 'orders_today' })";
const COLUMN = text('a column', "name a column of the Gold table: 'order_count'");
const COLUMNS = listOf(COLUMN, "list columns of the Gold table: ['order_count']");
const COMMON = {
  goldTable: text('the Gold table', "goldTable: 'daily_sales'"),
  window: optional(made(() => Window, 'window: Window.last(Duration.days(7))')),
};

const OPTIONS = {
  'pie': struct<PiePanelOptions>({ ...COMMON, value: COLUMN, by: COLUMN }, "Panel.pie('Sales', { goldTable, value, by })"),
  'time-series': struct<TimeSeriesPanelOptions>({ ...COMMON, timeColumn: COLUMN, values: COLUMNS },
    "Panel.timeSeries('Sales', { goldTable, timeColumn, values })"),
  'stat': struct<StatPanelOptions>({ ...COMMON, metric: text('the metric', "metric: 'orders_today'") }, USAGE),
  'table': struct<TablePanelOptions>({ ...COMMON, columns: COLUMNS, sortBy: optional(COLUMN) }, "Panel.table('Sales', { goldTable, columns })"),
};

function common(title: string, options: PanelOptions): Pick<PanelDeclaration, 'title' | 'goldTable' | 'window'> {
  return { title, goldTable: options.goldTable, ...(options.window && { window: options.window._render() }) };
}
