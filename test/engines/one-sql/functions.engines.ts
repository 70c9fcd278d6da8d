import { duckDbType } from '../../../lambda-src/sql/duckdb/type-name';
import { typeOf } from '../../../lambda-src/sql/duckdb/type-of';
import { typeName } from '../../../src/expression/sql-type';
import { CHOICES, COLLECTIONS, NUMBERS, TEXT, TIMES, type Case } from '../../sql/cases/functions';
import { CASTS, OPERATORS } from '../../sql/cases/operators';
import { Evaluator, typed } from '../../sql/evaluate';
import { AthenaFailedError } from '../lake/raw-athena';
import { AthenaEvaluator } from './athena-evaluator';

const GROUPS: { readonly [name: string]: readonly Case[] } = {
  ...TEXT, ...NUMBERS, ...TIMES, ...COLLECTIONS, ...CHOICES, operators: OPERATORS, casts: CASTS,
};
/** Cases that end in an error. Those of which the embedded engine only says that it will not try are another matter. */
const fails = ([, , expected]: Case): boolean => expected !== null && expected.startsWith('[') && expected !== '[]';
const isLocalLimit = ([, , expected]: Case): boolean => / of broken JSON| of a number with a fraction|This text for|an empty search text/.test(expected ?? '');

let athena: AthenaEvaluator;
let embedded: Evaluator;
beforeAll(async () => {
  athena = new AthenaEvaluator();
  embedded = await Evaluator.open();
});
afterAll(() => embedded.close());

describe.each(Object.entries(GROUPS))('%s', (_, cases) => {
  const good = cases.filter(one => !fails(one));
  const bad = cases.filter(one => fails(one) && !isLocalLimit(one));

  test('has on Trino the values and types that it has on the embedded engine', async () => {
    const onTrino = await athena.evaluate(good);
    const found = good.map(([text, columns], index) => ({ text, columns, ...onTrino[index], embeddedType: duckDbType(typeOf(typed(text, columns))!).replaceAll(', ', ',') }));
    const expected = [];
    for (const [text, columns] of good) {
      const value = await embedded.value(text, columns); // one at a time: all of them use the same table
      const type = typeName(typeOf(typed(text, columns))!);
      expected.push({ text, columns, value, type, embeddedType: await embedded.typeName(text, columns) });
    }
    expect(found).toEqual(expected);
  });

  if (bad.length > 0) {
    test.each(bad)('fails on Trino too: %s with %j', async (text, columns) => {
      const error: unknown = await athena.evaluate([[text, columns, null]]).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AthenaFailedError);
      expect((error as AthenaFailedError).execution.Status?.AthenaError?.ErrorCategory).toBe(2);
    });
  }
});
