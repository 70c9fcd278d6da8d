import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { minimal, statementsOf } from '../pipeline/pipelines';

const { template } = minimal();

test('a stream is read from its beginning, in few large batches', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': ['Customers6955EA0A', 'StreamArn'] },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 60,
    ParallelizationFactor: 1,
  });
});

test('batches are the user\'s to choose, where reading starts and what becomes of failures is not', () => {
  const chosen = minimal({ ingestion: { batchSize: 500, batchingWindow: Duration.minutes(5), parallelizationFactor: 4 } }).template;
  chosen.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 500,
    MaximumBatchingWindowInSeconds: 300,
    ParallelizationFactor: 4,
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
  });
});

test('a failing batch is cut in half, tried until a few hours before the stream forgets it, and then kept with its records', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 20 * 60,
    MaximumRecordAgeInSeconds: 20 * 60 * 60,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('StorageBucket'), 'Arn'] } } },
  });
});

test('no filter keeps changes out: an item that leaves it would stay in Silver for ever', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { FilterCriteria: Match.absent(), FunctionResponseTypes: Match.absent() });
});

test('whether a mapping is enabled is left out, so that a deploy does not state it and a pause stays', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: Match.absent() });
});

test('the role under which Lambda puts failed batches aside can write to no other account\'s bucket, and is complete before the mapping is made', () => {
  const writes = statementsOf(template, 'BronzeHandler').filter(({ Action: actions }) => [actions].flat().includes('s3:PutObject'));
  expect(writes).not.toEqual([]);
  for (const { Condition } of writes) expect(Condition).toEqual({ StringEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } });
  const lists = statementsOf(template, 'BronzeHandler').filter(({ Action: actions }) => [actions].flat().includes('s3:ListBucket'));
  expect(lists).toEqual([expect.objectContaining({ Resource: { 'Fn::GetAtt': [expect.stringMatching('StorageBucket'), 'Arn'] } })]);
  template.hasResource('AWS::Lambda::Function', {
    Properties: { Description: Match.stringLikeRegexp('Bronze') },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('BronzeHandlerRoleDefaultPolicy')]),
  });
});

test('the function is told the bucket, and under which name it sends metrics', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('Bronze'),
    MemorySize: 1024,
    Timeout: 300,
    Environment: { Variables: Match.objectEquals({ BUCKET: { Ref: Match.stringLikeRegexp('StorageBucket') }, PIPELINE: 'shop', METRIC_DETAIL: 'pipeline' }) },
  });
});
