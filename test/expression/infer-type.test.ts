import { columnsOf } from '../../src/expression/columns-of';
import { FUNCTIONS, FUNCTION_NAMES, insteadOfFunction } from '../../src/expression/functions';
import { COUNTED_FUNCTIONS } from '../../src/expression/functions/argument-counts';
import { inferType } from '../../src/expression/infer-type';
import {
  BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, TIMESTAMP, VARBINARY, VARCHAR, decimal, typeName, type SqlType,
} from '../../src/expression/sql-type';
import { parsed } from './parse';

const COLUMNS: { readonly [name: string]: SqlType } = {
  i: INTEGER,
  l: BIGINT,
  x: DOUBLE,
  s: VARCHAR,
  t: VARCHAR,
  ok: BOOLEAN,
  day: DATE,
  at: TIMESTAMP,
  bin: VARBINARY,
  d12_2: decimal(12, 2),
  d10_4: decimal(10, 4),
  d38_0: decimal(38, 0),
  d38_20: decimal(38, 20),
  tags: { kind: 'array', element: VARCHAR },
  props: { kind: 'map', value: INTEGER },
  address: { kind: 'row', fields: { street: VARCHAR } },
};

function typeOf(text: string): string {
  const { type, problems } = inferType(parsed(text), COLUMNS);
  return problems.length > 0 ? problems.map(problem => problem.message).join('; ') : type ? typeName(type) : 'unknown';
}

describe("types follow Trino's rules", () => {
  test.each([
    ['i + i', 'integer'], ['i + l', 'bigint'], ['i * x', 'double'], ['d12_2 + x', 'double'], ['i / i', 'integer'], ['-i', 'integer'], ['-d12_2', 'decimal(12,2)'],
    // precision and scale, as Trino's documentation of decimal operators states them
    ['d12_2 + d10_4', 'decimal(15,4)'], ['d12_2 - 1', 'decimal(13,2)'], ['d12_2 * d10_4', 'decimal(22,6)'], ['d12_2 / d10_4', 'decimal(18,4)'],
    ['d12_2 % d10_4', 'decimal(10,4)'], ['d12_2 * i', 'decimal(22,2)'], ['d12_2 + l', 'decimal(22,2)'], ['d38_0 + d38_0', 'decimal(38,0)'],
    ['d12_2 * 1.5', 'decimal(14,3)'], ['d12_2 * 1.5e0', 'double'],
    ['s || t', 'varchar'], ['tags || tags', 'array(varchar)'],
    ['i < x', 'boolean'], ['day = at', 'boolean'], ['d12_2 >= 0', 'boolean'], ['tags = tags', 'boolean'], ['s IS NULL', 'boolean'],
    ['day BETWEEN DATE \'2026-01-01\' AND DATE \'2026-12-31\'', 'boolean'], ['i IN (1, 2.5, x)', 'boolean'], ["s LIKE 'a%'", 'boolean'],
    ['ok AND NOT i = 1', 'boolean'], ['i IS DISTINCT FROM NULL', 'boolean'],
    ['CASE WHEN ok THEN 1 ELSE 2.5 END', 'decimal(11,1)'], ['CASE WHEN ok THEN i WHEN i = 1 THEN l END', 'bigint'], ['CASE i WHEN 1 THEN s ELSE NULL END', 'varchar'],
    ['CASE WHEN ok THEN d12_2 ELSE x END', 'double'], ['CASE WHEN ok THEN day ELSE at END', 'timestamp'],
    ['CAST(s AS decimal(9,3))', 'decimal(9,3)'], ['TRY_CAST(s AS date)', 'date'], ['CAST(NULL AS bigint)', 'bigint'], ['CAST(soundex(s) AS varchar)', 'varchar'],
    ['coalesce(d12_2, 0)', 'decimal(12,2)'], ['coalesce(NULL, i)', 'integer'], ['nullif(i, 2.5)', 'integer'], ['if(ok, i, l)', 'bigint'], ['if(ok, s)', 'varchar'],
    ['greatest(i, x)', 'double'], ['least(day, at)', 'timestamp'],
    ['soundex(s)', 'unknown'], ['soundex(s) || t', 'unknown'], ['soundex(s) = t', 'boolean'], ['ok AND is_nan(x)', 'boolean'],
  ])('%s is %s', (text, type) => {
    expect(typeOf(text)).toBe(type);
  });
});

