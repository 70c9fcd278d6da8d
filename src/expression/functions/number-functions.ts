import type { Named } from '../../spec/pipeline-spec';
import { DOUBLE, decimal, type SqlType } from '../sql-type';
import { arithmeticType, digits } from '../type-rules';
import { fixed, takes, type SupportedFunction } from './supported-function';

/** NULL for any argument gives NULL. Exact numbers stay exact where the type says so. */
export const NUMBER_FUNCTIONS: Named<SupportedFunction> = {
  abs: sameAsArgument('abs(number)'),
  // To the next whole number; a decimal's result has scale 0.
  ceiling: { usage: 'ceiling(number)', returns: types => takes(types, ['number']) ? wholeNumber(types[0]) : undefined },
  floor: { usage: 'floor(number)', returns: types => takes(types, ['number']) ? wholeNumber(types[0]) : undefined },
  // Half away from zero. With digits, a decimal keeps its scale and gains a digit in front.
  round: { usage: 'round(number[, digits])', returns: types => takes(types, ['number', 'bigint'], 1) ? rounded(types) : undefined },
  // -1, 0 or 1.
  sign: {
    usage: 'sign(number)',
    returns: types => takes(types, ['number']) ? (types[0].kind === 'decimal' ? decimal(1, 0) : types[0]) : undefined,
  },
  // The remainder has the sign of the dividend; division by an exact zero fails.
  mod: {
    usage: 'mod(number, number)',
    returns: types => takes(types, ['number', 'number']) ? arithmeticType('%', types[0], types[1]) : undefined,
  },
  // Doubles, whatever comes in. The root of a negative number and the logarithm of one are NaN.
  power: fixed('power(number, number)', ['double', 'double'], DOUBLE),
  sqrt: fixed('sqrt(number)', ['double'], DOUBLE),
  exp: fixed('exp(number)', ['double'], DOUBLE),
  ln: fixed('ln(number)', ['double'], DOUBLE),
  log10: fixed('log10(number)', ['double'], DOUBLE),
};

function sameAsArgument(usage: string): SupportedFunction {
  return { usage, returns: types => takes(types, ['number']) ? types[0] : undefined };
}

function wholeNumber(type: SqlType): SqlType {
  if (type.kind !== 'decimal') return type;
  const [precision, scale] = digits(type);
  return decimal(Math.min(38, precision - scale + Math.min(scale, 1)), 0);
}

function rounded(types: readonly SqlType[]): SqlType {
  const [type] = types;
  if (type.kind !== 'decimal') return type;
  return types.length === 1 ? wholeNumber(type) : decimal(Math.min(38, type.precision + 1), type.scale);
}
