import type { Columns } from '../evaluate';

/** Expression, columns, and what Trino gives; null is NULL, and a text in square brackets begins the error it ends with. */
export type Case = readonly [expression: string, columns: Columns, expected: string | null];

/** @see https://trino.io/docs/current/functions/string.html */
export const TEXT: { readonly [name: string]: readonly Case[] } = {
  lower: [['lower(text)', { text: 'ÄÖÜ-Straße X' }, 'äöü-straße x'], ['lower(text)', { text: null }, null]],
  upper: [['upper(text)', { text: 'äöü-Straße x' }, 'ÄÖÜ-STRAßE X'], ['upper(text)', { text: '' }, ''], ['upper(text)', { text: null }, null]],
  trim: [['trim(text)', { text: '\t a b\u2003\r\n' }, 'a b'], ['trim(text)', { text: '\u00a0a' }, '\u00a0a'], ["'[' || trim(text) || ']'", { text: '  ' }, '[]']],
  ltrim: [['ltrim(text)', { text: ' \ta ' }, 'a ']],
  rtrim: [['rtrim(text)', { text: ' a \t' }, ' a']],
  length: [['length(text)', { text: '🤦🏼‍♂️é' }, '6'], ['length(text)', { text: '' }, '0'], ['length(text)', { text: null }, null]],
  substr: [
    ['substr(text, 2)', { text: 'äbcd' }, 'bcd'],
    ['substr(text, 2, 2)', { text: 'äbcd' }, 'bc'],
    ['substr(text, 3, 99)', { text: 'äbcd' }, 'cd'],
    ['substr(text, -2)', { text: 'äbcd' }, 'cd'],
    ['substr(text, -3, 2)', { text: 'äbcd' }, 'bc'],
    ['substr(text, -4, 1)', { text: 'äbcd' }, 'ä'],
    ['substr(text, 0)', { text: 'äbcd' }, ''],
    ['substr(text, 0, 2)', { text: 'äbcd' }, ''],
    ['substr(text, -5)', { text: 'äbcd' }, ''],
    ['substr(text, -5, 2)', { text: 'äbcd' }, ''],
    ['substr(text, 5)', { text: 'äbcd' }, ''],
    ['substr(text, 2, 0)', { text: 'äbcd' }, ''],
    ['substr(text, 2, -1)', { text: 'äbcd' }, ''],
    ['substr(text, 0)', { text: null }, null],
    ['substr(text, int)', { text: 'a', int: null }, null],
    ['substr(text, 0, int)', { text: 'a', int: null }, null],
  ],
  replace: [
    ["replace(text, 'an', 'AN')", { text: 'banana' }, 'bANANa'],
    ["replace(text, 'an')", { text: 'banana' }, 'ba'],
    ['replace(text, text2, text3)', { text: 'aba', text2: 'a', text3: 'c' }, 'cbc'],
    ['replace(text, text2)', { text: 'aba', text2: '' }, '[replace() with an empty search text'],
    ["replace(text, 'a', text2)", { text: 'b', text2: null }, null],
  ],
  concat: [["concat(text, '-', text2)", { text: 'a', text2: 'b' }, 'a-b'], ["concat(text, '-', text2)", { text: 'a', text2: null }, null]],
  strpos: [
    ["strpos(text, 'b')", { text: 'üb' }, '2'], ["strpos(text, 'x')", { text: 'üb' }, '0'],
    ["strpos(text, '')", { text: 'üb' }, '1'], ["strpos(text, 'x')", { text: null }, null],
  ],
  starts_with: [
    ["starts_with(text, 'a%')", { text: 'a%b' }, 'true'], ["starts_with(text, 'b')", { text: 'ab' }, 'false'],
    ["starts_with(text, '')", { text: 'ab' }, 'true'], ["starts_with(text, 'b')", { text: null }, null],
  ],
  split_part: [
    ["split_part(text, ',', 2)", { text: 'a,b,c' }, 'b'],
    ["split_part(text, ',', 4)", { text: 'a,b,c' }, null],
    ["split_part(text, ',', 3)", { text: 'a,b,' }, ''],
    ["split_part(text, ',', 1)", { text: '' }, ''],
    ["split_part(text, ', ', 2)", { text: 'a, b' }, 'b'],
    ["split_part(text, ',', 0)", { text: 'a' }, '[Index must be greater than zero'],
    ["split_part(text, ',', int)", { text: 'a', int: '-1' }, '[Index must be greater than zero'],
    ["split_part(text, ',', 0)", { text: null }, null],
    ['split_part(text, text2, 1)', { text: 'a', text2: '' }, '[split_part() with an empty search text'],
  ],
  reverse: [['reverse(text)', { text: 'äbc' }, 'cbä'], ['reverse(text)', { text: 'e\u0301x' }, 'x\u0301e'], ['reverse(text)', { text: '' }, ''], ['reverse(text)', { text: null }, null]],
  lpad: [
    ["lpad(text, 8, 'xy')", { text: 'hällo' }, 'xyxhällo'],
    ["lpad(text, 3, 'xy')", { text: 'hällo' }, 'häl'],
    ["lpad(text, 0, 'x')", { text: 'hällo' }, ''],
    ["lpad(text, -1, 'x')", { text: 'a' }, '[Target length'],
    ['lpad(text, 5, text2)', { text: 'a', text2: '' }, '[Padding string must not be empty'],
    ["lpad(text, 3, 'x')", { text: null }, null],
  ],
  rpad: [["rpad(text, 8, 'xy')", { text: 'hällo' }, 'hälloxyx'], ["rpad(text, 3, 'xy')", { text: 'hällo' }, 'häl'], ["rpad(text, big, 'x')", { text: 'a', big: '3' }, 'axx']],
  to_hex: [['to_hex(bytes)', { bytes: '0aff' }, '0AFF'], ['to_hex(bytes)', { bytes: null }, null]],
};

