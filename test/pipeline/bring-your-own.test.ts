import { App, Aspects, CfnParameter, Duration, NestedStack, Stack, Stage, Tags, type IAspect } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, CfnRole, ManagedPolicy, PermissionsBoundary, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { LAMBDA_TIMEOUT, LEASE, PARK_BEFORE } from '../../lambda-src/journal/limits';
import {
  Column, MedallionAnalyticsPipeline, SilverTable, Source, type MedallionAnalyticsPipelineProps, type PipelineFunctionsOptions,
} from '../../src';
import { FUNCTION_LIMITS, LONGEST_TIMEOUT } from '../../src/shipping/function-limits';
import { HANDLER_ASSETS, type Handler } from '../../src/shipping/handler-assets';
import { customers, minimal, permissions } from './pipelines';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/mine';

describe('functions', () => {
  test('have the size, architecture and log retention that the user chose, and keep the rest', () => {
    const { template } = minimal({
      functions: { bronze: { memorySize: 2048 }, silver: { timeout: Duration.minutes(10) } },
      architecture: Architecture.X86_64,
      logRetention: RetentionDays.ONE_YEAR,
    });
    const functions = template.findResources('AWS::Lambda::Function');
    const handler = (name: string): unknown[] => {
      const { Properties: properties } = Object.values(functions).find(({ Properties: { Handler: called } }) => called === `${name}.handler`)!;
      return [properties.MemorySize, properties.Timeout, properties.Architectures[0]];
    };
    expect([handler('bronze'), handler('silver'), handler('gold')]).toEqual([[2048, 300, 'x86_64'], [256, 600, 'x86_64'], [256, 900, 'x86_64']]);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });
});

describe('the size of a function', () => {
  const refusal = (functions: PipelineFunctionsOptions): string => {
    try {
      minimal({ functions });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('can be chosen for every one of them', () => {
    const names = Object.keys(HANDLER_ASSETS) as Handler[];
    const size = { memorySize: 3000, timeout: Duration.minutes(14) };
    const { template } = minimal({ functions: Object.fromEntries(names.map(name => [name, size])) });
    for (const name of names) template.hasResourceProperties('AWS::Lambda::Function', { Handler: `${name}.handler`, MemorySize: 3000, Timeout: 840 });
  });

  test('that a stage could not work with is refused at synth, all of it at once', () => {
    const message = refusal({
      silver: { timeout: Duration.seconds(1) },
      gold: { timeout: Duration.minutes(16) },
      bronze: { memorySize: 128 },
      rebuild: { memorySize: 20_000 },
    });
    expect(message).toMatch(/functions.silver.timeout: .* never gets anywhere \(1 s\). Fix: give Duration.seconds\(n\), n from 300 to 900/);
    expect(message).toContain('functions.gold.timeout');
    expect(message).toContain('functions.bronze.memorySize: it must be a whole number of MiB that the stage can work with (128). Fix: give 512 to 10240');
    expect(message).toContain('functions.rebuild.memorySize');
  });

  test('that only a deploy knows, or that is of another kind, is refused too', () => {
    const token = new CfnParameter(new Stack(), 'Size', { type: 'Number' }).valueAsNumber;
    const unknown = refusal({ silver: { memorySize: token, timeout: Duration.seconds(token) } });
    expect(unknown).toMatch(/functions.silver.memorySize: the value is not known.*\n.*functions.silver.timeout: the value is not known/);
    expect(refusal({ silver: { timeout: 600 as never } })).toContain('functions.silver.timeout: a Duration is expected (600)');
    expect(refusal({ sliver: {} } as never)).toContain("there is no property of that name (sliver). Fix: did you mean 'silver'?");
  });

  test('leaves every stage more time than it keeps back', () => {
    for (const { shortestTimeout } of Object.values(FUNCTION_LIMITS)) {
      expect(shortestTimeout * 1000).toBeGreaterThanOrEqual(PARK_BEFORE);
      expect(shortestTimeout).toBeLessThanOrEqual(LONGEST_TIMEOUT);
    }
    expect(LONGEST_TIMEOUT * 1000).toBe(LAMBDA_TIMEOUT);
    expect(LEASE).toBeGreaterThan(LONGEST_TIMEOUT * 1000);
  });
});

describe('a key for everything', () => {
  const stack = new Stack(new App(), 'Shop');
  const encryptionKey = new Key(stack, 'Key');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, encryptionKey });
  pipeline.grantQuery(new Role(stack, 'Analyst', { assumedBy: new AccountPrincipal('111122223333') }));
  const template = Template.fromStack(stack);

  test('encrypts every log group, and CloudWatch Logs may use it for this account', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } },
          Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
        })]),
      },
    });
  });

  test('is usable by who may query, for results too', () => {
    const rights = permissions(template, 'AnalystDefaultPolicy').filter(line => line.startsWith('kms:'));
    expect(new Set(rights)).toEqual(new Set(['kms:Decrypt <Key.Arn>', 'kms:GenerateDataKey <Key.Arn>']));
  });
});

