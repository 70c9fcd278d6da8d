import * as fc from 'fast-check';
import type { AttributeValue } from '../../../lambda-src/bronze/attribute-value';
import { jsonConverter } from '../../../lambda-src/bronze/convert/json';
import { Misfit } from '../../../lambda-src/bronze/convert/misfit';
import type { ColumnType } from '../../../src/spec/column-type';
import { attributeValue } from '../../helpers/attribute-arbitraries';

const STRING: ColumnType = { kind: 'string' };
const PRICE: ColumnType = { kind: 'decimal', precision: 10, scale: 2 };

describe('a nested value becomes JSON text in which every number is a string', () => {
  test.each<[ColumnType, AttributeValue, string]>([
    [{ kind: 'list', element: STRING }, { L: [{ S: 'a"b' }, { N: '1.50' }, { NULL: true }] }, '["a\\"b","1.50",null]'],
    [{ kind: 'list', element: { kind: 'bigint' } }, { L: [{ N: '9007199254740993' }, { S: '2' }] }, '["9007199254740993","2"]'],
    [{ kind: 'list', element: PRICE }, { L: [{ N: '1.5' }, { N: '-0.05' }, { N: '1E2' }] }, '["1.50","-0.05","100.00"]'],
    [{ kind: 'list', element: { kind: 'boolean' } }, { L: [{ BOOL: true }, { BOOL: false }] }, '[true,false]'],
    [{ kind: 'list', element: { kind: 'date' } }, { L: [{ S: '2026-01-31' }] }, '["2026-01-31"]'],
    [{ kind: 'list', element: { kind: 'double' } }, { L: [{ N: '0.1' }, { N: '1E+21' }] }, '["0.1","1e+21"]'],
    [
      { kind: 'list', element: { kind: 'timestamp', format: { kind: 'epoch-milliseconds' } } },
      { L: [{ N: '1767225600123' }, { N: '-0.001' }, { N: '-62135596800000' }] },
      '["2026-01-01 00:00:00.123000","1969-12-31 23:59:59.999999","0001-01-01 00:00:00.000000"]',
    ],
    [{ kind: 'list', element: { kind: 'list', element: { kind: 'integer' } } }, { L: [{ L: [{ N: '1' }] }, { L: [] }] }, '[["1"],[]]'],
    [{ kind: 'list', element: { kind: 'binary' } }, { L: [{ B: 'YQ==' }] }, '["YQ=="]'],
    [{ kind: 'list', element: { kind: 'json' } }, { L: [{ M: { a: { N: '1' } } }, { NULL: true }] }, '["{\\"a\\":\\"1\\"}",null]'],
    [{ kind: 'set', element: STRING }, { SS: ['b', 'a'] }, '["b","a"]'],
    [{ kind: 'set', element: PRICE }, { NS: ['3', '1.25'] }, '["3.00","1.25"]'],
    [{ kind: 'set', element: { kind: 'binary' } }, { BS: ['YQ=='] }, '["YQ=="]'],
    [{ kind: 'map', value: PRICE }, { M: { 'b "quoted"': { N: '1' }, 'a': { NULL: true } } }, '{"b \\"quoted\\"":"1.00","a":null}'],
    [
      { kind: 'struct', fields: { street: { attribute: 'Street', type: STRING }, zip: { attribute: 'Zip', type: { kind: 'integer' } } } },
      { M: { Zip: { N: '10115' }, Other: { S: 'x' } } },
      '{"street":null,"zip":"10115"}',
    ],
    [{ kind: 'json' }, { N: '1.2300000000000000000000000000000000001E+125' }, '"1.2300000000000000000000000000000000001E+125"'],
    [
      { kind: 'json' },
      { M: { n: { N: '1' }, s: { S: 'x' }, t: { BOOL: true }, z: { NULL: true }, l: { L: [{ B: 'YQ==' }] }, ns: { NS: ['1', '2'] } } },
      '{"n":"1","s":"x","t":true,"z":null,"l":["YQ=="],"ns":["1","2"]}',
    ],
  ])('%j from %j', (type, value, expected) => {
    const text = jsonConverter(type)(value);
    expect(text).toBe(expected);
    expect(() => JSON.parse(text as string)).not.toThrow();
  });

  test('keeps keys that mean something to JavaScript', () => {
    const value = JSON.parse('{"M":{"__proto__":{"S":"x"},"constructor":{"S":"y"}}}');
    expect(jsonConverter({ kind: 'map', value: STRING })(value)).toBe('{"__proto__":"x","constructor":"y"}');
    expect(jsonConverter({ kind: 'json' })(value)).toBe('{"__proto__":"x","constructor":"y"}');
  });
});

describe('a nested value that does not convert says where', () => {
  const item: ColumnType = { kind: 'struct', fields: { price: { attribute: 'Price', type: PRICE }, tags: { attribute: 'Tags', type: { kind: 'set', element: STRING } } } };

  test.each<[ColumnType, unknown, string]>([
    [{ kind: 'list', element: PRICE }, { L: [{ N: '1' }, { N: '1.005' }] }, '[1]: N 1.005 is not a decimal(10,2)'],
    [{ kind: 'list', element: item }, { L: [{ M: { Price: { S: 'abc' } } }] }, '[0].price: S "abc" is not a decimal(10,2)'],
    [{ kind: 'map', value: item }, { M: { 'a b': { M: { Tags: { SS: ['x', 1] } } } } }, '["a b"].tags[1]: S 1 is not a string'],
    [{ kind: 'list', element: STRING }, { L: [{ M: {} }] }, '[0]: M {} is not a string'],
    [{ kind: 'json' }, { L: [{ X: 'x' }] }, 'L [{"X":"x"}] is not a json value'],
  ])('%j from %j', (type, value, reason) => {
    expect(jsonConverter(type)(value)).toEqual(new Misfit(reason));
  });
});

test('any attribute value is JSON, with every number as the text it was', () => {
  fc.assert(fc.property(attributeValue, value => {
    expect(JSON.parse(jsonConverter({ kind: 'json' })(value) as string)).toEqual(plain(value));
  }));
});

/** The model: built as objects, where the converter writes text. */
function plain(value: AttributeValue): unknown {
  if ('NULL' in value) return null;
  if ('L' in value) return value.L.map(plain);
  if ('M' in value) return Object.fromEntries(Object.entries(value.M).map(([key, each]) => [key, plain(each)]));
  return Object.values(value)[0];
}
