import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source } from '../../src';
import { minimal, sourceTable } from '../pipeline/pipelines';

const { template } = minimal();
const RESOURCE = 'Custom::MedallionTables';

interface Resource {
  readonly Properties: { readonly definition: string };
  readonly DependsOn?: readonly string[];
}

function dependenciesOf(type: string, fragment: string): readonly string[] {
  const [, resource] = Object.entries(template.findResources(type) as { [id: string]: Resource }).find(([id]) => id.includes(fragment))!;
  return resource.DependsOn ?? [];
}

function definitionOf(region: string): string {
  const stack = new Stack(new App(), 'Shop');
  const table = SilverTable.of(Source.dynamoDb(sourceTable(stack)), {
    key: ['customer_id'], columns: { customer_id: Column.string('CustomerID'), region: Column.string(region) },
  });
  new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: table } });
  const [resource] = Object.values(Template.fromStack(stack).findResources(RESOURCE)) as Resource[];
  return resource.Properties.definition;
}

test('the stage is told which table is the source of which change log', () => {
  template.hasResourceProperties(RESOURCE, { sources: [{ bronzeName: 'customers', tableArn: { 'Fn::GetAtt': ['Customers6955EA0A', 'Arn'] } }] });
});

test('it runs again when the spec changes, and only then', () => {
  expect(definitionOf('Region')).toBe(definitionOf('Region'));
  expect(definitionOf('Region')).not.toBe(definitionOf('Area'));
});

test.each([[RemovalPolicy.RETAIN, 'keep'], [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'keep'], [RemovalPolicy.DESTROY, 'delete']])(
  'with %s it is told to %s databases with data', (removalPolicy, removal) => {
    minimal({ removalPolicy }).template.hasResourceProperties('Custom::MedallionDatabases', { removal });
  });

test('a deploy does not wait for an answer that cannot come any more', () => {
  template.hasResourceProperties(RESOURCE, { ServiceTimeout: '960' });
  template.hasResourceProperties('AWS::Lambda::Function', { Description: Match.stringLikeRegexp('Iceberg'), Timeout: 900 });
});

test('what it works on is there before it', () => {
  const before = dependenciesOf(RESOURCE, 'Tables').join(' ');
  expect(before).toContain('SchemaDatabases');
  const beforeDatabases = dependenciesOf('Custom::MedallionDatabases', 'Databases').join(' ');
  for (const part of ['Workgroup', 'StorageBucketPolicy']) expect(beforeDatabases).toContain(part);
});

test('the tables over change logs change after it, and Silver after them: a refused deploy has changed none', () => {
  expect(dependenciesOf('AWS::Glue::Table', 'BronzeTablesCustomers')).toContainEqual(expect.stringMatching(/SchemaTables/));
  expect(dependenciesOf('AWS::Lambda::Function', 'SilverHandler')).toContainEqual(expect.stringMatching(/BronzeTablesCustomers/));
});

test.each(['Bronze', 'Silver', 'Gold', 'Rebuild'])('the %s function changes after it, so that a refused deploy changes none', stage => {
  expect(dependenciesOf('AWS::Lambda::Function', `${stage}Handler`)).toContainEqual(expect.stringMatching(/SchemaTables/));
});

test('streams and schedules begin after their functions', () => {
  template.allResourcesProperties('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: Match.stringLikeRegexp('BronzeHandlerFunction') } });
  template.allResourcesProperties('AWS::Scheduler::Schedule', { Target: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('HandlerFunction'), 'Arn'] } } });
});
