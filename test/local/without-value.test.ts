import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import { withoutValue } from '../../lambda-src/local/without-value';
import { EVERY_TYPE_PIPELINE } from './every-type';

const { countries } = EVERY_TYPE_PIPELINE.tables;
const spec = {
  tables: {
    b: {
      ...countries,
      columns: {
        id: { attribute: 'ID', type: { kind: 'string' } },
        city: { attribute: 'Address.City', type: { kind: 'string' } },
        note: { attribute: 'note', type: { kind: 'string' } },
        typo: { attribute: 'Nmae', type: { kind: 'string' } },
      },
      privacy: { 'Email': 'hash', 'Address.Street': 'drop', 'Contacts.Phone': 'hash', 'Phoen': 'hash', 'Address.Zip': 'drop' },
    },
  },
} as const;

const ITEMS: readonly AttributeMap[] = [
  { ID: { S: '1' }, Address: { M: { City: { S: 'Bonn' }, Street: { S: 'Am Hof' } } }, note: { NULL: true } },
  { ID: { S: '2' }, Email: { S: 'a@b.c' }, Contacts: { L: [{ S: 'none' }, { M: { Phone: { S: '1' } } }] } },
];

describe('what no item has', () => {
  test('is told of columns, by their attributes, and of private attributes, by their paths', () => {
    expect(withoutValue(spec, () => ITEMS)).toEqual([{
      table: 'b',
      columns: [{ name: 'city', attribute: 'Address.City' }, { name: 'note', attribute: 'note' }, { name: 'typo', attribute: 'Nmae' }],
      private: ['Phoen', 'Address.Zip'],
    }]);
  });

  test('is nothing where every column has a value in some item', () => {
    const whole: AttributeMap = {
      'ID': { S: '3' },
      'Address.City': { S: 'x' },
      'note': { S: 'x' },
      'Nmae': { S: 'x' },
      'Phoen': { NULL: true },
      'Address': { M: { Zip: { S: 'x' } } },
    };
    expect(withoutValue(spec, () => [...ITEMS, whole])).toEqual([]);
  });

  test('is not told of a table without items', () => {
    expect(withoutValue(spec, () => [])).toEqual([]);
  });
});
