import { formatValue } from '../../lambda-src/page/chart/format-value';
import { seriesOf } from '../../lambda-src/page/chart/frame';
import { calculate } from '../../lambda-src/page/chart/stat-values';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each([
  [1234567, { unit: 'locale' }, '1,234,567'],
  [1234567, { unit: 'short' }, '1.23 Mil'],
  [81500, { unit: 'currency:€' }, '€81.5 K'],
  [-12.5, { unit: 'currency:€', decimals: 2 }, '-€12.50'],
  [12.345, { unit: 'percent' }, '12.3%'],
  [0.5, { unit: 'percentunit' }, '50.0%'],
  [1536, { unit: 'bytes' }, '1.5 KiB'],
  [90, { unit: 's' }, '1.5 mins'],
  [3, { unit: 'suffix: orders' }, '3 orders'],
  [NOW - 120_000, { unit: 'dateTimeFromNow' }, '2 minutes ago'],
  [NOW, { unit: 'time:YYYY-MM-DD' }, '2026-11-22'],
  [null, { noValue: 'never' }, 'never'],
  ['text', { unit: 'short' }, 'text'],
])('%p with %p reads %s', (value, properties, text) => {
  expect(formatValue(value, properties, NOW)).toBe(text);
});

test('a long frame becomes a line for each label', () => {
  const frame = {
    fields: [{ name: 'day', type: 'time' as const }, { name: 'region', type: 'text' as const }, { name: 'n', type: 'number' as const }],
    rows: [[1, 'a', 5], [1, 'b', 6], [2, 'a', null]],
  };
  expect(seriesOf(frame)).toEqual([
    { field: 'n', labels: { region: 'a' }, points: [[1, 5], [2, null]] },
    { field: 'n', labels: { region: 'b' }, points: [[1, 6]] },
  ]);
});

test('figures are reduced as their panel says; nothing is no zero', () => {
  expect(['sum', 'min', 'max', 'mean', 'last', 'lastNotNull'].map(name => calculate(name, [1, 3, null]))).toEqual([4, 1, 3, 2, null, 3]);
  expect(calculate('sum', [null])).toBeNull();
});
