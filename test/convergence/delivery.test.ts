import { expectConvergence } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source and Gold a recompute', () => {
  test('when changes arrive late, twice and out of order, cut into any runs', () => expectConvergence());
});
