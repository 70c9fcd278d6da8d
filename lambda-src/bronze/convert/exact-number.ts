/**
 * The number in `text` times 10^scale, or undefined if that is no whole number of at most `precision` digits. `text` is a number
 * as DynamoDB writes it; it never passes through a double, and an absurd exponent costs nothing.
 */
export function scaledInteger(text: string, precision: number, scale: number): bigint | undefined {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, whole, fraction, exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return 0n;
  const zeros = Number(exponent) - fraction.length + (digits.length - significant.length) + scale;
  if (zeros < 0 || significant.length + zeros > precision) return undefined;
  const magnitude = BigInt(significant + '0'.repeat(zeros));
  return sign === '-' ? -magnitude : magnitude;
}

/** The plain decimal text of `unscaled` / 10^scale: `-0.05`. */
export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

// A regular expression for this takes quadratic time on digits like 1000…0001.
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