describe('functions', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['lower(s)', 'varchar'], ['upper(s)', 'varchar'], ['trim(s)', 'varchar'], ['ltrim(s)', 'varchar'], ['rtrim(s)', 'varchar'], ['length(s)', 'bigint'],
    ['substr(s, 1)', 'varchar'], ['substr(s, 1, i)', 'varchar'], ["replace(s, 'a')", 'varchar'], ["replace(s, 'a', t)", 'varchar'], ['concat(s, t, s)', 'varchar'],
    ['strpos(s, t)', 'bigint'], ['starts_with(s, t)', 'boolean'], ["split_part(s, '-', 2)", 'varchar'], ['reverse(s)', 'varchar'],
    ["lpad(s, 5, '0')", 'varchar'], ["rpad(s, 5, '0')", 'varchar'], ['to_hex(bin)', 'varchar'],
    ['abs(d12_2)', 'decimal(12,2)'], ['ceiling(d12_2)', 'decimal(11,0)'], ['floor(x)', 'double'], ['floor(i)', 'integer'], ['round(d12_2)', 'decimal(11,0)'],
    ['round(d12_2, 1)', 'decimal(13,2)'], ['round(x, 1)', 'double'], ['sign(d12_2)', 'decimal(1,0)'], ['sign(l)', 'bigint'], ['mod(d12_2, i)', 'decimal(12,2)'],
    ['power(i, 2)', 'double'], ['sqrt(d12_2)', 'double'], ['exp(i)', 'double'], ['ln(x)', 'double'], ['log10(x)', 'double'],
    ['year(at)', 'bigint'], ['quarter(day)', 'bigint'], ['month(day)', 'bigint'], ['week(at)', 'bigint'], ['day(at)', 'bigint'], ['day_of_week(day)', 'bigint'],
    ['day_of_year(day)', 'bigint'], ['hour(at)', 'bigint'], ['minute(at)', 'bigint'], ['second(at)', 'bigint'], ['date(at)', 'date'], ['date(s)', 'date'],
    ['last_day_of_month(at)', 'date'], ["date_trunc('month', at)", 'timestamp'], ["date_trunc('month', day)", 'date'], ["date_add('day', -7, day)", 'date'],
    ["date_diff('hour', at, at)", 'bigint'],
    ['cardinality(tags)', 'bigint'], ['cardinality(props)', 'bigint'], ["contains(tags, 'a')", 'boolean'], ['element_at(tags, 1)', 'varchar'],
    ["element_at(props, 'a')", 'integer'], ["array_join(tags, ',')", 'varchar'], ["json_extract_scalar(s, '$.a.b[0]')", 'varchar'],
  ];

  test.each(cases)('%s is %s', (text, type) => {
    expect(typeOf(text)).toBe(type);
  });

  test('each has a case above', () => {
    const covered = new Set(cases.map(([text]) => text.slice(0, text.indexOf('('))));
    expect(Object.keys(FUNCTIONS).filter(name => !covered.has(name))).toEqual([]);
  });

  test('every name is the one that the parser gives', () => {
    for (const name of FUNCTION_NAMES.filter(candidate => !['if', 'coalesce', 'nullif', 'trim'].includes(candidate))) {
      expect(parsed(`${name}(s)`)).toMatchObject({ kind: 'call', name });
    }
  });

  test.each([
    'lower(i)', 'lower(s, s)', 'lower()', "substr(s, 'a')", 'concat(s)', 'abs(s)', 'hour(day)', "date_trunc('hour', day)", 'date_trunc(s, day)',
    "date_trunc('fortnight', day)", "date_add('day', 1.5, day)", "date_diff('day', day, at)", 'element_at(tags, s)', 'element_at(s, 1)',
    'contains(tags, 1)', "json_extract_scalar(s, '$..a')", 'json_extract_scalar(s, t)', 'array_join(props, s)', 'to_hex(s)', 'cardinality(s)',
  ])('%s is not how it is called', text => {
    const { problems } = inferType(parsed(text), COLUMNS);
    expect(problems).toHaveLength(1);
    expect(problems[0].fix).toMatch(/^call it as /);
  });
});

