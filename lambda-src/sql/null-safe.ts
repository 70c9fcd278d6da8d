import type { SqlType } from '../../src/expression/sql-type';
import { and, call, equal, isNull } from './build';
import type { SqlExpression } from './nodes';

/**
 * Equality in which NULL equals NULL. `IS NOT DISTINCT FROM` says the same, but Trino joins on it by comparing every row
 * with every row; equalities it can hash.
 */
export function sameValue(left: SqlExpression, right: SqlExpression, type: SqlType): SqlExpression {
  const substitute: SqlExpression = { kind: 'literal', type, value: anyValueOf(type) };
  return and(
    equal(call('coalesce', left, substitute), call('coalesce', right, substitute)),
    equal(isNull(left), isNull(right)),
  );
}

/** Some constant of the type; which one does not matter, since NULLs are told apart by themselves. */
function anyValueOf(type: SqlType): string {
  switch (type.kind) {
    case 'varchar': return '';
    case 'boolean': return 'false';
    case 'integer': case 'bigint': return '0';
    case 'double': return '0E0';
    case 'decimal': return '0';
    case 'date': return '1970-01-01';
    case 'timestamp': return '1970-01-01 00:00:00.000000';
    case 'varbinary': return '';
    default: throw new TypeError(`${type.kind} values cannot be compared`);
  }
}
