import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { MedallionAnalyticsPipeline } from '../../src';
import { HANDLER_ASSETS } from '../../src/shipping/handler-assets';
import { customers, minimal, permissions } from '../pipeline/pipelines';

test('a bucket that an earlier deploy has retained is taken for the whole lake', () => {
  const stack = new Stack(new App(), 'Shop');
  const bucket = Bucket.fromBucketName(stack, 'Retained', 'shop-lake-1');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, bucket });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::S3::Bucket', 0);
  expect(pipeline.bucket).toBe(bucket);
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://shop-lake-1/athena-results/' } },
  });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { BUCKET: 'shop-lake-1', BRONZE_DATABASE: 'shop_bronze' } } });
  template.hasResourceProperties('AWS::Glue::Table', { TableInput: { StorageDescriptor: { Location: 's3://shop-lake-1/bronze/customers/' } } });
});

test('the key of a bucket of yours may be used by who reads and writes it', () => {
  const stack = new Stack(new App(), 'Shop');
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/mine');
  const bucket = Bucket.fromBucketAttributes(stack, 'Mine', { bucketArn: 'arn:aws:s3:::mine', encryptionKey });
  new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, bucket });
  const template = Template.fromStack(stack);
  for (const stage of ['Bronze', 'Silver', 'Gold', 'Schema']) {
    expect(permissions(template, `${stage}Handler`)).toEqual(expect.arrayContaining([
      `kms:Decrypt ${encryptionKey.keyArn}`, `kms:GenerateDataKey ${encryptionKey.keyArn}`,
    ]));
  }
});

describe('a retained bucket that an earlier deploy has encrypted', () => {
  const stack = new Stack(new App(), 'Shop');
  const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/former');
  const bucket = Bucket.fromBucketName(stack, 'Retained', 'shop-lake-1');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, bucket, encryptionKey });
  pipeline.grantQuery(new Role(stack, 'Analyst', { assumedBy: new AccountPrincipal('111122223333') }));
  const template = Template.fromStack(stack);

  test.each([...Object.keys(HANDLER_ASSETS), 'analyst'])('is read and written by %s with the former key', handler => {
    const role = handler === 'analyst' ? 'AnalystDefaultPolicy' : `${handler[0].toUpperCase()}${handler.slice(1)}Handler`;
    expect(permissions(template, role)).toEqual(expect.arrayContaining([`kms:Decrypt ${encryptionKey.keyArn}`, `kms:GenerateDataKey ${encryptionKey.keyArn}`]));
  });

  test('keeps query results under that key', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: encryptionKey.keyArn } } },
    });
  });
});

test('a bucket that tells of a key of its own is used with that one', () => {
  const stack = new Stack(new App(), 'Shop');
  const key = (name: string) => Key.fromKeyArn(stack, name, `arn:aws:kms:eu-west-1:111122223333:key/${name}`);
  const bucket = Bucket.fromBucketAttributes(stack, 'Mine', { bucketArn: 'arn:aws:s3:::mine', encryptionKey: key('bucket') });
  new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, bucket, encryptionKey: key('logs') });
  const rights = permissions(Template.fromStack(stack), 'SilverHandler').filter(line => line.startsWith('kms:'));
  expect(rights.filter(line => !line.endsWith('key/bucket'))).toEqual([]);
  expect(rights).not.toEqual([]);
});

describe('a key for everything', () => {
  const stack = new Stack(new App(), 'Shop');
  const encryptionKey = new Key(stack, 'Key');
  new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, encryptionKey });
  const template = Template.fromStack(stack);
  const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };

  test('encrypts the lake, with one data key for many objects', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }] },
    });
  });

  test('encrypts query results', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: key } } },
    });
  });

  test('leaves the access log to S3, which delivers into no other', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: Match.absent(),
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    });
  });
});

test('without a key nothing asks KMS', () => {
  expect(permissions(minimal().template, '').filter(line => line.startsWith('kms:'))).toEqual([]);
});
