import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, CfnParameter, Duration, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source } from '../../src';
import { HANDLER_ASSETS } from '../../src/shipping/handler-assets';
import { SPEC_METADATA } from '../../src/shipping/publish-spec';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { customers, minimal } from './pipelines';

describe('a pipeline with nothing but its tables', () => {
  const { template, pipeline } = minimal();

  test('has a function for each handler, on arm64, and each can hold its configuration', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Architectures: ['arm64'] } }));
    expect(functions).toHaveLength(Object.keys(HANDLER_ASSETS).length);
    for (const { Properties: properties } of functions) expect(properties).toMatchObject({ Runtime: 'nodejs24.x' });
  });

  test.each([['Silver', 'rate(30 minutes)'], ['Gold', 'rate(1 hour)'], ['Maintenance', 'cron(40 3 * * ? *)']])('starts %s at %s', (stage, expression) => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: expression,
      Target: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`${stage}HandlerFunction`), 'Arn'] } },
    });
  });

  test('tells Silver where Gold is', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { GOLD_FUNCTION: { 'Fn::GetAtt': [Match.stringLikeRegexp('GoldHandlerFunction'), 'Arn'] } } },
    });
  });

  test('leaves repetition to the next start', () => {
    template.allResourcesProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
    template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 5);
  });

  test('lets rebuilds alone start themselves as often as a long log takes', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    const endless = functions.map(({ Properties: properties }) => properties as { Handler: string; RecursiveLoop?: unknown })
      .filter(({ RecursiveLoop: recursiveLoop }) => recursiveLoop !== undefined);
    const [condition] = Object.keys(template.findConditions('*', { 'Fn::Not': [{ 'Fn::Or': Match.anyValue() }] }));
    expect(endless.map(({ Handler: name, RecursiveLoop: recursiveLoop }) => [name, recursiveLoop])).toEqual([
      ['rebuild.handler', { 'Fn::If': [condition, 'Allow', { Ref: 'AWS::NoValue' }] }],
    ]);
  });

  test('keeps logs for a month', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('keeps all data when it is taken away', () => {
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.allResources('AWS::S3::BucketPolicy', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.allResourcesProperties('Custom::MedallionDatabases', { removal: 'keep' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });

  test('shows its names', () => {
    expect(pipeline).toMatchObject({
      bronzeDatabaseName: 'shop_bronze',
      silverDatabaseName: 'shop_silver',
      goldDatabaseName: 'shop_gold',
      bookkeepingDatabaseName: 'shop_bookkeeping',
    });
    expect(pipeline.workgroupName).toBe('shop');
  });
});

test('schedules are the user\'s to choose', () => {
  const { template } = minimal({
    silverSchedule: ScheduleExpression.rate(Duration.minutes(5)), goldSchedule: ScheduleExpression.cron({ minute: '15' }),
  });
  template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(5 minutes)' });
  template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(15 * * * ? *)' });
});

test('with DESTROY nothing stays', () => {
  const { template } = minimal({ removalPolicy: RemovalPolicy.DESTROY });
  for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) template.allResources(type, { DeletionPolicy: 'Delete' });
  template.allResourcesProperties('Custom::MedallionDatabases', { removal: 'delete' });
  template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
});

test('the environment of each function fits, however long the names', () => {
  const { template } = minimal({ name: 'n'.repeat(100) });
  for (const resource of Object.values(template.findResources('AWS::Lambda::Function'))) {
    const variables = (resource.Properties as { Environment?: { Variables?: { [name: string]: unknown } } }).Environment?.Variables ?? {};
    const bytes = Object.entries(variables).map(([name, value]) => name.length + (typeof value === 'string' ? value.length : 256));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4096);
  }
});

describe('the name', () => {
  test('is made from the path if none is given, and fits Athena', () => {
    const { pipeline } = minimal({ name: undefined });
    expect(pipeline.silverDatabaseName).toMatch(/^shop_analytics_[0-9a-f]{8}_silver$/);
  });

  test('of a deep path stays within what Glue takes', () => {
    const stage = new Stage(new App(), `Production-${'x'.repeat(50)}`);
    const stack = new Stack(stage, `Shop-${'y'.repeat(50)}`);
    const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
    expect(pipeline.bookkeepingDatabaseName).toMatch(/^[a-z][a-z0-9_]+_bookkeeping$/);
    expect(pipeline.workgroupName.length).toBeLessThanOrEqual(100);
  });

  test.each(['Shop', 'shop-prod', '1shop', '', 'sh"op', 'x'.repeat(101)])('%j is refused with a name that would do', name => {
    expect(() => minimal({ name })).toThrow(/^Shop\/Analytics: name is .* such as "shop_prod"$/);
  });

  test('cannot be a token', () => {
    const stack = new Stack(new App(), 'Shop');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => new MedallionAnalyticsPipeline(stack, 'Analytics', { name, tables: { customers: customers(stack) } })).toThrow('name is a token');
  });
});

