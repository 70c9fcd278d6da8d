import * as fc from 'fast-check';
import { decimalText, scaledInteger } from '../../../lambda-src/bronze/convert/exact-number';

/** A number of DynamoDB's range in one of the ways it can be written, with its value as digits and exponent. */
const writtenNumber = fc.record({
  negative: fc.boolean(),
  digits: fc.bigInt({ min: 0n, max: 10n ** 38n - 1n }),
  point: fc.nat(40),
  exponent: fc.integer({ min: -60, max: 60 }),
  sign: fc.constantFrom('', '+'),
  e: fc.constantFrom('e', 'E'),
  leading: fc.constantFrom('', '0', '00'),
}).map(({ negative, digits, point, exponent, sign, e, leading }) => {
  const padded = digits.toString().padStart(point + 1, '0');
  const text = point === 0 ? padded : `${padded.slice(0, -point)}.${padded.slice(-point)}`;
  return {
    text: `${negative ? '-' : sign}${leading}${text}${exponent === 0 ? '' : `${e}${exponent}`}`,
    value: negative ? -digits : digits,
    exponent: exponent - point,
  };
});

describe('a number as a scaled integer', () => {
  test.each([
    ['12.50', 12, 2, 1250n],
    ['-0.05', 12, 2, -5n],
    ['1E2', 5, 2, 10000n],
    ['125e-2', 3, 2, 125n],
    ['.5', 2, 1, 5n],
    ['5.', 2, 1, 50n],
    ['-0', 1, 0, 0n],
    ['0E+999999999', 1, 0, 0n],
    ['99999999999999999999999999999999999999', 38, 0, 99999999999999999999999999999999999999n],
    ['1E-38', 38, 38, 1n],
  ])('is exact: %s as decimal(%i,%i)', (text, precision, scale, expected) => {
    expect(scaledInteger(text, precision, scale)).toBe(expected);
  });

  test.each([
    ['1.005', 12, 2], ['100', 2, 0], ['10', 3, 2], ['1E+999999999', 38, 0], ['1E-999999999', 38, 38], ['9.99E+125', 38, 0], ['1E-130', 38, 38],
  ])('is none rather than rounded or cut: %s as decimal(%i,%i)', (text, precision, scale) => {
    expect(scaledInteger(text, precision, scale)).toBeUndefined();
  });

  test('agrees with the arithmetic of big integers on every way to write a number', () => {
    fc.assert(fc.property(writtenNumber, fc.integer({ min: 1, max: 38 }), fc.nat(38), ({ text, value, exponent }, precision, scale) => {
      const shift = exponent + scale;
      const power = 10n ** BigInt(Math.abs(shift));
      const isWhole = shift >= 0 || value % power === 0n;
      const scaled = shift >= 0 ? value * power : value / power;
      const fits = isWhole && scaled < 10n ** BigInt(precision) && scaled > -(10n ** BigInt(precision));
      expect(scaledInteger(text, precision, scale)).toBe(fits ? scaled : undefined);
    }), { numRuns: 2000 });
  });

  test('comes back from its plain text', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.nat(38), (unscaled, scale) => {
      const text = decimalText(unscaled, scale);
      expect(text).toMatch(scale === 0 ? /^-?\d+$/ : /^-?\d+\.\d+$/);
      expect(scaledInteger(text, 38, scale)).toBe(unscaled);
    }));
  });
});

test('a text as long as an item may be costs no more than reading it', () => {
  const start = process.cpuUsage();
  scaledInteger(`1${'0'.repeat(400_000)}1`, 38, 0);
  scaledInteger(`1${'0'.repeat(400_000)}`, 38, 0);
  expect(process.cpuUsage(start).user).toBeLessThan(500_000);
});
