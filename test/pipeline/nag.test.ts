import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EcommerceStack } from '../../examples/ecommerce/app';
import { Column, MedallionAnalyticsPipeline, Privacy, SilverTable, Source, type MedallionAnalyticsPipelineProps } from '../../src';
import { customers, sourceTable } from './pipelines';

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

test.each<[string, (stack: Stack) => Partial<MedallionAnalyticsPipelineProps>]>([
  ['a key of the user\'s', stack => ({ encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }) })],
  ['a key of another stack\'s', stack => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/mine') })],
  ['a bucket of the user\'s', stack => ({ bucket: new Bucket(stack, 'Own', { enforceSSL: true }) })],
  ['a bucket that was retained', stack => ({ name: 'shop', bucket: Bucket.fromBucketName(stack, 'Retained', 'shop-lake-1') })],
  ['a bucket with its own key', stack => ({
    bucket: Bucket.fromBucketAttributes(stack, 'Mine', {
      bucketArn: 'arn:aws:s3:::mine', encryptionKey: Key.fromKeyArn(stack, 'BucketKey', 'arn:aws:kms:eu-west-1:111122223333:key/mine'),
    }),
  })],
  ['hashed values', stack => ({
    tables: {
      customers: SilverTable.of(Source.dynamoDb(sourceTable(stack, 'Hashed')), {
        key: ['customer_id'],
        columns: { customer_id: Column.string('CustomerID'), mail: Column.string('Mail') },
        privacy: { Mail: Privacy.hash() },
      }),
    },
    hashKey: new Secret(stack, 'HashKey'),
  })],
  ['a listener, and gaps that are healed', () => ({ backfill: { healOnIteratorAge: true } })],
])('nor in a pipeline with %s', (_, props) => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, ...props(stack) });
  pipeline.onRefreshed('Listener');
  // The user's own bucket, key and secret are the user's business.
  expect(findings(app).filter(finding => finding.includes(': Shop/Analytics'))).toEqual([]);
});

test('a right that somebody adds later is found all the same', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
  pipeline.bucket.grantRead(pipeline.goldFunction);
  expect(findings(app)).toContainEqual(expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<.*\.Arn>\/\*\]: Shop\/Analytics\/Gold/));
});
