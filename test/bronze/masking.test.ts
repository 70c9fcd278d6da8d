import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import type { AttributeMap, AttributeValue } from '../../lambda-src/bronze/attribute-value';
import { Hasher } from '../../lambda-src/bronze/hash-key';
import { Masking } from '../../lambda-src/bronze/masking';
import { LOCAL_HASH_KEY } from '../../lambda-src/local/local-hash-key';
import { maskedItems } from '../../lambda-src/local/verify/masked-items';
import type { Named, PrivacyRule } from '../../src/spec/pipeline-spec';
import { attributeMap, attributeValue } from '../helpers/attribute-arbitraries';

const hasher = new Hasher(LOCAL_HASH_KEY);
const masked = (privacy: Named<PrivacyRule>, item: { readonly [attribute: string]: unknown }) => new Masking(privacy, hasher).image(item);
const rule = fc.constantFrom<PrivacyRule>('hash', 'drop');

describe('a hash', () => {
  test('begins with what anybody who has the key computes', () => {
    const digest = createHmac('sha256', LOCAL_HASH_KEY).update('ann@example.org').digest('hex');
    expect(masked({ Email: 'hash' }, { Email: { S: 'ann@example.org' } })).toEqual({ Email: { S: expect.stringMatching(`^${digest}[0-9a-f]{16}$`) } });
  });

  test('is another one under another key', () => {
    const other = new Masking({ Email: 'hash' }, new Hasher(Buffer.from('another key of more than 16 bytes')));
    expect(other.image({ Email: { S: 'a' } })).not.toEqual(masked({ Email: 'hash' }, { Email: { S: 'a' } }));
  });

  test('is the same for the same value, whichever attribute and table it is in, and in whatever order a set comes', () => {
    expect(masked({ A: 'hash', B: 'hash' }, { A: { S: 'x' }, B: { S: 'x' } })).toMatchObject({ A: masked({ B: 'hash' }, { B: { S: 'x' } }).B });
    expect(masked({ A: 'hash' }, { A: { SS: ['b', 'a'] } })).toEqual(masked({ A: 'hash' }, { A: { SS: ['a', 'b'] } }));
  });

  test('tells values apart', () => {
    fc.assert(fc.property(attributeValue, attributeValue, (a, b) => {
      fc.pre(textOf(a) !== textOf(b));
      expect(masked({ A: 'hash' }, { A: a })).not.toEqual(masked({ A: 'hash' }, { A: b }));
    }));
  });

  test('leaves NULL as it is', () => {
    expect(masked({ A: 'hash' }, { A: { NULL: true } })).toEqual({ A: { NULL: true } });
  });

  test('is not taken for granted because a value looks like one', () => {
    const imitation = 'a'.repeat(80);
    expect(masked({ A: 'hash' }, { A: { S: imitation } })).not.toEqual({ A: { S: imitation } });
  });
});

describe('a rule', () => {
  test('applies to members of maps, also those in lists, by their path', () => {
    const item = { Contacts: { L: [{ M: { Email: { S: 'a' }, Kind: { S: 'home' } } }, { S: 'other' }] }, Address: { M: { Street: { S: 'b' } } } };
    expect(masked({ 'Contacts.Email': 'drop', 'Address.Street': 'hash' }, item)).toEqual({
      Contacts: { L: [{ M: { Kind: { S: 'home' } } }, { S: 'other' }] }, Address: { M: { Street: { S: hasher.hash('b') } } },
    });
  });

  test('applies to an attribute that has dots in its own name', () => {
    expect(masked({ 'a.b': 'drop', 'c.d.e': 'drop' }, { 'a.b': { S: 'x' }, 'c.d': { M: { e: { S: 'x' } } } })).toEqual({ 'c.d': { M: {} } });
  });

  test('touches no other attribute, and none of the same name elsewhere', () => {
    const item = { Other: { M: { Email: { S: 'a' } } }, Emails: { S: 'b' } };
    expect(masked({ Email: 'drop' }, item)).toEqual(item);
  });

  test.each([
    ['a bare text', 'secret'], ['a number', 7], ['no type at all', {}], ['two types', { S: 'secret', N: '1' }], ['an unknown type', { X: 'secret' }],
    ['null', null],
  ])('masks what is no attribute value too: %s', (_, value) => {
    for (const privacy of [{ Email: 'hash' }, { 'Email.Inner': 'hash' }] as Named<PrivacyRule>[]) {
      expect(masked(privacy, { Email: value })).toEqual({ Email: { S: expect.stringMatching(/^[0-9a-f]{80}$/) } });
    }
    for (const privacy of [{ Email: 'drop' }, { 'Email.Inner': 'drop' }] as Named<PrivacyRule>[]) {
      expect(masked(privacy, { Email: value })).toEqual({});
    }
  });
});

test('what is masked stays as it is when it is masked again, and when rules are added', () => {
  const names = ['a', 'b', 'a.b', 'b.a'];
  const rules = fc.dictionary(fc.constantFrom(...names), rule);
  const value = fc.oneof(attributeValue, fc.dictionary(fc.constantFrom('a', 'b'), attributeValue).map(M => ({ M })));
  const item = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value);
  fc.assert(fc.property(item, rules, rules, (attributes, before, added) => {
    const once = masked(before, attributes);
    expect(masked(before, once)).toEqual(once);
    expect(masked({ ...added, ...before }, once)).toEqual(masked({ ...added, ...before }, masked({ ...added, ...before }, once)));
  }));
});

test('the local verification expects the same, by a way of its own', () => {
  const names = ['a', 'b', 'a.b', 'b.a'];
  const nested = fc.dictionary(fc.constantFrom('a', 'b'), attributeValue);
  const value = fc.oneof(attributeValue, nested.map(M => ({ M })), fc.array(nested.map(M => ({ M })), { maxLength: 3 }).map(L => ({ L })));
  const item = fc.tuple(attributeMap, fc.dictionary(fc.constantFrom('a', 'b'), value)).map(([some, more]): AttributeMap => ({ ...some, ...more }));
  fc.assert(fc.property(item, fc.dictionary(fc.constantFrom(...names), rule), (attributes, privacy) => {
    const [expected] = maskedItems([attributes], privacy);
    expect(masked(privacy, attributes)).toEqual(expected);
  }), { numRuns: 300 });
});

function textOf(value: AttributeValue): string {
  if ('NULL' in value) return 'NULL';
  if ('S' in value) return value.S;
  if ('N' in value) return value.N;
  if ('B' in value) return value.B;
  return JSON.stringify(value, (_, member: unknown) => Array.isArray(member) && member.every(one => typeof one === 'string') ? [...member].sort() : member);
}
