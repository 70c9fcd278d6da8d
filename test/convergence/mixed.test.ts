import { expectConvergence } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source under the last definition and Gold a recompute', () => {
  test('when definitions change between exports', () => expectConvergence('lost records', 'redefinitions'));
  test('when batches are given up as well, and put through again before each export', () => expectConvergence('lost records', 'set aside'));
  test('when all of it comes together, and the process dies', () => expectConvergence('lost records', 'redefinitions', 'set aside', 'crashes'));
});
