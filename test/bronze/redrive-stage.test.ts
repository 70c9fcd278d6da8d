import { Match } from 'aws-cdk-lib/assertions';
import { minimal } from '../pipeline/pipelines';

const { template, pipeline, stack } = minimal();

test('redriving has a quarter of an hour, Bronze\'s memory and nobody who starts it but the user', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Puts failed batches and rejected records through Bronze again',
    Timeout: 900,
    MemorySize: 1024,
    Environment: { Variables: { BUCKET: { Ref: Match.stringLikeRegexp('StorageBucket') } } },
  });
  const schedules = JSON.stringify(template.findResources('AWS::Scheduler::Schedule'));
  expect(schedules).not.toContain('Redrive');
});

test('the user finds its function on the pipeline', () => {
  expect(stack.resolve(pipeline.redriveFunction.functionName)).toEqual({ Ref: expect.stringMatching(/^AnalyticsRedriveHandlerFunction/) });
});