describe('more than one', () => {
  test('pipelines live in one stack, each with its own spec and its own everything', () => {
    const stack = new Stack(new App(), 'Shop');
    const first = new MedallionAnalyticsPipeline(stack, 'First', { tables: { customers: customers(stack, 'A') } });
    const second = new MedallionAnalyticsPipeline(stack, 'Second', { tables: { clients: customers(stack, 'B') } });
    const template = Template.fromStack(stack);

    expect(first.silverDatabaseName).not.toBe(second.silverDatabaseName);
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    const assets = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Architectures: ['arm64'] } }))
      .map(({ Properties: { Code: { S3Key: key } } }) => key as string);
    expect(new Set(assets).size).toBe(2 * new Set(Object.values(HANDLER_ASSETS)).size);
  });

  test('pipelines with the same definition share their assets', () => {
    const stack = new Stack(new App(), 'Shop');
    for (const id of ['First', 'Second']) new MedallionAnalyticsPipeline(stack, id, { tables: { customers: customers(stack, `${id}Table`) } });
    const assets = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Architectures: ['arm64'] } }))
      .map(({ Properties: { Code: { S3Key: key } } }) => key as string);
    expect(new Set(assets).size).toBe(new Set(Object.values(HANDLER_ASSETS)).size);
  });
});

test('the order in which tables are declared changes nothing', () => {
  const declared = (...names: string[]) => {
    const stack = new Stack(new App(), 'Shop');
    const all = { a: customers(stack, 'A'), b: customers(stack, 'B') };
    const tables = Object.fromEntries(names.map(name => [name, all[name as 'a' | 'b']]));
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables });
    return JSON.stringify(Template.fromStack(stack).toJSON());
  };
  expect(declared('b', 'a')).toBe(declared('a', 'b'));
});

describe('the cloud assembly', () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
  const app = new App({ outdir });
  const production = new Stage(app, 'Production');
  const stack = new Stack(production, 'Shop');
  new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) } });
  const other = new Stack(app, 'Other');
  new MedallionAnalyticsPipeline(other, 'Analytics', { tables: { clients: customers(other) } });
  app.synth();
  afterAll(() => fs.rmSync(outdir, { recursive: true }));

  function specs(): PipelineSpec[] {
    return new CloudAssembly(outdir, { skipVersionCheck: true }).stacksRecursively
      .flatMap(artifact => artifact.findMetadataByType(SPEC_METADATA)).map(({ data }) => data as unknown as PipelineSpec);
  }

  test('holds the spec of every pipeline, those in nested stages too', () => {
    expect(specs().map(({ tables }) => Object.keys(tables)).sort()).toEqual([['clients'], ['customers']]);
  });

  test('holds the same spec beside the handlers, but for what only readers need', () => {
    const assembly = path.join(outdir, 'medallion');
    const handlers = fs.readdirSync(assembly);
    expect(handlers).toHaveLength(2 * new Set(Object.values(HANDLER_ASSETS)).size);
    expect(new Set(handlers.map(name => name.split('-')[0]))).toEqual(new Set(Object.values(HANDLER_ASSETS)));
    for (const name of handlers) {
      const shipped: unknown = JSON.parse(fs.readFileSync(path.join(assembly, name, 'pipeline.json'), 'utf8'));
      expect(specs().map(spec => ({ ...spec, schedules: undefined, dashboards: {} }))).toContainEqual(shipped);
    }
  });
});

describe('a source from elsewhere', () => {
  const imported = { tableName: 'orders', tableStreamArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000' };
  const orders = (table: Table) => SilverTable.of(Source.dynamoDb(table), { key: ['order_id'], columns: { order_id: Column.string('OrderID') } });

  test('is read by its stream\'s ARN', () => {
    const stack = new Stack(new App(), 'Shop');
    const table = Table.fromTableAttributes(stack, 'Orders', imported) as Table;
    new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { orders: orders(table) } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: imported.tableStreamArn });
  });

  test('may be made in another stack', () => {
    const app = new App();
    const data = new Stack(app, 'Data');
    const tables = { customers: customers(data) };
    const analytics = new Stack(app, 'Analytics');
    new MedallionAnalyticsPipeline(analytics, 'Pipeline', { tables });
    Template.fromStack(analytics).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::ImportValue': Match.stringLikeRegexp('StreamArn') },
    });
  });
});

test('what is only known at deploy is refused, by its place in the spec', () => {
  const stack = new Stack(new App(), 'Shop');
  const attribute = new CfnParameter(stack, 'Attribute').valueAsString;
  const table = SilverTable.of(Source.dynamoDb(customersTable(stack)), { key: ['id'], columns: { id: Column.string(attribute) } });
  expect(() => new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: table } })).toThrow(/tables\.customers\.columns\.id/);
});

function customersTable(stack: Stack): Table {
  customers(stack);
  return stack.node.findChild('Customers') as Table;
}
