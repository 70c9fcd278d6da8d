import { inspect } from 'node:util';
import { PipelineDefinitionError } from '../../src/checks/problem';

test('an uncaught error says each problem once', () => {
  const error = new PipelineDefinitionError('P', [{ path: 'tables.orders', what: 'wrong', fix: 'repair it' }]);
  expect(error.problems).toHaveLength(1);
  expect(inspect(error).match(/repair it/g)).toHaveLength(1);
});
