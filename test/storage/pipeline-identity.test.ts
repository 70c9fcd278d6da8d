import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { MedallionAnalyticsPipeline, type MedallionAnalyticsPipelineProps } from '../../src';
import { customers } from '../pipeline/pipelines';

/** What must not be replaced: it holds data, or has a fixed name that a second one could not take. */
const LASTING = [
  'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Athena::WorkGroup', 'AWS::Glue::Table', 'AWS::SSM::Parameter', 'Custom::MedallionDatabases',
  'Custom::S3AutoDeleteObjects',
];

function lasting(path: readonly string[], props: Partial<MedallionAnalyticsPipelineProps>): string[] {
  const stack = new Stack(new App(), 'Shop');
  const tables = { customers: customers(stack) };
  const scope = path.slice(0, -1).reduce<Construct>((parent, id) => new Construct(parent, id), stack);
  new MedallionAnalyticsPipeline(scope, path.at(-1)!, { tables, ...props });
  const template = Template.fromStack(stack);
  return LASTING.flatMap(type => Object.keys(template.findResources(type))).sort();
}

test('a pipeline with a name may move within its stack: nothing that lasts is replaced', () => {
  const before = lasting(['Analytics'], { name: 'shop' });
  expect(before.length).toBeGreaterThanOrEqual(10);
  expect(lasting(['Backend', 'Reporting', 'Lake'], { name: 'shop' })).toEqual(before);
});

test('the same holds for what a pipeline that deletes its data adds', () => {
  const props = { name: 'shop', removalPolicy: RemovalPolicy.DESTROY };
  expect(lasting(['Moved', 'Analytics'], props)).toEqual(lasting(['Analytics'], props));
});

test('without a name the path is the identity', () => {
  expect(lasting(['Moved'], {})).not.toEqual(lasting(['Analytics'], {}));
});

test('names that only differ in a separator stay apart', () => {
  const others = lasting(['Analytics'], { name: 'shop_a' });
  expect(lasting(['Analytics'], { name: 'shopa' }).filter(id => others.includes(id))).toEqual([]);
});

test('a name is taken once in a stack', () => {
  const stack = new Stack(new App(), 'Shop');
  new MedallionAnalyticsPipeline(stack, 'First', { name: 'shop', tables: { customers: customers(stack, 'A') } });
  expect(() => new MedallionAnalyticsPipeline(stack, 'Second', { name: 'shop', tables: { customers: customers(stack, 'B') } }))
    .toThrow('Shop/Second: Shop/First in the same stack has the name "shop" already, and both would have the same databases; give this one another name');
});

test('and may be taken again in another stack, such as that of another environment', () => {
  const app = new App();
  for (const id of ['Dev', 'Prod']) {
    const stack = new Stack(app, id);
    new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers: customers(stack) } });
  }
  expect(() => app.synth()).not.toThrow();
});
