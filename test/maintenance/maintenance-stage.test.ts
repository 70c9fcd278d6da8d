import { Duration, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SPEC_METADATA } from '../../src/shipping/publish-spec';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { minimal } from '../pipeline/pipelines';

const WARNING = Match.stringLikeRegexp('Bronze keeps changes for 400 days only.*rebuild.*explain');

test('runs at night where the pipeline is', () => {
  const { template } = minimal({ timeZone: TimeZone.of('Europe/Berlin') });
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(40 3 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    State: 'ENABLED',
    Target: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('MaintenanceHandlerFunction'), 'Arn'] } },
  });
});

test('runs when the user says, or not by itself', () => {
  const { template } = minimal({ maintenance: { schedule: ScheduleExpression.rate(Duration.hours(12)), enabled: false } });
  template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(12 hours)', State: 'DISABLED' });
});

test('is reachable, and waits for the tables', () => {
  const { stack, template, pipeline } = minimal();
  const [[id, resource]] = Object.entries(template.findResources('AWS::Lambda::Function', { Properties: { Handler: 'maintenance.handler' } }));
  expect(stack.resolve(pipeline.maintenanceFunction.functionName)).toEqual({ Ref: id });
  expect(resource.DependsOn).toContainEqual(expect.stringContaining('SchemaTables'));
});

test('carries what is kept for how long in the spec', () => {
  const { pipeline } = minimal({ maintenance: { snapshotRetention: Duration.days(2), absentRetention: Duration.days(60) } });
  const { data } = pipeline.node.metadata.find(({ type }) => type === SPEC_METADATA)!;
  expect((data as PipelineSpec).retention).toEqual({
    snapshotSeconds: 172_800, absentSeconds: 5_184_000, failureSeconds: 2_592_000, rejectedSeconds: 2_592_000,
  });
});

test('says what a shorter life of Bronze takes away, and nothing where Bronze is kept', () => {
  Annotations.fromStack(minimal({ maintenance: { bronzeRetention: Duration.days(400) } }).stack).hasWarning('*', WARNING);
  Annotations.fromStack(minimal().stack).hasNoWarning('*', Match.stringLikeRegexp('Bronze'));
});
