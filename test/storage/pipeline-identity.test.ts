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
  const template = templateOf(path, props);
  return LASTING.flatMap(type => Object.keys(template.findResources(type))).sort();
}

function templateOf(path: readonly string[], props: Partial<MedallionAnalyticsPipelineProps>): Template {
  const stack = new Stack(new App(), 'Shop');
  const tables = { customers: customers(stack) };
  const scope = path.slice(0, -1).reduce<Construct>((parent, id) => new Construct(parent, id), stack);
  new MedallionAnalyticsPipeline(scope, path.at(-1)!, { tables, ...props });
  return Template.fromStack(stack);
}

/** The functions of the custom resources: CloudFormation lets none change its own. */
function providers(path: readonly string[], props: Partial<MedallionAnalyticsPipelineProps>): object {
  const template = templateOf(path, props);
  const resources = ['Custom::MedallionDatabases', 'Custom::MedallionTables'].map(type => template.findResources(type));
  return Object.fromEntries(resources.flatMap(Object.entries).map(([id, { Properties }]) => [id, Properties.ServiceToken]));
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

test('and its custom resources keep their functions', () => {
  const before = providers(['Analytics'], { name: 'shop' });
  expect(Object.keys(before)).toHaveLength(2);
  expect(providers(['Backend', 'Reporting', 'Lake'], { name: 'shop' })).toEqual(before);
});

test.each([[{ name: 'shop' }, { name: 'store' }], [{}, { name: 'shop' }]])(
  'from %j to %j all is another: tables are made anew, and the former databases are left to the former function', (former, present) => {
    const ids = (props: object) => Object.keys(templateOf(['Analytics'], props).toJSON().Resources as object).filter(id => /Schema(?!.*Overflow)/.test(id));
    const before = ids(former);
    expect(before.length).toBeGreaterThan(5);
    expect(ids(present).filter(id => before.includes(id))).toEqual([]);
  },
);

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
