import { BIGINT, DOUBLE, type SqlType } from '../../../src/expression/sql-type';
import { measureType } from '../../../src/spec/measure-type';
import type { KeyMetricSpec, MeasureSpec } from '../../../src/spec/pipeline-spec';
import { and, call, cast, column, count } from '../../sql/build';
import type { Aggregate, SqlExpression } from '../../sql/nodes';
import { qualified } from '../../sql/user-expression';

/** A measure over Silver rows under that alias. */
export function measureExpression(measure: MeasureSpec, columns: { readonly [name: string]: SqlType }, alias: string): SqlExpression {
  const where = measure.where && qualified(measure.where.tree, alias);
  if (measure.aggregate === 'count') return count(where);
  const operand = column(alias, measure.column!);
  if (measure.aggregate === 'avg') {
    // The sum is exact and divided once: an average of decimals would be rounded to their scale, and differently by each engine.
    const total = sum(operand, columns[measure.column!], where);
    const rows: Aggregate = { kind: 'aggregate', function: 'count', arguments: [operand], where, type: BIGINT };
    return { kind: 'binary', operator: '/', left: cast(total, DOUBLE), right: cast(rows, DOUBLE), type: DOUBLE };
  }
  if (measure.aggregate === 'sum') return sum(operand, columns[measure.column!], where);
  return { kind: 'aggregate', function: measure.aggregate, arguments: [operand], where, type: measure.type };
}

/** A key metric over the rows that lie in its window; a sum over no rows is 0. */
export function metricExpression(
  metric: KeyMetricSpec, columns: { readonly [name: string]: SqlType }, alias: string, inWindow: SqlExpression | undefined, type: SqlType,
): SqlExpression {
  const conditions = [...metric.where ? [qualified(metric.where.tree, alias)] : [], ...inWindow ? [inWindow] : []];
  const where = conditions.length > 0 ? and(...conditions) : undefined;
  if (metric.aggregate === 'count') return cast(count(where), type);
  return call('coalesce', cast(sum(column(alias, metric.column!), columns[metric.column!], where), type), zero(type));
}

function sum(operand: SqlExpression, type: SqlType, where: SqlExpression | undefined): Aggregate {
  return { kind: 'aggregate', function: 'sum', arguments: [operand], where, type: measureType('sum', type)! };
}

function zero(type: SqlType): SqlExpression {
  return { kind: 'literal', type, value: type.kind === 'double' ? '0E0' : '0' };
}
