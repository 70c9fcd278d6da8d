import type { Problem } from '../checks/problem';
import type { ExpectationDeclaration } from '../spec/pipeline-declaration';
import { text } from './shape';

/**
 * A rule that every row should keep: an SQL predicate in Trino's dialect over the table's own columns, such as `total_amount >= 0`.
 * A row breaks the rule when the predicate is FALSE; NULL passes, as in an SQL CHECK, and so does a row for which the predicate cannot be
 * evaluated, such as one that divides by zero. The SQL of a broken rule: `NOT coalesce(try(predicate), TRUE)`. Clock functions,
 * subqueries and aggregates are refused at synth, with line and column.
 */
export class Expectation {
  /** Rows that break the rule are counted and kept. */
  public static warn(predicate: string): Expectation {
    return new Expectation({ action: 'warn', predicate });
  }

  /** An item whose latest change breaks the rule has no row. Its changes stay in Bronze. */
  public static drop(predicate: string): Expectation {
    return new Expectation({ action: 'drop', predicate });
  }

  /** As `drop`, and the change shows in the view `<table>_quarantine` until a later one passes. */
  public static quarantine(predicate: string): Expectation {
    return new Expectation({ action: 'quarantine', predicate });
  }

  /** A change that breaks the rule stops the table, and the tables that depend on it, until the definition or the data is repaired. */
  public static fail(predicate: string): Expectation {
    return new Expectation({ action: 'fail', predicate });
  }

  private constructor(private readonly declaration: ExpectationDeclaration) {}

  /** @internal */
  public _render(): ExpectationDeclaration {
    return this.declaration;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    return text('the predicate', `Expectation.${this.declaration.action}('total >= 0')`)(path, this.declaration.predicate);
  }
}
