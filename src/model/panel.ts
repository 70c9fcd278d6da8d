import type { Problem } from '../checks/problem';
import type { PanelCommonDeclaration, PanelDeclaration } from '../spec/dashboard-declaration';
import { mapValues } from '../spec/silver-columns';
import type {
  BarGaugePanelOptions, BarPanelOptions, GaugePanelOptions, KeyMetricsPanelOptions, PanelOptions, PiePanelOptions, StatPanelOptions,
  TablePanelOptions, TimedPanelOptions, TimeSeriesPanelOptions, TotalPanelOptions,
} from './panel-options';
import { PANEL_SHAPES, PANEL_TITLE } from './panel-shapes';

/** A panel of a Grafana dashboard, bound to the columns of a Gold table. */
export class Panel {
  /** A pie: a figure by the values of a column. What does not get a slice of its own is one slice together. */
  public static pie(title: string, options: PiePanelOptions): Panel {
    return new Panel(title, { kind: 'pie', options });
  }

  /** Bars: figures by the values of a column. */
  public static bar(title: string, options: BarPanelOptions): Panel {
    return new Panel(title, { kind: 'bar', options });
  }

  /** Horizontal bars with the value beside each, in the colours of its thresholds. */
  public static barGauge(title: string, options: BarGaugePanelOptions): Panel {
    return new Panel(title, { kind: 'bar-gauge', options });
  }

  /** Figures over time. */
  public static timeSeries(title: string, options: TimeSeriesPanelOptions): Panel {
    return new Panel(title, { kind: 'time-series', options });
  }

  /** One figure over the whole time range, large, compared with the period of the same length before it. */
  public static total(title: string, options: TotalPanelOptions): Panel {
    return new Panel(title, { kind: 'total', options });
  }

  /** One metric of a Gold metrics table, large. */
  public static stat(title: string, options: StatPanelOptions): Panel {
    return new Panel(title, { kind: 'stat', options });
  }

  /** Metrics of a Gold metrics table, large, in one panel and by one query. */
  public static keyMetrics(title: string, options: KeyMetricsPanelOptions): Panel {
    return new Panel(title, { kind: 'key-metrics', options });
  }

  /** One metric of a Gold metrics table on a dial. */
  public static gauge(title: string, options: GaugePanelOptions): Panel {
    return new Panel(title, { kind: 'gauge', options });
  }

  /** Columns of a Gold table as a table. */
  public static table(title: string, options: TablePanelOptions): Panel {
    return new Panel(title, { kind: 'table', options });
  }

  private constructor(private readonly title: string, private readonly given: GivenPanel) {}

  /** @internal */
  public _render(): PanelDeclaration {
    return withoutGaps(this.declaration());
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...PANEL_TITLE(path, this.title), ...PANEL_SHAPES[this.given.kind](path, this.given.options)];
  }

  private declaration(): PanelDeclaration {
    const { kind, options } = this.given;
    const shown = common(this.title, options);
    switch (kind) {
      case 'pie': return { kind, ...shown, ...timed(options), value: options.value, by: options.by, limit: options.slices };
      case 'bar': return {
        kind, ...shown, ...timed(options), values: [...options.values], by: options.by, aggregate: options.aggregate, limit: options.limit,
      };
      case 'bar-gauge': return {
        kind, ...shown, ...timed(options), value: options.value, by: options.by, aggregate: options.aggregate, limit: options.limit,
      };
      case 'time-series': return {
        kind,
        ...shown,
        timeColumn: options.timeColumn,
        values: [...options.values],
        by: options.by,
        aggregate: options.aggregate,
        drawing: options.drawing,
        window: options.window?._render(),
      };
      case 'total': return { kind, ...shown, ...timed(options), value: options.value, aggregate: options.aggregate, beside: options.beside };
      case 'stat': return { kind, ...shown, metrics: [options.metric] };
      case 'key-metrics': return { kind: 'stat', ...shown, metrics: options.metrics && [...options.metrics] };
      case 'gauge': return { kind, ...shown, metric: options.metric, minimum: options.minimum, maximum: options.maximum };
      case 'table': return {
        kind,
        ...shown,
        ...timed(options),
        columns: [...options.columns],
        sortBy: options.sortBy,
        order: options.order,
        limit: options.limit,
      };
    }
  }
}

type GivenPanel =
  | { readonly kind: 'pie'; readonly options: PiePanelOptions }
  | { readonly kind: 'bar'; readonly options: BarPanelOptions }
  | { readonly kind: 'bar-gauge'; readonly options: BarGaugePanelOptions }
  | { readonly kind: 'time-series'; readonly options: TimeSeriesPanelOptions }
  | { readonly kind: 'total'; readonly options: TotalPanelOptions }
  | { readonly kind: 'stat'; readonly options: StatPanelOptions }
  | { readonly kind: 'key-metrics'; readonly options: KeyMetricsPanelOptions }
  | { readonly kind: 'gauge'; readonly options: GaugePanelOptions }
  | { readonly kind: 'table'; readonly options: TablePanelOptions };

function common(title: string, options: PanelOptions): PanelCommonDeclaration {
  const { goldTable, description, unit, decimals, thresholds, links, width, height, styles } = options;
  return {
    title,
    goldTable,
    description,
    unit: unit?._render(),
    decimals,
    thresholds: thresholds?.map(threshold => threshold._render()),
    links: links && { ...links },
    width,
    height,
    styles: styles && mapValues(styles, style => style._render()),
  };
}

function timed({ timeColumn, window }: TimedPanelOptions): Pick<TimedPanelOptions, 'timeColumn'> & { window: ReturnType<NonNullable<typeof window>['_render']> | undefined } {
  return { timeColumn, window: window?._render() };
}

/** Other languages hand over null for what is not given. */
function withoutGaps<T extends object>(declaration: T): T {
  return Object.fromEntries(Object.entries(declaration).filter(([, value]) => value !== undefined && value !== null)) as T;
}