/** @see https://trino.io/docs/current/functions/math.html */
export const NUMBERS: { readonly [name: string]: readonly Case[] } = {
  abs: [['abs(num)', { num: '-1.50' }, '1.50'], ['abs(int)', { int: '-3' }, '3'], ['abs(dbl)', { dbl: '-0.5' }, '0.5'], ['abs(int)', { int: '-2147483648' }, '[']],
  ceiling: [
    ['ceiling(num)', { num: '1.01' }, '2'], ['ceiling(num)', { num: '-1.99' }, '-1'], ['ceil(frac)', { frac: '0.9999' }, '1'],
    ['ceiling(dbl)', { dbl: '1.1' }, '2'], ['ceiling(int)', { int: '7' }, '7'], ['ceiling(num)', { num: null }, null],
  ],
  floor: [['floor(num)', { num: '1.99' }, '1'], ['floor(num)', { num: '-1.01' }, '-2'], ['floor(frac)', { frac: '-0.1000' }, '-1'], ['floor(dbl)', { dbl: '-1.1' }, '-2'], ['floor(big)', { big: '7' }, '7']],
  round: [
    ['round(num)', { num: '2.50' }, '3'],
    ['round(num)', { num: '-2.50' }, '-3'],
    ['round(num)', { num: '9999999999.50' }, '10000000000'],
    ['round(num, 1)', { num: '2.25' }, '2.30'],
    ['round(num, 1)', { num: '-2.25' }, '-2.30'],
    ['round(num, 5)', { num: '2.25' }, '2.25'],
    ['round(num, -1)', { num: '15.00' }, '20.00'],
    ['round(frac, 3)', { frac: '0.9995' }, '1.0000'],
    ['round(dbl)', { dbl: '2.5' }, '3'],
    ['round(dbl)', { dbl: '-2.5' }, '-3'],
    ['round(dbl, 1)', { dbl: '0.25' }, '0.3'],
    ['round(dbl, 1)', { dbl: '-0.25' }, '-0.3'],
    ['round(dbl, 2)', { dbl: '1.005' }, '1'],
    ['round(dbl, -1)', { dbl: '15' }, '20'],
    ['round(int, 1)', { int: '15' }, '15'],
    ['round(int, -1)', { int: '15' }, '20'],
    ['round(int, -1)', { int: '-15' }, '-20'],
    ['round(big)', { big: '15' }, '15'],
    ['round(num, 1)', { num: null }, null],
  ],
  sign: [['sign(num)', { num: '-0.50' }, '-1'], ['sign(int)', { int: '0' }, '0'], ['sign(dbl)', { dbl: '2.5' }, '1'], ['sign(sqrt(dbl))', { dbl: '-1' }, 'NaN']],
  mod: [
    ['mod(int, 3)', { int: '-7' }, '-1'], ['mod(int, -3)', { int: '7' }, '1'], ['mod(num, 2)', { num: '-7.25' }, '-1.25'], ['mod(dbl, 2)', { dbl: '-7.5' }, '-1.5'],
    ['mod(int, int2)', { int: '7', int2: '0' }, '[Division by zero'], ['mod(num, num2)', { num: '7', num2: '0' }, '[Division by zero'], ['mod(dbl, dbl2)', { dbl: '7', dbl2: '0' }, 'NaN'],
    ['mod(int, int2)', { int: null, int2: '2' }, null],
  ],
  power: [['power(int, 2)', { int: '3' }, '9'], ['power(num, 0.5)', { num: '2.25' }, '1.5'], ['power(dbl, -1)', { dbl: '0' }, 'Infinity'], ['power(dbl, 0.5)', { dbl: '-1' }, 'NaN'], ['power(int, 2)', { int: null }, null]],
  sqrt: [['sqrt(num)', { num: '6.25' }, '2.5'], ['sqrt(dbl)', { dbl: '-1' }, 'NaN'], ['sqrt(int)', { int: '9' }, '3'], ['sqrt(dbl)', { dbl: null }, null]],
  exp: [['exp(int)', { int: '0' }, '1'], ['exp(dbl)', { dbl: '1' }, '2.718281828459045']],
  ln: [['ln(int)', { int: '1' }, '0'], ['ln(dbl)', { dbl: '0' }, '-Infinity'], ['ln(dbl)', { dbl: '-1' }, 'NaN'], ['ln(dbl)', { dbl: null }, null]],
  log10: [['log10(num)', { num: '100.00' }, '2'], ['log10(dbl)', { dbl: '0' }, '-Infinity'], ['log10(dbl)', { dbl: '-5' }, 'NaN']],
};

