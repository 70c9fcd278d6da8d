import type { Problem } from '../checks/problem';
import type { MeasureDeclaration } from '../spec/pipeline-declaration';
import { MEASURE_OPTIONS } from './measure-options';
import { text } from './shape';

/** Which rows of a group, or of a window, a figure counts. */
export interface MeasureOptions {
  /**
   * An SQL predicate over the Silver columns. The SQL: `SUM(total_amount) FILTER (WHERE status = 'PAID')`. One that cannot be evaluated
   * for a row stops the refresh: use `TRY_CAST` and `nullif`.
   *
   * @default - all rows
   */
  readonly where?: string;
}

/**
 * A figure of a Gold aggregate: one column, computed over the rows of each group. `column` is the name of a Silver column, own or
 * enriched, and no SQL: declare text that says numbers as `Column.decimal`. Its NULLs do not count, as in SQL;
 * where a group has no value at all, counts are 0 and all others NULL.
 */
export class Measure {
  /** Number of rows, a `bigint`. The SQL: `COUNT(*)`. */
  public static count(options?: MeasureOptions): Measure {
    return Measure.of('count', undefined, options);
  }

  /** Number of different values, a `bigint`. The SQL: `COUNT(DISTINCT column)`. */
  public static countDistinct(column: string, options?: MeasureOptions): Measure {
    return Measure.of('count-distinct', column, options);
  }

  /**
   * Sum of a number column. The SQL: `SUM(column)`: a `bigint` for whole numbers, an exact `decimal(38, s)` for decimals, a `double`,
   * which depends on the order of the rows in its last digits, for doubles.
   */
  public static sum(column: string, options?: MeasureOptions): Measure {
    return Measure.of('sum', column, options);
  }

  /** Mean of a number column, a `double`: the sum, exact where the column is, divided once by the number of values. */
  public static avg(column: string, options?: MeasureOptions): Measure {
    return Measure.of('avg', column, options);
  }

  /** Least value, of the column's type. The SQL: `MIN(column)`. Not of lists, maps and structs. */
  public static min(column: string, options?: MeasureOptions): Measure {
    return Measure.of('min', column, options);
  }

  /** Greatest value, of the column's type. The SQL: `MAX(column)`. Not of lists, maps and structs. */
  public static max(column: string, options?: MeasureOptions): Measure {
    return Measure.of('max', column, options);
  }

  private static of(aggregate: MeasureDeclaration['aggregate'], column?: string, options?: MeasureOptions): Measure {
    return new Measure(aggregate, column, options);
  }

  private constructor(
    private readonly aggregate: MeasureDeclaration['aggregate'],
    private readonly column: string | undefined,
    private readonly options: MeasureOptions | undefined,
  ) {}

  /** @internal */
  public _render(): MeasureDeclaration {
    const { aggregate, column, options } = this;
    const where = options?.where;
    return { aggregate, ...(column !== undefined && { column }), ...(where !== undefined && { where }) };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const column = this.aggregate === 'count' ? [] : COLUMN(path, this.column);
    return [...column, ...MEASURE_OPTIONS(path, this.options)];
  }
}

const COLUMN = text('the column', "Measure.sum('total_amount')");
