import type { ColumnReference, ComparisonOperator, Literal } from '../../src/expression/expression';
import { BIGINT, BOOLEAN, isNested, TIMESTAMP, VARCHAR, type SqlType } from '../../src/expression/sql-type';
import type { Aggregate, OrderItem, Relation, SelectItem, SqlExpression, TableName } from './nodes';

/** Short forms for the nodes that generated statements are made of. */

/** Without an alias: a column of the result, to sort by. */
export function column(alias: string | undefined, name: string): ColumnReference {
  return { kind: 'column', table: alias, name };
}

/** A column of the only table there is. */
export function ownColumn(name: string): ColumnReference {
  return { kind: 'column', name };
}

export function text(value: string): Literal {
  return { kind: 'literal', type: VARCHAR, value };
}

export function bigint(value: number | bigint): Literal {
  return { kind: 'literal', type: BIGINT, value: String(value) };
}

export function bool(value: 'true' | 'false'): Literal {
  return { kind: 'literal', type: BOOLEAN, value };
}

export function nothing(type: SqlType): Literal {
  return { kind: 'literal', type, value: null };
}

/** Microsecond timestamp literal, UTC. */
export function timestamp(time: Date): Literal {
  return { kind: 'literal', type: TIMESTAMP, value: `${time.toISOString().replace('T', ' ').replace('Z', '')}000` };
}

/** A bound for a column of that type: the day for a DATE, else the instant. */
export function timeBound(time: Date, day: string, type: SqlType): Literal {
  return type.kind === 'date' ? { kind: 'literal', type, value: day } : timestamp(time);
}

export function compare(left: SqlExpression, operator: ComparisonOperator, right: SqlExpression): SqlExpression {
  return { kind: 'binary', operator, left, right };
}

export function equal(left: SqlExpression, right: SqlExpression): SqlExpression {
  return compare(left, '=', right);
}

export function and(...operands: readonly SqlExpression[]): SqlExpression {
  return logical('and', operands);
}

export function or(...operands: readonly SqlExpression[]): SqlExpression {
  return logical('or', operands);
}

export function not(operand: SqlExpression): SqlExpression {
  return { kind: 'not', operand };
}

export function isNull(operand: SqlExpression): SqlExpression {
  return { kind: 'is-null', operand };
}

export function isNotNull(operand: SqlExpression): SqlExpression {
  return { kind: 'is-not-null', operand };
}

export function isDistinct(left: SqlExpression, right: SqlExpression): SqlExpression {
  return { kind: 'is-distinct', left, right };
}

export function call(name: string, ...parameters: readonly SqlExpression[]): SqlExpression {
  return { kind: 'call', name, arguments: parameters };
}

export function cast(expression: SqlExpression, type: SqlType): SqlExpression {
  return { kind: 'cast', expression, type };
}

/** TRUE where the predicate is FALSE; FALSE where it is TRUE or NULL, or cannot be evaluated: no row may stop a statement. */
export function isFalse(predicate: SqlExpression): SqlExpression {
  return not(call('coalesce', call('try', predicate), bool('true')));
}

export function count(where?: SqlExpression): Aggregate {
  return { kind: 'aggregate', function: 'count', arguments: [], where, type: BIGINT };
}

export function descending(expression: SqlExpression): OrderItem {
  return { expression, direction: 'desc' };
}

export function ascending(expression: SqlExpression): OrderItem {
  return { expression, direction: 'asc' };
}

export function item(expression: SqlExpression, as: string): SelectItem {
  return { expression, as };
}

/** What a MERGE writes to a column. Athena's MERGE never ends where a nested value comes without a CAST. */
export function assigned(alias: string, name: string, type: SqlType | undefined): SqlExpression {
  const value = column(alias, name);
  return type && isNested(type) ? cast(value, type) : value;
}

/** The named columns of one relation, under their own names. */
export function columnsFrom(alias: string, names: readonly string[]): SelectItem[] {
  return names.map(name => item(column(alias, name), name));
}

export function table(name: TableName, as: string): Relation {
  return { kind: 'table', table: name, as };
}

export function commonTable(name: string, as: string = name): Relation {
  return { kind: 'common-table', name, as };
}

function logical(kind: 'and' | 'or', operands: readonly SqlExpression[]): SqlExpression {
  return operands.length === 1 ? operands[0] : { kind, operands };
}