/** @see https://trino.io/docs/current/functions/datetime.html */
export const TIMES: { readonly [name: string]: readonly Case[] } = {
  year: [['year(day)', { day: '2024-02-29' }, '2024'], ['year(time)', { time: '2024-12-31 23:59:59' }, '2024'], ['year(day)', { day: null }, null]],
  quarter: [['quarter(day)', { day: '2024-04-01' }, '2']],
  month: [['month(day)', { day: '2024-02-29' }, '2']],
  week: [['week(day)', { day: '2021-01-03' }, '53'], ['week(day)', { day: '2024-12-30' }, '1']],
  day: [['day(time)', { time: '2024-02-29 10:00:00' }, '29']],
  day_of_week: [['day_of_week(day)', { day: '2024-05-05' }, '7'], ['dow(day)', { day: '2024-05-06' }, '1']],
  day_of_year: [['day_of_year(day)', { day: '2024-12-31' }, '366']],
  hour: [['hour(time)', { time: '2024-01-01 23:59:59.999999' }, '23']],
  minute: [['minute(time)', { time: '2024-01-01 23:58:59.999999' }, '58']],
  second: [['second(time)', { time: '2024-01-01 23:58:59.999999' }, '59']],
  date: [
    ['date(time)', { time: '1969-12-31 23:59:59' }, '1969-12-31'], ['date(text)', { text: '2024-02-29' }, '2024-02-29'],
    ['date(text)', { text: '2024-02-30' }, '['], ['date(text)', { text: 'epoch' }, '['], ['date(text)', { text: null }, null],
  ],
  last_day_of_month: [['last_day_of_month(day)', { day: '2024-02-01' }, '2024-02-29'], ['last_day_of_month(time)', { time: '2023-02-01 12:00:00' }, '2023-02-28']],
  date_trunc: [
    ["date_trunc('month', day)", { day: '2024-05-31' }, '2024-05-01'],
    ["date_trunc('week', day)", { day: '2024-05-05' }, '2024-04-29'],
    ["date_trunc('QUARTER', day)", { day: '2024-05-05' }, '2024-04-01'],
    ["date_trunc('year', time)", { time: '2024-05-05 10:11:12.5' }, '2024-01-01 00:00:00.000000'],
    ["date_trunc('hour', time)", { time: '2024-05-05 10:11:12.5' }, '2024-05-05 10:00:00.000000'],
    ["date_trunc('second', time)", { time: '2024-05-05 10:11:12.5' }, '2024-05-05 10:11:12.000000'],
    ["date_trunc('day', time)", { time: null }, null],
  ],
  date_add: [
    ["date_add('month', 1, day)", { day: '2024-01-31' }, '2024-02-29'],
    ["date_add('month', -1, day)", { day: '2024-03-31' }, '2024-02-29'],
    ["date_add('year', 1, day)", { day: '2024-02-29' }, '2025-02-28'],
    ["date_add('quarter', int, day)", { day: '2024-01-31', int: '1' }, '2024-04-30'],
    ["date_add('week', 2, day)", { day: '2024-02-28' }, '2024-03-13'],
    ["date_add('day', -1, day)", { day: '2024-03-01' }, '2024-02-29'],
    ["date_add('second', big, time)", { time: '2024-01-01 00:00:00.25', big: '-1' }, '2023-12-31 23:59:59.250000'],
    ["date_add('minute', 90, time)", { time: '2024-01-01 00:00:00' }, '2024-01-01 01:30:00.000000'],
    ["date_add('hour', 25, time)", { time: '2024-01-01 00:00:00' }, '2024-01-02 01:00:00.000000'],
    ["date_add('day', 1, day)", { day: null }, null],
  ],
  date_diff: [
    ["date_diff('day', time, time2)", { time: '2024-02-28 11:00:00', time2: '2024-02-29 10:00:00' }, '0'],
    ["date_diff('day', time, time2)", { time: '2024-02-29 10:00:00', time2: '2024-02-27 10:00:00' }, '-2'],
    ["date_diff('month', day, day2)", { day: '2024-01-31', day2: '2024-02-29' }, '1'],
    ["date_diff('month', day, day2)", { day: '2024-01-31', day2: '2024-02-28' }, '0'],
    ["date_diff('quarter', day, day2)", { day: '2024-01-01', day2: '2024-12-31' }, '3'],
    ["date_diff('year', day, day2)", { day: '2024-02-29', day2: '2025-02-28' }, '1'],
    ["date_diff('week', day, day2)", { day: '2024-01-01', day2: '2024-01-14' }, '1'],
    ["date_diff('second', time, time2)", { time: '2024-01-01 00:00:00.0009', time2: '2024-01-01 00:00:01.0005' }, '1'],
    ["date_diff('hour', time, time2)", { time: '2024-01-01 00:59:00', time2: '2024-01-01 02:00:00' }, '1'],
    ["date_diff('minute', time, time2)", { time: null, time2: '2024-01-01 02:00:00' }, null],
  ],
};

