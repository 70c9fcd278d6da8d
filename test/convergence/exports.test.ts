import { expectConvergence } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source and Gold a recompute', () => {
  test('when records are lost, and exports come before, among and after the stream', () => expectConvergence('lost records'));

  test('when the process dies in the middle of it as well', () => expectConvergence('lost records', 'crashes'));
});
