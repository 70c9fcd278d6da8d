import { Match } from 'aws-cdk-lib/assertions';
import { minimal } from '../pipeline/pipelines';

const { template } = minimal();

test('a stream is read from its beginning, in few large batches', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': ['Customers6955EA0A', 'StreamArn'] },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 60,
  });
});

test('a failing batch is cut in half, tried until a few hours before the stream forgets it, and then kept with its records', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 100,
    MaximumRecordAgeInSeconds: 20 * 60 * 60,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('StorageBucket'), 'Arn'] } } },
  });
});

test('no filter keeps changes out: an item that leaves it would stay in Silver for ever', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { FilterCriteria: Match.absent(), FunctionResponseTypes: Match.absent() });
});

test('the function is told the bucket, and under which name it sends metrics', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('Bronze'),
    MemorySize: 1024,
    Timeout: 300,
    Environment: { Variables: Match.objectEquals({ BUCKET: { Ref: Match.stringLikeRegexp('StorageBucket') }, PIPELINE: 'shop', METRIC_DETAIL: 'pipeline' }) },
  });
});
