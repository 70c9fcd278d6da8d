import { expectConvergence } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source and Gold a recompute', () => {
  test('when the process dies before or after any call of a port', () => expectConvergence('crashes'));
});
