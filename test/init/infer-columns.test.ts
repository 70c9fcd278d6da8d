import * as fc from 'fast-check';
import type { AttributeMap, AttributeValue } from '../../lambda-src/bronze/attribute-value';
import { converterOf } from '../../lambda-src/bronze/convert/converter';
import { Misfit } from '../../lambda-src/bronze/convert/misfit';
import { inferColumns } from '../../lambda-src/init/infer-columns';
import { attributeValue } from '../helpers/attribute-arbitraries';

const item: fc.Arbitrary<AttributeMap> = fc.dictionary(fc.constantFrom('id', 'A', 'b_at', 'ttl', 'Name'), attributeValue, { maxKeys: 5 }) as fc.Arbitrary<AttributeMap>;

test('every column that is inferred holds every value that was seen', () => {
  fc.assert(fc.property(fc.array(item, { maxLength: 6 }), items => {
    for (const { attribute, type } of inferColumns({ key: ['id'], items })) {
      const convert = converterOf(type);
      const values = items.map(one => convert(one[attribute] as AttributeValue | undefined));
      expect([attribute, type, ...values]).not.toContainEqual(expect.any(Misfit));
    }
  }));
});

test('no two attributes share a column, and every column has a name that the pipeline takes', () => {
  const attributes = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(attributes, names => {
    const columns = inferColumns({ key: [names[0]], items: [Object.fromEntries(names.map(name => [name, { S: 'x' }]))] }).map(({ name }) => name);
    expect(new Set(columns).size).toBe(names.length);
    for (const name of columns) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  }));
});
