import { overtaken } from './overtaken';
import { expectConvergence, expectConvergenceAround } from './runs';

jest.setTimeout(60 * 60 * 1000);

describe('Silver equals the source under the last definition and Gold a recompute', () => {
  test('when definitions change in the middle, and old functions go on for a while', () => expectConvergence('redefinitions'));
  test('when a deploy comes while functions are at work on the same rows', () => expectConvergenceAround(overtaken()));
  test('when the process dies before or after any call of a port as well', () => expectConvergence('redefinitions', 'crashes'));
  test('when the journal is lost as well', () => expectConvergence('redefinitions', 'lost journal'));
});
