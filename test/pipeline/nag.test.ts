import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EcommerceStack } from '../../examples/ecommerce/app';
import { MedallionAnalyticsPipeline } from '../../src';
import { customers } from './pipelines';

/** `rule: construct path` of everything that AwsSolutions complains about. */
function findings(app: App): string[] {
  app.synth();
  const { violations } = new AwsSolutionsChecks(app).validate({ appConstruct: app, templatePaths: [] } as never);
  return violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName}: ${constructPath}`));
}

test('AwsSolutions finds nothing in the example', () => {
  const app = new App();
  new EcommerceStack(app, 'Ecommerce');
  expect(findings(app)).toEqual([]);
});

test('nor in a stack of a known account, nor in one that deletes its data', () => {
  const app = new App();
  const known = new Stack(app, 'Known', { env: { account: '111122223333', region: 'eu-west-1' } });
  new MedallionAnalyticsPipeline(known, 'Analytics', { tables: { customers: customers(known) } });
  const destroyed = new Stack(app, 'Destroyed');
  new MedallionAnalyticsPipeline(destroyed, 'Analytics', { tables: { customers: customers(destroyed) }, removalPolicy: RemovalPolicy.DESTROY });
  expect(findings(app)).toEqual([]);
});

test('a right that somebody adds later is found all the same', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
  pipeline.bucket.grantRead(pipeline.goldFunction);
  expect(findings(app)).toContainEqual(expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<.*\.Arn>\/\*\]: Shop\/Analytics\/Gold/));
});
