import type { ComparisonOperator } from '../../../src/expression/expression';
import { isNested, typeName } from '../../../src/expression/sql-type';
import { mayBeNaN, type Argument } from './argument';
import { NotLocalError } from './not-local-error';

/** `left operator right` as Trino compares; it may need brackets. */
export function comparison(operator: ComparisonOperator, left: Argument, right: Argument): string {
  assertFlat(`the operator ${operator}`, [left, right]);
  const plain = `${left.sql} ${operator} ${right.sql}`;
  const suspects = [left, right].filter(mayBeNaN);
  if (suspects.length === 0) return plain;
  const missing = [left, right].map(({ sql }) => `${sql} IS NULL`).join(' OR ');
  const notANumber = suspects.map(({ sql }) => `isnan(${sql})`).join(' OR ');
  return `CASE WHEN ${missing} THEN NULL WHEN ${notANumber} THEN ${operator === '<>' ? 'TRUE' : 'FALSE'} ELSE ${plain} END`;
}

/** For comparisons that are not written out one by one: no value may be one that the engines compare differently. */
export function assertOrdinary(what: string, operands: readonly Argument[]): void {
  assertFlat(what, operands);
  if (!operands.some(mayBeNaN)) return;
  throw new NotLocalError(`${what} of computed doubles, which may be NaN,`, 'Compare them with =, <, <=, > or >=.');
}

/** Arrays that hold NULLs are equal here, of unknown equality in Trino. */
function assertFlat(what: string, operands: readonly Argument[]): void {
  const nested = operands.map(({ type }) => type).find(type => type && isNested(type));
  if (nested) throw new NotLocalError(`${what} of ${typeName(nested)} values`, 'Compare their elements: element_at(column, …).');
}
