import type { InferredType } from './infer-type';

/** Names under which whole numbers are mostly times. */
const TIME_NAME = /(?:^|_|[a-z])(?:at|time|timestamp|date|ttl|expires?|expiry|expiration|created|updated|modified)$/i;
const SECONDS = { from: 946_684_800, to: 4_102_444_800 };
/** Figures grow: what has been seen has so many digits to spare. */
const SPARE_DIGITS = 4;
const LARGEST_PRECISION = 38;
/** More decimals than money or measures have: a floating point number that was stored as text. */
const MOST_DECIMALS = 10;

interface Digits {
  readonly whole: number;
  readonly decimals: number;
}

/** The type of a number attribute, exact as long as the figures look like exact ones. */
export function inferNumber(attribute: string, numbers: readonly string[]): InferredType {
  const digits = numbers.map(digitsOf);
  const decimals = Math.max(...digits.map(one => one.decimals));
  const whole = Math.max(...digits.map(one => one.whole));
  if (decimals === 0 && whole <= 18) return wholeNumber(attribute, numbers);
  if (decimals > MOST_DECIMALS) return { type: { kind: 'double' }, remark: 'many decimals: a double, which is not exact; use Column.decimal for money' };
  if (whole + decimals > LARGEST_PRECISION) return { type: { kind: 'double' }, remark: 'more than 38 digits: a double, which is not exact' };
  const scale = Math.max(decimals, decimals === 1 ? 2 : 0);
  return { type: { kind: 'decimal', precision: Math.min(LARGEST_PRECISION, Math.max(12, whole + SPARE_DIGITS + scale)), scale } };
}

function wholeNumber(attribute: string, numbers: readonly string[]): InferredType {
  if (TIME_NAME.test(attribute)) {
    if (allWithin(numbers, SECONDS.from, SECONDS.to)) return time('epoch-seconds');
    if (allWithin(numbers, SECONDS.from * 1000, SECONDS.to * 1000)) return time('epoch-milliseconds');
  }
  return { type: { kind: 'bigint' } };
}

function time(kind: 'epoch-seconds' | 'epoch-milliseconds'): InferredType {
  return { type: { kind: 'timestamp', format: { kind } }, remark: 'taken for a time by its name and size' };
}

function allWithin(numbers: readonly string[], from: number, to: number): boolean {
  return numbers.every(number => Number(number) >= from && Number(number) <= to);
}

/** DynamoDB writes `1.50` as `1.5` and very large or small ones with an exponent. */
function digitsOf(number: string): Digits {
  const [, whole, fraction = '', exponent = '0'] = /^-?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  if (whole === undefined) return { whole: 0, decimals: LARGEST_PRECISION };
  const shift = Number(exponent);
  return {
    whole: Math.max(1, whole.replace(/^0+/, '').length + Math.max(0, shift)),
    decimals: Math.max(0, fraction.replace(/0+$/, '').length - shift),
  };
}