test('a workgroup of yours is used and not made again', () => {
  const stack = new Stack(new App(), 'Shop');
  const workgroup = CfnWorkGroup.fromWorkGroupName(stack, 'Team', 'team');
  const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) }, workgroup });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Athena::WorkGroup', 0);
  expect(pipeline.workgroupName).toBe('team');
  expect(permissions(template, 'SilverHandler')).toContainEqual(expect.stringMatching(/^athena:StartQueryExecution .*:workgroup\/team$/));
});

describe('a platform team', () => {
  test('reaches every role with a permissions boundary', () => {
    const stack = new Stack(new App(), 'Shop');
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
    Template.fromStack(stack).allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
  });

  test('tags all that can be tagged', () => {
    const stack = new Stack(new App(), 'Shop');
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
    Tags.of(stack).add('team', 'shop');
    const template = Template.fromStack(stack);
    for (const type of ['AWS::IAM::Role', 'AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::Athena::WorkGroup']) {
      template.allResourcesProperties(type, { Tags: Match.arrayWith([{ Key: 'team', Value: 'shop' }]) });
    }
  });

  test('sees every role in the tree of constructs', () => {
    const seen: string[] = [];
    const stack = new Stack(new App(), 'Shop');
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
    const roles: IAspect = { visit: (node: IConstruct) => { if (node instanceof CfnRole) seen.push(node.node.path); } };
    Aspects.of(stack).add(roles);
    const template = Template.fromStack(stack);
    expect(seen).toHaveLength(Object.keys(template.findResources('AWS::IAM::Role')).length);
  });
});

