import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { duckDbExpression } from '../../lambda-src/sql/duckdb';
import { NotLocalError } from '../../lambda-src/sql/duckdb/not-local-error';
import { FUNCTION_NAMES } from '../../src/expression/functions';
import { CHOICES, COLLECTIONS, NUMBERS, TEXT, TIMES, type Case } from './cases/functions';
import { CASTS, OPERATORS, REFUSED } from './cases/operators';
import { Evaluator, typed } from './evaluate';

const FUNCTIONS: { readonly [name: string]: readonly Case[] } = { ...TEXT, ...NUMBERS, ...TIMES, ...COLLECTIONS, ...CHOICES };

let engine: Evaluator;
beforeAll(async () => { engine = await Evaluator.open(); });
afterAll(() => engine.close());

test('every function that an expression may hold has cases', () => {
  expect(Object.keys(FUNCTIONS).sort()).toEqual([...FUNCTION_NAMES]);
});

describe.each(Object.entries(FUNCTIONS))('%s is what Trino documents', (_, cases) => {
  test.each(cases)('%s with %j is %j', expectValue);
});

describe('operators are what Trino documents', () => {
  test.each(OPERATORS)('%s with %j is %j', expectValue);
});

describe('casts are what Trino documents', () => {
  test.each(CASTS)('%s with %j is %j', expectValue);
});

describe('what is not proven to be the same is refused by name', () => {
  test.each(REFUSED)('%s', (text, columns, what) => {
    expect(() => duckDbExpression(typed(text, columns))).toThrow(NotLocalError);
    expect(() => duckDbExpression(typed(text, columns))).toThrow(what);
  });
});

describe('figures', () => {
  const cents = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 });
  const decimalText = (value: number): string => `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;

  test('a quotient of decimals is rounded half away from zero, to the greater scale', async () => {
    await fc.assert(fc.asyncProperty(cents, cents.filter(value => value !== 0), async (left, right) => {
      const [numerator, divisor] = [BigInt(left) * 100n, BigInt(right)];
      const size = (value: bigint): bigint => value < 0n ? -value : value;
      const whole = (2n * size(numerator) + size(divisor)) / (2n * size(divisor));
      const quotient = (numerator < 0n) === (divisor < 0n) ? whole : -whole;
      const found = await engine.value('num / num2', { num: decimalText(left), num2: decimalText(right) });
      expect(BigInt(found!.replace('.', ''))).toBe(quotient);
    }), { numRuns: 60 });
  });

  test('date_diff is the most units that date_add can add without passing the later time', async () => {
    const times = fc.date({ min: new Date('1960-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true });
    const units = fc.constantFrom('second', 'hour', 'day', 'week', 'month', 'quarter', 'year');
    const nearMonthEnd = fc.tuple(times, fc.integer({ min: 0, max: 4 })).map(([time, before]) => new Date(DateTime.fromJSDate(time, { zone: 'utc' }).endOf('month').minus({ day: before }).startOf('day').toMillis()));
    await fc.assert(fc.asyncProperty(units, fc.oneof(times, nearMonthEnd), fc.oneof(times, nearMonthEnd), async (unit, from, to) => {
      const text = (time: Date): string => time.toISOString().slice(0, -1).replace('T', ' ');
      const found = Number(await engine.value(`date_diff('${unit}', time, time2)`, { time: text(from), time2: text(to) }));
      const [earlier, later] = from <= to ? [from, to] : [to, from];
      const after = (count: number): number => DateTime.fromJSDate(earlier, { zone: 'utc' }).plus({ [unit]: count }).toMillis();
      const size = Math.abs(found);
      expect(after(size)).toBeLessThanOrEqual(later.getTime());
      expect(after(size + 1)).toBeGreaterThan(later.getTime());
      expect(Math.sign(found)).toBe(size === 0 ? Math.sign(found) : Math.sign(to.getTime() - from.getTime()));
    }), { numRuns: 150 });
  });
});

async function expectValue(text: string, columns: Case[1], expected: string | null): Promise<void> {
  if (expected?.startsWith('[') && expected !== '[]') {
    const failure = await engine.value(text, columns).catch(String);
    expect(failure).toContain(expected.slice(1));
    // A mistake in the translation would fail too, but before a row is read.
    expect(failure).not.toMatch(/(Binder|Parser|Catalog) Error/);
  } else {
    expect(await engine.value(text, columns)).toBe(expected);
  }
}
