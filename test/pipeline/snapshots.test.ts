import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { MedallionAnalyticsPipeline } from '../../src';
import { customers } from './pipelines';

/** The template with whatever changes with code, instead of with constructs, made equal. */
function normalized(stack: Stack): unknown {
  const text = JSON.stringify(Template.fromStack(stack).toJSON())
    .replace(/[0-9a-f]{64}\.zip/g, 'ASSET.zip')
    .replace(/"definition":"[0-9a-f]{16}"/g, '"definition":"DEFINITION"');
  return JSON.parse(text);
}

test('minimal: one table', () => {
  const stack = new Stack(new App(), 'Shop');
  new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
  expect(normalized(stack)).toMatchSnapshot();
});

test('everything: all props, in a known account, with a reader', () => {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', {
    name: 'shop_test',
    tables: { customers: customers(stack), clients: customers(stack, 'Clients') },
    removalPolicy: RemovalPolicy.DESTROY,
    silverSchedule: ScheduleExpression.rate(Duration.minutes(5)),
    goldSchedule: ScheduleExpression.cron({ minute: '15' }),
    maintenance: { schedule: ScheduleExpression.rate(Duration.days(2)), enabled: false, bronzeRetention: Duration.days(730) },
  });
  pipeline.grantQuery(new Role(stack, 'Analyst', { assumedBy: new AccountPrincipal('111122223333') }));
  expect(normalized(stack)).toMatchSnapshot();
});
