import type { Problem } from '../checks/problem';
import type { KeyMetricDeclaration } from '../spec/pipeline-declaration';
import type { MeasureOptions } from './measure';
import { MEASURE_OPTIONS } from './measure-options';
import { made, text } from './shape';
import { Window } from './window';

/** One figure over a window of time: a row of a Gold metrics table. */
export class KeyMetric {
  /** Number of rows in the window; 0 if there are none. The SQL: `COUNT(*)`. */
  public static count(window: Window, options?: MeasureOptions): KeyMetric {
    return new KeyMetric('count', undefined, window, options);
  }

  /** Sum of a number column in the window; 0 if there are no values. The SQL: `COALESCE(SUM(column), 0)`. */
  public static sum(column: string, window: Window, options?: MeasureOptions): KeyMetric {
    return new KeyMetric('sum', column, window, options);
  }

  private constructor(
    private readonly aggregate: KeyMetricDeclaration['aggregate'],
    private readonly column: string | undefined,
    private readonly window: Window,
    private readonly options: MeasureOptions | undefined,
  ) {}

  /** @internal */
  public _render(): KeyMetricDeclaration {
    return {
      aggregate: this.aggregate,
      ...(this.column !== undefined && { column: this.column }),
      ...(this.options?.where !== undefined && { where: this.options.where }),
      window: this.window._render(),
    };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const column = this.aggregate === 'count' ? [] : COLUMN(path, this.column);
    return [...column, ...WINDOW(path, this.window), ...MEASURE_OPTIONS(path, this.options)];
  }
}

const COLUMN = text('the column', "KeyMetric.sum('total_amount', Window.today())");
const WINDOW = made(() => Window, 'KeyMetric.count(Window.today())');
