import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
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

test('a listener may come after something has referred to an alarm', () => {
  const { stack, pipeline } = shop();
  stack.exportValue(pipeline.alarms['silver-failed'].alarmArn);
  expect(() => pipeline.onRefreshed('SendReport')).not.toThrow();
  stack.exportValue(pipeline.alarms['gold-unannounced'].alarmArn);
  expect(() => pipeline.onRefreshed('SendAnother')).not.toThrow();
});

test('a listener\'s alarm has the same id wherever the construct stands, as those that were there before', () => {
  const ids = (deep: boolean): string[] => {
    const stack = new Stack(new App(), 'Shop');
    const scope = deep ? new Construct(stack, 'Feature') : stack;
    new MedallionAnalyticsPipeline(scope, 'Analytics', { tables: { customers: customers(stack) }, name: 'shop' }).onRefreshed('SendReport');
    return Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  };
  expect(ids(true)).toEqual(ids(false));
});

test('a listener of another stack that also queries is made there, and neither stack waits for the other', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, name: 'shop' });
  const other = new Stack(app, 'Reports');
  const report = new Function(other, 'Report', { runtime: Runtime.NODEJS_LATEST, handler: 'index.handler', code: Code.fromInline('//') });
  pipeline.grantQuery(report);
  pipeline.onRefreshed('SendReport', { target: new LambdaFunction(report), crossStackScope: other });
  expect(() => app.synth()).not.toThrow();
  Template.fromStack(other).resourceCountIs('AWS::Events::Rule', 1);
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
