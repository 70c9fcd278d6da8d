import { athenaSql } from '../../lambda-src/sql/athena';
import { item } from '../../lambda-src/sql/build';
import { typed, type Columns } from './evaluate';

function athena(text: string, columns: Columns): string {
  const names = { databases: { bronze: 'b', silver: 's', gold: 'g', bookkeeping: 'k' }, location: () => 's3://none/' };
  return athenaSql({ kind: 'select', columns: [item(typed(text, columns), 'value')] }, names);
}

test('mod() is the operator, whose division by zero is an error of the value and not of the engine', () => {
  expect(athena('2 * mod(int, int2 + 1)', { int: '7', int2: '0' })).toBe('SELECT 2 * ("int" % ("int2" + 1)) AS "value"');
});
