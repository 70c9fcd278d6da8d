import { expandQuery, UnknownMacroError } from '../../../lambda-src/local/grafana/expand-query';

const RANGE = { from: new Date('2026-01-31T10:20:30.400Z'), to: new Date('2026-02-28T23:59:59.999Z') };
const ALL = { region: "'__everything'" };

test.each([
  ['$__dateFilter(g."day")', 'g."day" BETWEEN date \'2026-01-31\' AND date \'2026-02-28\''],
  ['$__timeFilter(g."at")', 'g."at" BETWEEN TIMESTAMP \'2026-01-31 10:20:30\' AND TIMESTAMP \'2026-02-28 23:59:59\''],
  ['$__timeFrom() < $__timeTo()', "TIMESTAMP '2026-01-31 10:20:30' < TIMESTAMP '2026-02-28 23:59:59'"],
  ["DATE $__rawTimeFrom('yyyy-MM-dd') < DATE $__rawTimeTo('yyyy-MM-dd')", "DATE '2026-01-31' < DATE '2026-02-28'"],
  ["TIMESTAMP $__rawTimeFrom('yyyy-MM-dd HH:00:00')", "TIMESTAMP '2026-01-31 10:00:00'"],
  ["TIMESTAMP $__rawTimeTo('yyyy-MM-dd HH:mm:00')", "TIMESTAMP '2026-02-28 23:59:00'"],
  ['$__other(x)', '$__other(x)'],
  ['x IN (${region:sqlstring})', "x IN ('__everything')"],
])('%s becomes %s', (sql, expected) => {
  expect(expandQuery(sql, RANGE, {}, ALL)).toBe(expected);
});

test('chosen values are texts, whatever is in them', () => {
  expect(expandQuery('x IN (${region:sqlstring})', RANGE, { region: ["O'Neill", "'); DROP TABLE x; --"] }, ALL))
    .toBe("x IN ('O''Neill','''); DROP TABLE x; --')");
});

test('a variable that the dashboard has not, and a format of another kind, are refused', () => {
  expect(() => expandQuery('${city:sqlstring}', RANGE, {}, ALL)).toThrow(UnknownMacroError);
  expect(() => expandQuery("$__rawTimeFrom('dd.MM.')", RANGE, {}, ALL)).toThrow("times are written as 'yyyy-MM-dd'");
});