/** @see https://trino.io/docs/current/functions/array.html, map.html and json.html */
export const COLLECTIONS: { readonly [name: string]: readonly Case[] } = {
  cardinality: [['cardinality(list)', { list: '[a, NULL]' }, '2'], ['cardinality(map)', { map: '{a=1, b=2}' }, '2'], ['cardinality(list)', { list: null }, null], ['cardinality(list)', { list: '[]' }, '0']],
  contains: [
    ["contains(list, 'a')", { list: '[b, a]' }, 'true'], ["contains(list, 'x')", { list: '[b, a]' }, 'false'], ["contains(list, 'x')", { list: '[b, NULL]' }, null],
    ["contains(list, 'b')", { list: '[b, NULL]' }, 'true'], ['contains(list, text)', { list: '[]', text: null }, null], ["contains(list, 'x')", { list: null }, null],
    ['contains(ints, big)', { ints: '[1, 2]', big: '2' }, 'true'],
  ],
  element_at: [
    ['element_at(list, 1)', { list: '[a, b]' }, 'a'], ['element_at(list, -1)', { list: '[a, b]' }, 'b'], ['element_at(list, 3)', { list: '[a, b]' }, null],
    ['element_at(list, -3)', { list: '[a, b]' }, null], ['element_at(list, int)', { list: '[a, b]', int: '0' }, '[SQL array indices start at 1'],
    ['element_at(list, int)', { list: null, int: '0' }, null], ["element_at(map, 'a')", { map: '{a=1}' }, '1'], ["element_at(map, 'b')", { map: '{a=1}' }, null],
    ["element_at(map, 'a')", { map: null }, null], ['element_at(map, text)', { map: '{a=1}', text: null }, null],
  ],
  array_join: [
    ["array_join(list, ', ')", { list: '[a, NULL, b]' }, 'a, b'], ["array_join(list, ',')", { list: '[]' }, ''],
    ["array_join(list, ',')", { list: '[NULL]' }, ''], ["array_join(list, ',')", { list: null }, null],
  ],
  json_extract_scalar: [
    ["json_extract_scalar(text, '$.a.b[1]')", { text: '{"a":{"b":[1,"\\u00e9"]}}' }, 'é'],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":42}' }, '42'],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":-42}' }, '-42'],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":true}' }, 'true'],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":null}' }, null],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":{"b":1}}' }, null],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":[1]}' }, null],
    ["json_extract_scalar(text, '$.b')", { text: '{"a":1}' }, null],
    ["json_extract_scalar(text, '$')", { text: '"a"' }, 'a'],
    ["json_extract_scalar(text, '$.a')", { text: 'hello' }, null],
    ["json_extract_scalar(text, '$.a')", { text: '' }, null],
    ["json_extract_scalar(text, '$.a')", { text: null }, null],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":1, oops' }, '[json_extract_scalar() of broken JSON'],
    ["json_extract_scalar(text, '$.a')", { text: '{"a":1.50}' }, '[json_extract_scalar() of a number with a fraction'],
  ],
};