describe('problems', () => {
  test.each([
    ['totl', "there is no column 'totl' here"],
    ['s + 1', "'+' between varchar and integer"],
    ['day + 1', "'+' between date and integer"],
    ['-s', 'a varchar has no negative'],
    ['s || 1', 'varchar and integer have no type in common'],
    ['i || l', "'||' joins text or arrays, not bigint"],
    ["i = 'a'", 'integer and varchar have no type in common'],
    ["day > '2026-01-01'", 'date and varchar have no type in common'],
    ["i IN (1, 'a')", 'integer and varchar have no type in common'],
    ["i BETWEEN 1 AND 'a'", 'integer and varchar have no type in common'],
    ['tags < tags', 'an array(varchar) cannot be compared so'],
    ['props = props', 'a map(varchar, integer) cannot be compared so'],
    ["i LIKE 'a'", 'LIKE takes text, not an integer'],
    ['i AND ok', 'a condition is a boolean, this is an integer'],
    ['NOT s', 'a condition is a boolean, this is a varchar'],
    ['CASE WHEN i THEN 1 END', 'a condition is a boolean, this is an integer'],
    ["CASE WHEN ok THEN 1 ELSE 'a' END", 'integer and varchar have no type in common'],
    ["CASE i WHEN 'a' THEN 1 END", 'integer and varchar have no type in common'],
    ['CASE WHEN ok THEN NULL END', 'a CASE that is always NULL'],
    ['i = NULL', "'= NULL' is never true"],
    ['i NOT IN (1, NULL)', 'NOT IN with NULL in its list is never true'],
    ['lower(NULL)', 'NULL has no type here'],
    ['NULL', 'NULL has no type of its own'],
    ['coalesce(NULL, NULL)', 'coalesce of NULLs only'],
    ['if(ok, soundex(s), NULL)', 'the type of NULL cannot be told here'],
    ['coalesce(i)', 'coalesce with 1 argument'],
    ['if(ok)', 'if with 1 argument'],
    ['greatest(tags, tags)', 'greatest of array(varchar)'],
    ['CAST(day AS integer)', 'a date cannot become an integer'],
    ['CAST(tags AS varchar)', 'an array(varchar) cannot become a varchar'],
    ['d38_20 * d38_20', 'a product with more than 38 decimals'],
  ])('%s: %s', (text, problem) => {
    expect(typeOf(text)).toBe(problem);
  });

  test('all are told, not just the first', () => {
    expect(inferType(parsed("a = 1 AND s > 2 AND lower(i) = 'x'"), COLUMNS).problems).toHaveLength(3);
  });

  test('they name the part that is wrong', () => {
    const tree = parsed('i = 1 AND nope');
    expect(inferType(tree, COLUMNS).problems[0].node).toBe(tree.kind === 'and' && tree.operands[1]);
  });

  test('names that objects have by themselves are no columns', () => {
    expect(typeOf('constructor')).toBe("there is no column 'constructor' here");
    expect(typeOf('tostring(i)')).toBe("there is no function 'tostring'");
    expect(typeOf('constructor(i)')).toBe("there is no function 'constructor'");
  });
});

