import type { Problem } from '../checks/problem';
import type { VariableDeclaration } from '../spec/dashboard-declaration';
import { optional, struct, text } from './shape';

/** How a choice looks. */
export interface GrafanaVariableOptions {
  /**
   * What the choice is called.
   *
   * @default - the variable's name in words
   */
  readonly label?: string;
}

/** A choice at the top of a dashboard, among all values that a Gold column has. */
export class GrafanaVariable {
  /**
   * Any of a column's values; at first all of them. It chooses the rows of every panel whose Gold table has a column of that name.
   * The SQL: `SELECT DISTINCT region`, which reads that one column, and in the panels `WHERE region IN (…)`.
   *
   * @param goldTable where the values come from.
   * @param column text, whole number, boolean or date.
   */
  public static column(goldTable: string, column: string, options?: GrafanaVariableOptions): GrafanaVariable {
    return new GrafanaVariable(goldTable, column, options);
  }

  private constructor(
    private readonly goldTable: string,
    private readonly name: string,
    private readonly options: GrafanaVariableOptions | undefined,
  ) {}

  /** @internal */
  public _render(): VariableDeclaration {
    const label = this.options?.label;
    return { goldTable: this.goldTable, column: this.name, ...(label !== undefined && label !== null && { label }) };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return [...TEXT(path, this.goldTable), ...TEXT(path, this.name), ...OPTIONS(path, this.options)];
  }
}

const USAGE = "GrafanaVariable.column('daily_sales', 'region')";
const TEXT = text('the Gold table and its column', USAGE);
const OPTIONS = optional(struct<GrafanaVariableOptions>({ label: optional(text('the label', "{ label: 'Region' }")) }, USAGE));
