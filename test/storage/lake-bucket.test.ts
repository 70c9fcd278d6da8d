import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Capture, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { MedallionAnalyticsPipeline } from '../../src';
import { minimal } from '../pipeline/pipelines';

const { template } = minimal();

test('nothing is public, nothing is unencrypted, and nobody comes in without TLS', () => {
  template.resourceCountIs('AWS::S3::Bucket', 2);
  template.allResourcesProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  });
  template.allResourcesProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
  });
});

/** Prefix to days of life. */
function lives(of: Template): { readonly [prefix: string]: number } {
  const rules = new Capture();
  of.hasResourceProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: { Rules: rules } });
  const expiring = (rules.asArray() as { Prefix?: string; ExpirationInDays?: number; ExpirationDate?: string }[])
    .filter(rule => 'ExpirationInDays' in rule || 'ExpirationDate' in rule);
  return Object.fromEntries(expiring.map(({ Prefix: prefix, ExpirationInDays: days }) => [prefix ?? 'everything', days!]));
}

test('no rule lets live data expire: neither tables nor change logs nor the journal', () => {
  expect(lives(template)).toEqual({ 'athena-results/': 7, 'exports/': 14, 'journal/requests/': 14, 'aws/lambda/': 30, 'rejected/': 30, 'done/': 30 });
});

test('what is put aside lives as long as the props say, and change logs only then for so long', () => {
  const { template: other } = minimal({
    maintenance: { failureRetention: Duration.days(7), rejectedRetention: Duration.days(14), bronzeRetention: Duration.days(400) },
  });
  expect(lives(other)).toEqual({ 'athena-results/': 7, 'exports/': 14, 'journal/requests/': 14, 'aws/lambda/': 7, 'rejected/': 14, 'done/': 14, 'bronze/': 400 });
});

test('a mistaken delete can be undone for a month', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })]) },
  });
});

test('access is logged elsewhere, by the log service and for this bucket alone', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('AccessLogs') }, LogFilePrefix: 'access/' },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: 's3:PutObject',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Condition: {
          ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('StorageBucket'), 'Arn'] } },
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      })]),
    },
  });
});

test('a bucket of the user\'s gets the very rules of the pipeline\'s own', () => {
  const maintenance = { failureRetention: Duration.days(7), bronzeRetention: Duration.days(400) };
  const stack = new Stack(new App(), 'Other');
  new Bucket(stack, 'Lake', { versioned: true, lifecycleRules: MedallionAnalyticsPipeline.lifecycleRules(maintenance) });
  const rulesOf = (of: Template) => {
    const rules = new Capture();
    of.hasResourceProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: { Rules: rules } });
    return rules.asArray() as object[];
  };
  expect(rulesOf(Template.fromStack(stack))).toEqual(rulesOf(minimal({ maintenance }).template));
});

test('the rules are written down, for buckets that are made elsewhere', () => {
  const text = readFileSync(path.join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([\w-]+)` \| (?:`([\w/-]+)`)? ?\| (.+) \|$/gm)].map(([, id, prefix, what]) => ({ id, prefix, what }));
  const rules = MedallionAnalyticsPipeline.lifecycleRules({ bronzeRetention: Duration.days(400) });
  expect(rows.map(({ id, prefix }) => [id, prefix])).toEqual(rules.map(({ id, prefix }) => [id, prefix]));
  for (const [index, { id, expiration }] of rules.entries()) {
    if (expiration && id !== 'change-logs') expect(rows[index].what).toMatch(new RegExp(`\\b${expiration.toDays()} days$`));
  }
});
