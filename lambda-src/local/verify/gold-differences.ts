import type { SqlType } from '../../../src/expression/sql-type';
import type { GoldTableSpec } from '../../../src/spec/pipeline-spec';
import { name } from '../quote';
import { exactDifferences, type Comparison } from './compare';

/** Sums of doubles depend on the order of the rows in their last digits. */
export const RELATIVE_TOLERANCE = 1e-9;

export function goldDifferences(
  gold: GoldTableSpec, columns: { readonly [column: string]: SqlType }, actual: string, expected: string,
): Pick<Comparison, 'missing' | 'unexpected'> {
  const approximate = Object.keys(columns).filter(column => isApproximate(gold, column, columns[column]));
  if (approximate.length === 0) return exactDifferences(actual, expected);
  const same = Object.keys(columns).map(column => approximate.includes(column) ? close(column) : `a.${name(column)} IS NOT DISTINCT FROM b.${name(column)}`);
  const without = (left: string, right: string): string => `SELECT a.* FROM (${left}) a ANTI JOIN (${right}) b ON ${same.join(' AND ')}`;
  return { missing: without(expected, actual), unexpected: without(actual, expected) };
}

function isApproximate(gold: GoldTableSpec, column: string, type: SqlType): boolean {
  if (type.kind !== 'double') return false;
  switch (gold.kind) {
    case 'aggregate': return gold.measures[column]?.aggregate === 'sum' || gold.measures[column]?.aggregate === 'avg';
    case 'metrics': return column === 'metric_value' || column === 'previous_value';
    case 'snapshot': return false;
  }
}

function close(column: string): string {
  const [a, b] = [`a.${name(column)}`, `b.${name(column)}`];
  return `(${a} IS NOT DISTINCT FROM ${b} OR abs(${a} - ${b}) <= ${RELATIVE_TOLERANCE} * greatest(abs(${a}), abs(${b})))`;
}