describe('where it may live', () => {
  test('in a nested stack of a stage', () => {
    const stage = new Stage(new App(), 'Production', { env: { account: '111122223333', region: 'eu-west-1' } });
    const stack = new Stack(stage, 'Shop');
    const nested = new NestedStack(stack, 'Analytics');
    new MedallionAnalyticsPipeline(nested, 'Pipeline', { name: 'shop', tables: { customers: customers(nested) } });
    expect(() => stage.synth()).not.toThrow();
    Template.fromStack(nested).hasResourceProperties('AWS::SSM::Parameter', { Name: '/cdk-medallion-analytics/shop' });
  });

  test.each([['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov']])('in %s: no ARN says another partition than %s', region => {
    const { template } = minimal({}, { account: '111122223333', region });
    const text = JSON.stringify(template.toJSON());
    expect(text.match(/arn:aws:[^"]*/g) ?? []).toEqual([]);
  });

  test('in China with a key of its own: CloudWatch Logs has another name there', () => {
    const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'cn-north-1' } });
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, encryptionKey: new Key(stack, 'Key') });
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: { 'Fn::Join': ['', ['logs.cn-north-1.', { Ref: 'AWS::URLSuffix' }]] } } })]) },
    });
  });

  test('beside a source that is imported with its stream and its key', () => {
    const stack = new Stack(new App(), 'Shop');
    const table = Table.fromTableAttributes(stack, 'Orders', {
      tableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      tableStreamArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000',
      encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN),
    });
    const orders = SilverTable.of(Source.dynamoDb(table), { key: ['order_id'], columns: { order_id: Column.string('OrderID') } });
    new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { orders } });
    expect(permissions(Template.fromStack(stack), 'BronzeHandler')).toContain(`kms:Decrypt ${KEY_ARN}`);
  });

  test('not beside what is in another region: all of it is refused at once', () => {
    const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    const arn = (service: string, resource: string, region = 'us-east-1') => `arn:aws:${service}:${region}:111122223333:${resource}`;
    const table = (id: string, region: string) => Table.fromTableAttributes(stack, id, {
      tableArn: arn('dynamodb', `table/${id}`, region), tableStreamArn: arn('dynamodb', `table/${id}/stream/2026-01-01T00:00:00.000`, region),
    });
    const silver = (id: string, region: string) => SilverTable.of(Source.dynamoDb(table(id, region)), { key: ['id'], columns: { id: Column.string('ID') } });
    const props = {
      tables: { near: silver('Near', 'eu-west-1'), far: silver('Far', 'us-east-1') },
      bucket: Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::lake', region: 'us-east-1' }),
      encryptionKey: Key.fromKeyArn(stack, 'Key', arn('kms', 'key/mine')),
      hashKey: Secret.fromSecretCompleteArn(stack, 'Secret', arn('secretsmanager', 'secret:hash-AbCdEf')),
      workgroup: new CfnWorkGroup(new Stack(stack, 'Elsewhere', { env: { region: 'us-east-1' } }), 'Team', { name: 'team' }),
      monitoring: { alarmTopic: Topic.fromTopicArn(stack, 'Topic', arn('sns', 'alarms')) },
    };
    const message = refusalOf(stack, props);
    for (const path of ['tables.far', 'bucket', 'encryptionKey', 'hashKey', 'workgroup', 'monitoring.alarmTopic']) {
      expect(message).toContain(`${path}: it is in another region than the pipeline, which is in eu-west-1 (us-east-1). Fix: use one in eu-west-1, or deploy`);
    }
    expect(message).not.toMatch(/tables.near/);
  });

  test('not beside what another account has and cannot share: all of it is refused at once', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    const props = {
      tables: { customers: customers(stack) },
      workgroup: new CfnWorkGroup(new Stack(app, 'Other', { env: { account: '444455556666', region: 'eu-west-1' } }), 'Team', { name: 'team' }),
      grafana: { role: Role.fromRoleArn(stack, 'Grafana', 'arn:aws:iam::444455556666:role/grafana') },
    };
    const message = refusalOf(stack, props);
    for (const [path, fix] of [['workgroup', 'use a workgroup'], ['grafana.role', 'use a role']]) {
      expect(message).toContain(`${path}: it is in another account than the pipeline, which is in 111122223333 (444455556666). Fix: ${fix} of 111122223333`);
    }
  });

  test('a workgroup that is known by its name is one of wherever the pipeline is', () => {
    const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    const shared = new Stack(stack, 'Shared', { env: { account: '444455556666', region: 'us-east-1' } });
    expect(refusalOf(stack, { tables: { customers: customers(stack) }, workgroup: CfnWorkGroup.fromWorkGroupName(shared, 'Team', 'team') })).toBe('');
  });

  test('alarms elsewhere that are to heal are warned of: their events may be forwarded', () => {
    const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    const healOn = ['eu-west-1:111122223333', 'us-east-1:111122223333', 'eu-west-1:444455556666']
      .map((place, index) => Alarm.fromAlarmArn(stack, `Alarm${index}`, `arn:aws:cloudwatch:${place}:alarm:age`));
    expect(refusalOf(stack, { tables: { customers: customers(stack) }, backfill: { healOn } })).toBe('');
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('forwarded')).map(({ entry }) => String(entry.data));
    expect(warnings.map(warning => /healOn.(\d)/.exec(warning)![1])).toEqual(['1', '2']);
  });

  test('nor beside actions of alarms that CloudWatch cannot reach, of which only the synthesis knows', () => {
    const actionIn = (region: string) => ({ bind: () => ({ alarmActionArn: `arn:aws:lambda:${region}:111122223333:function:page` }) });
    const app = new App();
    const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    new MedallionAnalyticsPipeline(stack, 'Analytics', {
      tables: { customers: customers(stack) }, monitoring: { alarmActions: [actionIn('eu-west-1'), actionIn('us-east-1')] },
    });
    expect(() => app.synth()).toThrow(/monitoring.alarmActions\[1\]: it is in another region than the pipeline, which is in eu-west-1 \(us-east-1\). Fix: use one in eu-west-1/);
  });

  test('but where it is deployed to is only known at deploy, that is left to the deploy', () => {
    const stack = new Stack(new App(), 'Shop');
    const alarm = Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-west-1:444455556666:alarm:age');
    expect(refusalOf(stack, { tables: { customers: customers(stack) }, backfill: { healOn: [alarm] } })).toBe('');
  });

  test('not beside one whose stream is not named', () => {
    const stack = new Stack(new App(), 'Shop');
    const table = Table.fromTableAttributes(stack, 'Orders', { tableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' });
    const orders = SilverTable.of(Source.dynamoDb(table), { key: ['order_id'], columns: { order_id: Column.string('OrderID') } });
    expect(() => new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { orders } })).toThrow(/stream/);
  });
});

test('every resource that somebody may want to name is a property', () => {
  const { pipeline } = minimal();
  expect(Object.keys(pipeline.eventSourceMappings)).toEqual(['customers']);
  expect(pipeline.accessLogsBucket).toBeDefined();
  expect(pipeline.silverScheduleResource.scheduleName).toBeDefined();
  expect(pipeline.goldScheduleResource.scheduleName).toBeDefined();
  expect(pipeline.deploymentParameter.parameterName).toBeDefined();
});

function refusalOf(stack: Stack, props: MedallionAnalyticsPipelineProps): string {
  try {
    new MedallionAnalyticsPipeline(stack, 'Analytics', props);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
