import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { MedallionAnalyticsPipeline } from '../../src';
import { customers, minimal } from '../pipeline/pipelines';

/** The JSON of a parameter, each reference in it as `<LogicalId>` or `<LogicalId.Attribute>`. */
function noted(template: Template, name: string): unknown {
  const [parameter] = Object.values(template.findResources('AWS::SSM::Parameter', { Properties: { Name: name } }));
  return JSON.parse(text((parameter.Properties as { Value: unknown }).Value));
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as { 'Ref'?: string; 'Fn::GetAtt'?: string[]; 'Fn::Join'?: [string, unknown[]] };
  if (intrinsic['Fn::Join']) return intrinsic['Fn::Join'][1].map(text).join('');
  return `<${(intrinsic.Ref ?? intrinsic['Fn::GetAtt']!.join('.')).replace(/[0-9A-F]{8}/, '')}>`;
}

describe('what a deploy notes', () => {
  const { template } = minimal({}, { account: '111122223333', region: 'eu-west-1' });

  test('names every part of the pipeline', () => {
    expect(noted(template, '/cdk-medallion-analytics/shop')).toEqual({
      formatVersion: 1,
      name: 'shop',
      constructPath: 'Shop/Analytics',
      account: '111122223333',
      region: 'eu-west-1',
      bucket: expect.stringMatching(/^<.*LakeStorageBucket>$/),
      workgroup: 'shop',
      databases: { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' },
      functions: expect.objectContaining({
        bronze: expect.stringMatching(/^<.*BronzeHandlerFunction>$/),
        silver: expect.stringMatching(/^<.*SilverHandlerFunction>$/),
        gold: expect.stringMatching(/^<.*GoldHandlerFunction>$/),
        schema: expect.stringMatching(/^<.*SchemaHandlerFunction>$/),
      }),
      schedules: expect.objectContaining({ silver: expect.stringMatching(/^<.*SilverSchedule.*>$/), gold: expect.stringMatching(/^<.*GoldSchedule.*>$/) }),
      stateMachines: { backfill: expect.stringMatching(/^<.*BackfillMachine>$/) },
    });
  });

  test('says of each table where its changes come from and what reads them', () => {
    expect(noted(template, '/cdk-medallion-analytics/shop/tables/customers')).toEqual({
      formatVersion: 1,
      bronzeName: 'customers',
      source: { tableName: '<Customers>', tableArn: '<Customers.Arn>', streamArn: '<Customers.StreamArn>' },
      eventSourceMapping: expect.stringMatching(/^<.*Bronzecustomersstream.*>$/),
    });
  });

  test('names every function and schedule of the template', () => {
    const { functions, schedules } = noted(template, '/cdk-medallion-analytics/shop') as { functions: object; schedules: object };
    const own = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Architectures: ['arm64'] } }));
    expect(Object.keys(functions)).toHaveLength(own.length);
    expect(Object.keys(schedules)).toHaveLength(Object.keys(template.findResources('AWS::Scheduler::Schedule')).length);
  });

  test('costs nothing', () => {
    for (const { Properties: { Tier: tier } } of Object.values(template.findResources('AWS::SSM::Parameter'))) {
      expect(tier ?? 'Standard').toBe('Standard');
    }
  });
});

test('a parameter stays below the 4 KB of the free tier, however long the names', () => {
  const name = 'n'.repeat(100);
  const { template } = minimal({ name }, { account: '111122223333', region: 'ap-southeast-1' });
  for (const parameter of [`/cdk-medallion-analytics/${name}`, `/cdk-medallion-analytics/${name}/tables/customers`]) {
    // Physical names made by CloudFormation have at most 64 characters, an ARN with a stream label some 350.
    const longest = JSON.stringify(noted(template, parameter)).replace(/<[^>]*>/g, reference => 'x'.repeat(reference.includes('.') ? 350 : 64));
    expect(longest.length).toBeLessThan(4096);
  }
});

test('the account and region of a stack that may go anywhere are filled in by the deploy', () => {
  expect(noted(minimal().template, '/cdk-medallion-analytics/shop')).toMatchObject({ account: '<AWS::AccountId>', region: '<AWS::Region>' });
});

describe('the outputs of the stack', () => {
  test('say how to begin', () => {
    const outputs = Object.values(minimal().template.findOutputs('*')).map(({ Value: value }) => value as unknown);
    expect(outputs).toEqual(expect.arrayContaining([
      'shop',
      'SELECT * FROM "shop_silver"."customers" LIMIT 10',
      'npx cdk-medallion-analytics status --pipeline shop',
      'npx cdk-medallion-analytics run silver --pipeline shop',
      'npx cdk-medallion-analytics backfill --pipeline shop',
    ]));
  });

  test('are apart for two pipelines of one stack', () => {
    const stack = new Stack(new App(), 'Shop');
    for (const name of ['first', 'second']) {
      new MedallionAnalyticsPipeline(stack, `${name}Analytics`, { name, tables: { customers: customers(stack, `${name}Table`) } });
    }
    Template.fromStack(stack).hasOutput('*', Match.objectLike({ Value: 'npx cdk-medallion-analytics status --pipeline second' }));
  });
});
