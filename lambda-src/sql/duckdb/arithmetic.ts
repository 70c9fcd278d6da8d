import type { ArithmeticOperator } from '../../../src/expression/expression';
import type { SqlType } from '../../../src/expression/sql-type';
import { digits } from '../../../src/expression/type-rules';
import { fails, knownType, literalOf, type Argument } from './argument';
import { duckDbCast } from './casts';
import { NotLocalError } from './not-local-error';
import { duckDbType } from './type-name';

type NumberOperator = Exclude<ArithmeticOperator, '||'>;

/** What a quotient is computed in holds any number of 37 digits, doubled. */
const EXACT_DIGITS = 37;

/** `left operator right` for numbers, of exactly that type; it may need brackets. */
export function arithmetic(operator: NumberOperator, left: Argument, right: Argument, type: SqlType | undefined): string {
  const result = knownType(`the operator ${operator}`, type);
  switch (result.kind) {
    case 'double': return doubles(operator, duckDbCast('cast', left, result), duckDbCast('cast', right, result));
    case 'decimal': return decimals(operator, left, right, result);
    default: return integers(operator, left, right);
  }
}

function doubles(operator: NumberOperator, left: string, right: string): string {
  const plain = `${left} ${operator} ${right}`;
  // Infinity or NaN, where the embedded engine says NULL; the power keeps the sign of a zero.
  return operator === '/' ? `CASE WHEN ${right} = 0 THEN ${left} * pow(${right}, -1) ELSE ${plain} END` : plain;
}

function integers(operator: NumberOperator, left: Argument, right: Argument): string {
  switch (operator) {
    case '/': return checked(right, `${left.sql} // ${right.sql}`);
    case '%': return checked(right, `${left.sql} % ${right.sql}`);
    default: return `${left.sql} ${operator} ${right.sql}`;
  }
}

function decimals(operator: NumberOperator, left: Argument, right: Argument, type: Extract<SqlType, { kind: 'decimal' }>): string {
  const [, leftScale] = digitsOf(left);
  const [, rightScale] = digitsOf(right);
  const scale = Math.max(leftScale, rightScale);
  const as = (argument: Argument, places: number): string => `CAST(${argument.sql} AS DECIMAL(38, ${places}))`;
  // At full width: the embedded engine keeps narrow products narrow, and they overflow.
  switch (operator) {
    case '+': case '-': return `CAST(${as(left, scale)} ${operator} ${as(right, scale)} AS ${duckDbType(type)})`;
    case '*': return `CAST(${as(left, leftScale)} * ${as(right, rightScale)} AS ${duckDbType(type)})`;
    case '%': return checked(right, `CAST(${as(left, scale)} % ${as(right, scale)} AS ${duckDbType(type)})`);
    case '/': return checked(right, quotient(left, right, type));
  }
}

/** Half away from zero, to the scale of the result, in whole numbers: the embedded engine divides decimals as doubles. */
function quotient(left: Argument, right: Argument, type: Extract<SqlType, { kind: 'decimal' }>): string {
  const [precision, leftScale] = digitsOf(left);
  const [, rightScale] = digitsOf(right);
  const shift = type.scale - leftScale + rightScale;
  if (precision + shift > EXACT_DIGITS) {
    throw new NotLocalError(`a quotient of decimals with ${precision + shift} digits`, `CAST the dividend to a decimal with at most ${EXACT_DIGITS - shift} digits.`);
  }
  const twice = `(${unscaled(left, leftScale)} * ${power(shift)} * 2)`;
  const divisor = unscaled(right, rightScale);
  const half = `CASE WHEN ${left.sql} < 0 THEN - abs(${divisor}) ELSE abs(${divisor}) END`;
  const whole = `(${twice} + ${half}) // (${divisor} * 2)`;
  // A whole number times one unit of the last place is that number, moved.
  const unit = type.scale === 0 ? '1' : `0.${'1'.padStart(type.scale, '0')}`;
  return `CAST(CAST(${whole} AS DECIMAL(38, 0)) * CAST('${unit}' AS DECIMAL(38, ${type.scale})) AS ${duckDbType(type)})`;
}

/** A decimal's digits without its point. */
function unscaled({ sql }: Argument, scale: number): string {
  const digitsOnly = `CAST(CAST(${sql} AS DECIMAL(38, ${scale})) AS VARCHAR)`;
  return `CAST(${scale === 0 ? digitsOnly : `replace(${digitsOnly}, '.', '')`} AS HUGEINT)`;
}

function power(exponent: number): string {
  return `CAST('1${'0'.repeat(exponent)}' AS HUGEINT)`;
}

function checked(divisor: Argument, sql: string): string {
  const value = literalOf(divisor);
  if (value !== undefined && Number(value) !== 0) return sql;
  return `CASE WHEN ${divisor.sql} = 0 THEN ${fails('Division by zero')} ELSE ${sql} END`;
}

function digitsOf({ type }: Argument): readonly [precision: number, scale: number] {
  return digits(knownType('an operator', type));
}
