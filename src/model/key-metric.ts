import type { Problem } from '../checks/problem';
import type { KeyMetricDeclaration } from '../spec/pipeline-declaration';
import { KEY_METRIC_OPTIONS } from './key-metric-options';
import type { MeasureOptions } from './measure';
import { made, text } from './shape';
import { Window } from './window';

/** Which rows of its window a metric counts, and whether it looks back. */
export interface KeyMetricOptions extends MeasureOptions {
  /**
   * Whether the same figure is computed over the period before too: the span of the same length right before the window, so yesterday for
   * `Window.today()`. It stands in the column `previous_value`, and panels of the metric show the change. The present day (hour) is
   * still running; the period before is whole. Of `Window.allTime()` there is none.
   * The SQL: the figure once more, `SUM(total_amount) FILTER (WHERE order_date >= … AND order_date < …)`; twice the time is read.
   *
   * @default false
   */
  readonly withPreviousPeriod?: boolean;
}

/** One figure over a window of time: a row of a Gold metrics table. `column` names a Silver column, own or enriched, and is no SQL. */
export class KeyMetric {
  /** Number of rows in the window; 0 if there are none. The SQL: `COUNT(*)`. */
  public static count(window: Window, options?: KeyMetricOptions): KeyMetric {
    return new KeyMetric('count', undefined, window, options);
  }

  /** Sum of a number column in the window; 0 if there are no values. The SQL: `COALESCE(SUM(column), 0)`. */
  public static sum(column: string, window: Window, options?: KeyMetricOptions): KeyMetric {
    return new KeyMetric('sum', column, window, options);
  }

  private constructor(
    private readonly aggregate: KeyMetricDeclaration['aggregate'],
    private readonly column: string | undefined,
    private readonly window: Window,
    private readonly options: KeyMetricOptions | undefined,
  ) {}

  /** @internal */
  public _render(): KeyMetricDeclaration {
    return {
      aggregate: this.aggregate,
      ...(this.column !== undefined && { column: this.column }),
      ...(this.options?.where !== undefined && { where: this.options.where }),
      window: this.window._render(),
      ...(this.options?.withPreviousPeriod === true && { previous: true }),
    };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const column = this.aggregate === 'count' ? [] : COLUMN(path, this.column);
    return [...column, ...WINDOW(path, this.window), ...KEY_METRIC_OPTIONS(path, this.options)];
  }
}

const COLUMN = text('the column', "KeyMetric.sum('total_amount', Window.today())");
const WINDOW = made(() => Window, 'KeyMetric.count(Window.today())');
