import { expectConvergence } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source and Gold a recompute', () => {
  test('when the journal is lost as well', () => expectConvergence('crashes', 'lost journal'));
});