describe('functions whose types are not stated here are called with as many arguments as they take', () => {
  test.each([
    ['CAST(date_parse(s) AS date)', 'date_parse with 1 argument', 'write date_parse(text, format)'],
    ["regexp_extract(s, 'a', 1, 2)", 'regexp_extract with 4 arguments', 'write regexp_extract(text, pattern[, group])'],
    ['pi(i)', 'pi with 1 argument', 'write pi()'],
    ['from_unixtime()', 'from_unixtime with 0 arguments', 'write from_unixtime(seconds[, zone or hours[, minutes]])'],
  ])('%s: %s', (text, message, fix) => {
    expect(inferType(parsed(text), COLUMNS).problems).toEqual([{ node: expect.anything(), message, fix }]);
  });

  test.each([
    "CAST(date_parse(s, '%Y') AS date)", "CAST(regexp_extract(s, 'a') AS varchar)", "CAST(regexp_extract(s, 'a', 1) AS varchar)", 'CAST(pi() AS double)',
    'CAST(from_unixtime(i) AS timestamp)', 'CAST(from_unixtime(i, 1, 30) AS timestamp)', "CAST(concat_ws('-', s, t, s) AS varchar)",
  ])('%s passes', text => {
    expect(inferType(parsed(text), COLUMNS).problems).toEqual([]);
  });

  test('each is a function, and none whose types are stated', () => {
    expect(COUNTED_FUNCTIONS.filter(name => insteadOfFunction(name) ?? FUNCTION_NAMES.includes(name))).toEqual([]);
  });
});

describe('functions that do not exist', () => {
  test.each([
    ['lenght(s) > 3', "did you mean 'length'?"],
    ['CAST(lenght(s) AS integer)', "did you mean 'length'?"],
    ['regexp_lke(s, t)', "did you mean 'regexp_like'?"],
    ['NVL(i, 0)', 'write coalesce(value, other)'],
    ['isnull(i)', 'write column IS NULL, or coalesce(value, other)'],
    ['frobnicate_all(i)', 'use a scalar function that Trino has'],
  ])('%s: %s', (text, fix) => {
    const { problems } = inferType(parsed(text), COLUMNS);
    expect(problems).toEqual([{ node: expect.anything(), message: expect.stringMatching(/^there is no function '/), fix }]);
  });

  test('each whose types are stated here is known', () => {
    expect(FUNCTION_NAMES.filter(name => insteadOfFunction(name))).toEqual([]);
  });
});

describe('NULL literals take the type of what stands around them', () => {
  test.each<[string, SqlType]>([
    ['CASE WHEN ok THEN d12_2 ELSE NULL END', decimal(12, 2)], ['coalesce(NULL, i, 2.5)', decimal(11, 1)], ['if(ok, NULL, day)', DATE], ['day IS DISTINCT FROM NULL', DATE],
    ['i IN (1, NULL)', INTEGER], ['ok OR NULL', BOOLEAN], ['s LIKE NULL', VARCHAR], ['CAST(NULL AS bigint)', BIGINT],
  ])('%s', (text, type) => {
    const { tree, problems } = inferType(parsed(text), COLUMNS);
    expect(problems).toEqual([]);
    expect(JSON.stringify(tree)).toContain(JSON.stringify({ kind: 'literal', type, value: null }));
  });
});

test('a nest of NULLIF takes no longer than it is deep', () => {
  const text = `${'nullif('.repeat(30)}i${', 1)'.repeat(30)}`;
  expect(typeOf(text)).toBe('integer');
});

test('columnsOf names each column once, wherever it stands', () => {
  const text = `CASE a WHEN b THEN lower(c) ELSE d END = e OR f IN (g, h) AND i BETWEEN j AND k OR l LIKE m ESCAPE '!' OR NOT n IS NULL
    OR CAST(o AS bigint) + -p > 0 OR a IS DISTINCT FROM q`;
  expect(columnsOf(parsed(text)).sort()).toEqual([...'abcdefghijklmnopq']);
});
