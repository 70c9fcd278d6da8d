import { BIGINT, DOUBLE, INTEGER, TIMESTAMP, decimal, isExactNumeric, isNested, isNumeric, sameType, type SqlType } from './sql-type';

const MAX_PRECISION = 38;

/** The type that values of both types take without loss, as Trino coerces them; undefined where it would not. */
export function commonType(left: SqlType, right: SqlType): SqlType | undefined {
  if (sameType(left, right)) return left;
  if (isNumeric(left) && isNumeric(right)) return commonNumericType(left, right);
  if (isTime(left) && isTime(right)) return TIMESTAMP;
  if (left.kind === 'array' && right.kind === 'array') {
    const element = commonType(left.element, right.element);
    return element && { kind: 'array', element };
  }
  return undefined;
}

/** Trino's type of `left operator right` for numbers; undefined where the result has more decimals than a decimal can have. */
export function arithmeticType(operator: '+' | '-' | '*' | '/' | '%', left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === 'double' || right.kind === 'double') return DOUBLE;
  if (left.kind !== 'decimal' && right.kind !== 'decimal') return left.kind === 'integer' && right.kind === 'integer' ? INTEGER : BIGINT;
  const [p1, s1] = digits(left);
  const [p2, s2] = digits(right);
  const scale = Math.max(s1, s2);
  switch (operator) {
    case '+': case '-': return bounded(1 + Math.max(p1 - s1, p2 - s2) + scale, scale);
    case '*': return s1 + s2 > MAX_PRECISION ? undefined : bounded(p1 + p2, s1 + s2);
    case '/': return bounded(p1 + s2 + Math.max(0, s2 - s1), scale);
    case '%': return bounded(Math.min(p1 - s1, p2 - s2) + scale, scale);
  }
}

/** Whether Trino has a CAST between the types at all; a value may still fail to convert. */
export function canCast(from: SqlType, to: SqlType): boolean {
  if (sameType(from, to)) return true;
  if (from.kind === 'array' && to.kind === 'array') return canCast(from.element, to.element);
  if (from.kind === 'varbinary' || to.kind === 'varbinary' || isNested(from) || isNested(to)) return false;
  if (from.kind === 'varchar' || to.kind === 'varchar') return true;
  if (isTime(from) || isTime(to)) return isTime(from) && isTime(to);
  return true;
}

/** Whether `<` and its like, MIN and MAX have a meaning. */
export function isOrderable(type: SqlType): boolean {
  return !isNested(type);
}

export function isTime(type: SqlType): boolean {
  return type.kind === 'date' || type.kind === 'timestamp';
}

/** Precision and scale that a number has as a decimal. */
export function digits(type: SqlType): readonly [precision: number, scale: number] {
  if (type.kind === 'decimal') return [type.precision, type.scale];
  return type.kind === 'integer' ? [10, 0] : [19, 0];
}

function commonNumericType(left: SqlType, right: SqlType): SqlType {
  if (!isExactNumeric(left) || !isExactNumeric(right)) return DOUBLE;
  if (left.kind !== 'decimal' && right.kind !== 'decimal') return BIGINT;
  const [p1, s1] = digits(left);
  const [p2, s2] = digits(right);
  const scale = Math.max(s1, s2);
  return bounded(Math.max(p1 - s1, p2 - s2) + scale, scale);
}

function bounded(precision: number, scale: number): SqlType {
  return decimal(Math.max(1, Math.min(MAX_PRECISION, precision)), scale);
}
