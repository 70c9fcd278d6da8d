import { BIGINT, DOUBLE, INTEGER, VARCHAR, type SqlType } from '../../../src/expression/sql-type';
import { isTime } from '../../../src/expression/type-rules';
import type { FigureSpec, PanelSpec, PanelTimeSpec } from '../../../src/spec/dashboard-spec';
import { goldColumns } from '../../../src/spec/gold-columns';
import type { Named, PipelineSpec } from '../../../src/spec/pipeline-spec';
import { and, call, cast, column, compare, isNotNull, or, table, text } from '../../sql/build';
import type { Aggregate, GrafanaPrecision, Relation, SqlExpression } from '../../sql/nodes';
import { timeStep, type TimeStep } from './time-step';

/** The choice of all values: none of a column's values is expected to read so. */
export const EVERYTHING = '__everything';
/** The name of a group of rows in which the column is NULL. */
export const NO_VALUE = '(none)';

const ALIAS = 'g';

/** The rows of a Gold table that one panel shows, as parts of its query. */
export class GoldRows {
  private readonly columns: Named<SqlType>;

  public constructor(private readonly spec: PipelineSpec, private readonly panel: Pick<PanelSpec, 'goldTable' | 'filters' | 'time'>) {
    this.columns = goldColumns(spec, panel.goldTable);
  }

  public get from(): Relation {
    return table({ layer: 'gold', name: this.panel.goldTable }, ALIAS);
  }

  public column(name: string): SqlExpression {
    return column(ALIAS, name);
  }

  public type(name: string): SqlType {
    return this.columns[name];
  }

  /** The rows of the time range that the reader's choices leave; undefined for all. */
  public get chosen(): SqlExpression | undefined {
    return this.where(this.inRange);
  }

  /** The rows of the period of the same length before the time range. */
  public get before(): SqlExpression | undefined {
    const { time } = this.panel;
    return this.where(...time ? [beforeRange(this.column(time.column), this.precision(time))] : []);
  }

  public where(...conditions: readonly (SqlExpression | undefined)[]): SqlExpression | undefined {
    const all = [...conditions, ...Object.entries(this.panel.filters).map(([variable, name]) => this.isChosen(variable, name))]
      .filter(condition => condition !== undefined);
    return all.length > 0 ? and(...all) : undefined;
  }

  /** The time is in the range; where all rows are shown, it is at least there: Grafana's time axis takes no NULL. */
  public hasTime(name: string): SqlExpression | undefined {
    return this.panel.time?.column === name ? this.inRange : isNotNull(this.column(name));
  }

  /** The end of the time range, where it cuts on that column. */
  public endOf(name: string): SqlExpression | undefined {
    const { time } = this.panel;
    return time?.column === name ? { kind: 'grafana-bound', bound: 'to', precision: this.precision(time) } : undefined;
  }

  /** How far apart the times of a column are, if that is known. */
  public step(name: string): TimeStep | undefined {
    return timeStep(this.spec, this.panel.goldTable, name);
  }

  /** A figure that is 0 where there are no rows: a sum of counts or of sums. */
  public isZeroWithoutRows({ column: name, aggregate }: FigureSpec): boolean {
    const gold = this.spec.gold[this.panel.goldTable];
    return aggregate === 'sum' && gold.kind === 'aggregate' && ['count', 'sum'].includes(gold.measures[name]?.aggregate);
  }

  /** Several rows as one figure. The sum is exact, and only then a double: the plugin takes decimals for text. */
  public figure({ column: name, aggregate }: FigureSpec): SqlExpression {
    return asDouble(this.aggregate(name, aggregate));
  }

  /** A value as the name of a slice, a bar or a line; times stay what they are. */
  public label(name: string): SqlExpression {
    const type = this.columns[name];
    if (isTime(type)) return this.column(name);
    return call('coalesce', type.kind === 'varchar' ? this.column(name) : cast(this.column(name), VARCHAR), text(NO_VALUE));
  }

  /** A value as a table shows it. */
  public shown(name: string): SqlExpression {
    return this.columns[name].kind === 'decimal' ? asDouble(this.column(name)) : this.column(name);
  }

  private get inRange(): SqlExpression | undefined {
    const { time } = this.panel;
    return time && { kind: 'grafana-time-filter', operand: this.column(time.column), precision: this.precision(time) };
  }

  private precision({ column: name, type }: PanelTimeSpec): GrafanaPrecision {
    if (type === 'date') return 'date';
    return this.step(name) ? 'hour' : 'minute';
  }

  private aggregate(name: string, aggregate: FigureSpec['aggregate']): Aggregate {
    const operand = this.column(name);
    const type = this.columns[name];
    switch (aggregate) {
      case 'sum': return { kind: 'aggregate', function: 'sum', arguments: [operand], type };
      case 'min': case 'max': return { kind: 'aggregate', function: aggregate, arguments: [operand], type };
      case 'average': return { kind: 'aggregate', function: 'avg', arguments: [asDouble(operand)], type: DOUBLE };
      case 'latest': return { kind: 'aggregate', function: 'max_by', arguments: [operand, this.column(this.panel.time!.column)], type };
    }
  }

  private isChosen(variable: string, name: string): SqlExpression {
    const values: readonly SqlExpression[] = [{ kind: 'grafana-choice', variable }];
    const value = this.columns[name].kind === 'varchar' ? this.column(name) : cast(this.column(name), VARCHAR);
    return or({ kind: 'in', operand: text(EVERYTHING), values }, { kind: 'in', operand: value, values });
  }
}

export function asDouble(value: SqlExpression): SqlExpression {
  return cast(value, DOUBLE);
}

export function whole(value: number): SqlExpression {
  return { kind: 'literal', type: INTEGER, value: String(value) };
}

/** Both engines count whole days between dates alike. */
function beforeRange(time: SqlExpression, precision: GrafanaPrecision): SqlExpression {
  const from: SqlExpression = { kind: 'grafana-bound', bound: 'from', precision };
  const to: SqlExpression = { kind: 'grafana-bound', bound: 'to', precision };
  const unit = text(precision === 'date' ? 'day' : 'second');
  const length = call('date_diff', unit, from, to);
  const days: SqlExpression = precision === 'date' ? { kind: 'binary', operator: '+', left: length, right: whole(1), type: BIGINT } : length;
  return and(compare(time, '<', from), compare(call('date_diff', unit, time, from), '<=', days));
}