/** @see https://trino.io/docs/current/functions/conditional.html and comparison.html */
export const CHOICES: { readonly [name: string]: readonly Case[] } = {
  coalesce: [["coalesce(text, 'x')", { text: null }, 'x'], ['coalesce(int, num)', { int: '3', num: '1.50' }, '3.00'], ['coalesce(text, text2)', { text: null, text2: null }, null]],
  greatest: [['greatest(int, 2)', { int: '1' }, '2'], ['greatest(int, 2)', { int: null }, null], ["greatest(text, 'B')", { text: 'a' }, 'a'], ['greatest(int, num)', { int: '3', num: '1.50' }, '3.00']],
  if: [["if(flag, 'a', 'b')", { flag: 'true' }, 'a'], ["if(flag, 'a', 'b')", { flag: null }, 'b'], ["if(flag, 'a')", { flag: 'false' }, null]],
  least: [['least(int, 2)', { int: '1' }, '1'], ['least(int, 2)', { int: null }, null]],
  nullif: [["nullif(text, '')", { text: '' }, null], ["nullif(text, '')", { text: 'a' }, 'a'], ["nullif(text, '')", { text: null }, null], ['nullif(int, 1.0)', { int: '1' }, null], ['nullif(int, num)', { int: '1', num: null }, '1']],
};
