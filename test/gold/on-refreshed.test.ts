import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { MedallionAnalyticsPipeline, type MonitoringOptions } from '../../src';
import { customers, minimal } from '../pipeline/pipelines';

function shop(monitoring: MonitoringOptions = {}): { readonly stack: Stack; readonly pipeline: MedallionAnalyticsPipeline } {
  const stack = new Stack(new App(), 'Shop');
  return { stack, pipeline: new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, name: 'shop', monitoring }) };
}

test('without a listener there is neither a rule nor an alarm for it', () => {
  const { template, pipeline } = minimal();
  template.resourceCountIs('AWS::Events::Rule', 0);
  expect(pipeline.alarms).not.toHaveProperty('gold-unannounced');
});

test('a target is invoked for this pipeline\'s refreshes, of the tables that it asks for', () => {
  const { stack, pipeline } = shop();
  const target = new SqsQueue(new Queue(stack, 'Reports'));
  pipeline.onRefreshed('SendReport', { target, description: 'Sends the report', eventPattern: { detail: { tables: ['sales'] } } });
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    Description: 'Sends the report',
    EventPattern: {
      'source': ['cdk-medallion-analytics'],
      'detail-type': ['Gold tables refreshed'],
      'detail': { pipeline: ['shop'], tables: ['sales'] },
    },
    Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Reports'), 'Arn'] } }],
  });
});

test('several listeners share one alarm, which tells whom the others tell', () => {
  const { stack, pipeline } = shop({ alarmTopic: Topic.fromTopicArn(new Stack(), 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms') });
  pipeline.onRefreshed('One');
  pipeline.onRefreshed('Other').addTarget(new SqsQueue(new Queue(stack, 'Reports')));
  const template = Template.fromStack(stack);
  template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmName: 'shop-gold-unannounced' }, 1);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'shop-gold-unannounced', AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] });
  expect(pipeline.alarms).toHaveProperty('gold-unannounced');
});
