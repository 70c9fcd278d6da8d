import { expectConvergence } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source and Gold a recompute', () => {
  test('when changes are given up or rejected, and put through again after newer ones', () => expectConvergence('crashes', 'set aside'));
});
