import { closestName } from '../../src/expression/closest-name';

test.each([
  ['totalamount', ['total_amount', 'amount'], 'total_amount'],
  ['OrderID', ['order_id', 'customer_id'], 'order_id'],
  ['region', ['regions', 'religion'], 'regions'],
  ['x', ['abc'], undefined],
  ['price', [], undefined],
  ['revenue', ['quantity', 'customer'], undefined],
])('%s among %j', (name, candidates, expected) => {
  expect(closestName(name, candidates)).toBe(expected);
});

test('the answer does not depend on the order of the names', () => {
  expect(closestName('cat', ['car', 'bat'])).toBe(closestName('cat', ['bat', 'car']));
});
