import type { SqlType } from '../../src/expression/sql-type';
import { unlessNull, type Argument, type Translation } from './duckdb/argument';
import { arithmetic } from './duckdb/arithmetic';
import { CHOICE_CALLS } from './duckdb/choice-calls';
import { COLLECTION_CALLS } from './duckdb/collection-calls';
import { comparison } from './duckdb/comparison';
import { NotLocalError } from './duckdb/not-local-error';
import { NUMBER_CALLS } from './duckdb/number-calls';
import { TEXT_CALLS } from './duckdb/text-calls';
import { TIME_CALLS } from './duckdb/time-calls';
import type { SqlExpression } from './nodes';

/** Every function that is proven, by an executed test, to give on the embedded engine what Trino documents. */
const TRANSLATIONS: { readonly [name: string]: Translation } = {
  ...TEXT_CALLS,
  ...NUMBER_CALLS,
  ...TIME_CALLS,
  ...COLLECTION_CALLS,
  ...CHOICE_CALLS,
};

/** A call, its arguments translated; text that binds tighter than any operator. */
export function duckDbCall(name: string, parameters: readonly Argument[], type: SqlType | undefined): string {
  if (!Object.hasOwn(TRANSLATIONS, name)) throw new NotLocalError(`the function ${name}()`, 'It runs on Athena only; leave it out to run locally.');
  return TRANSLATIONS[name](parameters, type);
}

/** An operator between translated operands; it may need brackets. */
export function duckDbOperator(
  operator: Extract<SqlExpression, { kind: 'binary' }>['operator'], left: Argument, right: Argument, type: SqlType | undefined,
): string {
  switch (operator) {
    case '=': case '<>': case '<': case '<=': case '>': case '>=': return comparison(operator, left, right);
    // The embedded engine joins a list with NULL to that list.
    case '||': return type?.kind === 'array' ? unlessNull([left, right], `${left.sql} || ${right.sql}`) : `${left.sql} || ${right.sql}`;
    default: return arithmetic(operator, left, right, type);
  }
}
