import * as fc from 'fast-check';
import type { AttributeMap, AttributeValue } from '../../lambda-src/bronze/attribute-value';

/** Numbers as DynamoDB writes them: up to 38 digits, from 1E-130 to 9.99…E+125. */
export const numberText: fc.Arbitrary<string> = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }).map(String),
  fc.tuple(fc.integer({ min: -99999999, max: 99999999 }), fc.integer({ min: 1, max: 6 }))
    .map(([digits, point]) => (digits / 10 ** point).toFixed(point)),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -130, max: 125 }))
    .map(([digit, exponent]) => `${digit}E${exponent < 0 ? '' : '+'}${exponent}`),
  fc.constantFrom('0', '9.9999999999999999999999999999999999999E+125', '-1E-130', '9007199254740993'),
);

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const base64 = fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes).toString('base64'));

/** Names an item may use: user names, names of system columns, names every object has. */
export const attributeName: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  fc.constantFrom('_event_timestamp', '_sequence', '_errors', '_epoch', 'constructor', '__proto__', 'toString', '0', '7'),
);

/** Every type of value that DynamoDB has. */
export const attributeValue: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text.map(S => ({ S })),
    numberText.map(N => ({ N })),
    base64.map(B => ({ B })),
    fc.boolean().map(BOOL => ({ BOOL })),
    fc.constant({ NULL: true }),
    fc.uniqueArray(text, { minLength: 1, maxLength: 4 }).map(SS => ({ SS })),
    fc.uniqueArray(numberText, { minLength: 1, maxLength: 4 }).map(NS => ({ NS })),
    fc.uniqueArray(base64, { minLength: 1, maxLength: 4 }).map(BS => ({ BS })),
    fc.array(tie('value'), { maxLength: 4 }).map(L => ({ L })),
    mapWith(tie('value')).map(M => ({ M })),
  ),
})).value;

/** An item, or any map of attributes. */
export const attributeMap: fc.Arbitrary<AttributeMap> = mapWith(attributeValue);

function mapWith(value: fc.Arbitrary<AttributeValue>): fc.Arbitrary<AttributeMap> {
  return fc.uniqueArray(fc.tuple(attributeName, value), { maxLength: 6, selector: ([name]) => name })
    .map(entries => Object.fromEntries(entries));
}
