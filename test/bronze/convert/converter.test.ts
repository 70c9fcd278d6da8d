import { converterOf } from '../../../lambda-src/bronze/convert/converter';
import { Misfit } from '../../../lambda-src/bronze/convert/misfit';
import type { ColumnType } from '../../../src/spec/column-type';

const DECIMAL: ColumnType = { kind: 'decimal', precision: 12, scale: 2 };
const ALL: readonly ColumnType[] = [
  { kind: 'string' }, { kind: 'boolean' }, { kind: 'integer' }, { kind: 'bigint' }, { kind: 'double' }, { kind: 'date' }, { kind: 'binary' },
  { kind: 'json' }, DECIMAL, { kind: 'timestamp', format: { kind: 'iso8601' } }, { kind: 'list', element: { kind: 'string' } },
  { kind: 'set', element: { kind: 'string' } }, { kind: 'map', value: { kind: 'string' } }, { kind: 'struct', fields: {} },
];

describe.each(ALL.map(type => [type.kind, type] as const))('a %s', (_, type) => {
  test('is null where the item has no attribute, or a null', () => {
    expect(converterOf(type)(undefined)).toBeNull();
    expect(converterOf(type)({ NULL: true })).toBeNull();
  });

  test.each([
    ['null of JSON', null], ['bare text', 'x'], ['array', []], ['nothing in it', {}], ['unknown type', { X: '1' }], ['false null', { NULL: false }],
    ['wrong content', { S: 1 }], ['wrong number', { N: 'one' }], ['wrong set', { SS: 'x' }],
  ])('never takes what is no attribute value: %s', (__, value) => {
    expect(converterOf(type)(value)).toBeInstanceOf(Misfit);
  });
});

describe('a value converts exactly', () => {
  test.each<[ColumnType, unknown, unknown]>([
    [{ kind: 'string' }, { S: 'Grüße 🎉\u0000' }, 'Grüße 🎉\u0000'],
    [{ kind: 'string' }, { S: '' }, ''],
    [{ kind: 'string' }, { N: '12345678901234567890.12' }, '12345678901234567890.12'],
    [{ kind: 'boolean' }, { BOOL: false }, false],
    [{ kind: 'integer' }, { N: '-2147483648' }, -2147483648n],
    [{ kind: 'integer' }, { S: '2147483647' }, 2147483647n],
    [{ kind: 'integer' }, { N: '1E3' }, 1000n],
    [{ kind: 'bigint' }, { N: '9007199254740993' }, 9007199254740993n],
    [{ kind: 'bigint' }, { N: '9223372036854775807' }, 9223372036854775807n],
    [{ kind: 'bigint' }, { N: '-9223372036854775808' }, -9223372036854775808n],
    [{ kind: 'double' }, { N: '9.9999999999999999999999999999999999999E+125' }, 1e126],
    [{ kind: 'double' }, { S: '-1E-130' }, -1e-130],
    [DECIMAL, { N: '9999999999.99' }, 999999999999n],
    [DECIMAL, { S: '-3.1' }, -310n],
    [{ kind: 'date' }, { S: '1970-01-02' }, 1],
    [{ kind: 'date' }, { S: '0001-01-01' }, -719162],
    [{ kind: 'date' }, { S: '9999-12-31' }, 2932896],
    [{ kind: 'date' }, { S: '2000-02-29' }, 11016],
    [{ kind: 'binary' }, { B: '3q2+7w==' }, Buffer.from([0xde, 0xad, 0xbe, 0xef])],
    [{ kind: 'binary' }, { B: '' }, Buffer.from([])],
  ])('%j from %j', (type, value, expected) => {
    expect(converterOf(type)(value)).toEqual(expected);
  });
});

describe('a value that does not convert says why', () => {
  test.each<[ColumnType, unknown, string]>([
    [{ kind: 'string' }, { BOOL: true }, 'BOOL true is not a string'],
    [{ kind: 'string' }, { S: '\ud800' }, 'S "\\ud800" is not a string'],
    [{ kind: 'boolean' }, { S: 'true' }, 'S "true" is not a boolean'],
    [{ kind: 'integer' }, { N: '2147483648' }, 'N 2147483648 is not an integer'],
    [{ kind: 'integer' }, { N: '1.5' }, 'N 1.5 is not an integer'],
    [{ kind: 'bigint' }, { N: '9223372036854775808' }, 'N 9223372036854775808 is not a bigint'],
    [{ kind: 'double' }, { S: '1E+400' }, 'S "1E+400" is not a double'],
    [{ kind: 'double' }, { S: 'Infinity' }, 'S "Infinity" is not a double'],
    [{ kind: 'double' }, { S: '' }, 'S "" is not a double'],
    [{ kind: 'double' }, { S: ' 1' }, 'S " 1" is not a double'],
    [{ kind: 'double' }, { S: '0x10' }, 'S "0x10" is not a double'],
    [DECIMAL, { N: '1.005' }, 'N 1.005 is not a decimal(12,2)'],
    [DECIMAL, { S: 'abc' }, 'S "abc" is not a decimal(12,2)'],
    [{ kind: 'date' }, { S: '2001-02-29' }, 'S "2001-02-29" is not a date in the form yyyy-MM-dd'],
    [{ kind: 'date' }, { S: '1900-02-29' }, 'S "1900-02-29" is not a date in the form yyyy-MM-dd'],
    [{ kind: 'date' }, { S: '0000-01-01' }, 'S "0000-01-01" is not a date in the form yyyy-MM-dd'],
    [{ kind: 'date' }, { S: '2026-01-31T00:00:00' }, 'S "2026-01-31T00:00:00" is not a date in the form yyyy-MM-dd'],
    [{ kind: 'binary' }, { B: 'a' }, 'B "a" is not a binary'],
    [{ kind: 'binary' }, { S: 'YQ==' }, 'S "YQ==" is not a binary'],
    [{ kind: 'list', element: { kind: 'string' } }, { SS: ['a'] }, 'SS ["a"] is not a list'],
    [{ kind: 'set', element: { kind: 'string' } }, { L: [] }, 'L [] is not a set'],
  ])('%j from %j', (type, value, reason) => {
    expect(converterOf(type)(value)).toEqual(new Misfit(reason));
  });

  test('without repeating all of a long value, or half of a character', () => {
    const { reason } = converterOf({ kind: 'date' })({ S: `${'x'.repeat(78)}🎉${'x'.repeat(1000)}` }) as Misfit;
    expect(reason).toBe(`S "${'x'.repeat(78)}… is not a date in the form yyyy-MM-dd`);
  });
});

test('an attribute that every object seems to have is not read from the object itself', () => {
  const struct: ColumnType = { kind: 'struct', fields: { made: { attribute: 'constructor', type: { kind: 'string' } } } };
  expect(converterOf(struct)({ M: {} })).toBe('{"made":null}');
  expect(converterOf(struct)({ M: { constructor: { S: 'x' } } })).toBe('{"made":"x"}');
});
