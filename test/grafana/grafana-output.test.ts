import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role, type IRole } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Column, GoldTable, GrafanaDashboard, Measure, MedallionAnalyticsPipeline, Panel, SilverTable, Source, type GrafanaOptions } from '../../src';
import { GrafanaOutputError } from '../../src/grafana/write-files';
import { temporaryFolder } from '../helpers/temporary-folder';
import { customers, permissions, sourceTable } from '../pipeline/pipelines';

const folder = temporaryFolder();

function synth(name: string, grafana?: GrafanaOptions | ((stack: Stack) => GrafanaOptions), uid = 'shop'): { readonly assembly: string; readonly stack: Stack } {
  const app = new App({ outdir: path.join(folder, name) });
  const stack = new Stack(app, 'Shop');
  new MedallionAnalyticsPipeline(stack, 'Analytics', {
    name: 'shop',
    tables: {
      customers: SilverTable.of(Source.dynamoDb(sourceTable(stack)), {
        key: ['customer_id'], columns: { customer_id: Column.string('CustomerID'), region: Column.string('Region') },
      }),
    },
    gold: { regions: GoldTable.aggregate({ silverTable: 'customers', groupBy: { region: 'region' }, measures: { customers_of: Measure.count() } }) },
    dashboards: { [uid]: GrafanaDashboard.of('Shop', { panels: [Panel.pie('Customers', { goldTable: 'regions', value: 'customers_of', by: 'region' })] }) },
    grafana: typeof grafana === 'function' ? grafana(stack) : grafana,
  });
  return { assembly: app.synth().directory, stack };
}

test('the files are in the cloud assembly, and in a folder of the user if one is named', () => {
  const directory = path.join(folder, 'own', 'grafana');
  const { assembly } = synth('named', { directory });
  const inAssembly = path.join(assembly, 'grafana', 'Shop.Analytics');
  for (const file of ['docker-compose.yml', 'dashboards/shop.json', 'README.md']) {
    expect(readFileSync(path.join(directory, file), 'utf8')).toBe(readFileSync(path.join(inAssembly, file), 'utf8'));
  }
});

test('how the tables are made is there without any dashboard, with the schedules', () => {
  const app = new App({ outdir: path.join(folder, 'no-dashboards') });
  const stack = new Stack(app, 'Shop');
  new MedallionAnalyticsPipeline(stack, 'Analytics', {
    name: 'shop',
    tables: { customers: SilverTable.of(Source.dynamoDb(sourceTable(stack)), { key: ['id'], columns: { id: Column.string('CustomerID') } }) },
    silverSchedule: ScheduleExpression.rate(Duration.minutes(5)),
    dashboards: {},
  });
  const inAssembly = path.join(app.synth().directory, 'grafana', 'Shop.Analytics');
  expect(readdirSync(inAssembly).sort()).toEqual(['lineage.md', 'lineage.svg']);
  expect(readFileSync(path.join(inAssembly, 'lineage.svg'), 'utf8')).toContain('>every 5 minutes<');
});

test('a dashboard that is no more is removed, and nothing of anybody else', () => {
  const directory = path.join(folder, 'changing');
  synth('before', { directory }, 'former');
  writeFileSync(path.join(directory, 'dashboards', 'mine.json'), '{ "title": "Mine" }');
  writeFileSync(path.join(directory, '.env'), 'GRAFANA_ADMIN_PASSWORD=x');
  synth('after', { directory }, 'shop');
  expect(['former', 'shop', 'mine'].map(name => existsSync(path.join(directory, 'dashboards', `${name}.json`)))).toEqual([false, true, true]);
  expect(readFileSync(path.join(directory, '.env'), 'utf8')).toBe('GRAFANA_ADMIN_PASSWORD=x');
});

test('a folder that cannot be written is an error that says what to do', () => {
  const directory = path.join(folder, 'a-file');
  writeFileSync(directory, '');
  expect(() => synth('refused', { directory: path.join(directory, 'grafana') })).toThrow(GrafanaOutputError);
  expect(() => synth('refused again', { directory: path.join(directory, 'grafana') })).toThrow(/cannot be written to .*a-file.*leave it out: the cloud assembly holds them too/);
});

test('a role that is made here is granted the queries, and its ARN is an output', () => {
  const { stack, assembly } = synth('role', scope => ({ role: new Role(scope, 'Grafana', { assumedBy: new AccountPrincipal('111122223333') }) }));
  const template = Template.fromStack(stack);
  expect(Object.keys(template.findOutputs('*')).filter(name => name.includes('GrafanaRoleArn'))).toHaveLength(1);
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('athena:StartQueryExecution');
  expect(readFileSync(path.join(assembly, 'grafana', 'Shop.Analytics', 'docker-compose.yml'), 'utf8')).toContain('ATHENA_ROLE_ARN: ${ATHENA_ROLE_ARN:?');
});

test('a role that is made in another stack is granted the queries there, and its ARN is an output of that stack', () => {
  const app = new App({ outdir: path.join(folder, 'elsewhere') });
  const tools = new Stack(app, 'Tools');
  const role = new Role(tools, 'Grafana', { assumedBy: new AccountPrincipal('111122223333') });
  for (const name of ['shop', 'warehouse']) {
    const stack = new Stack(app, name);
    new MedallionAnalyticsPipeline(stack, 'Analytics', { name, tables: { customers: customers(stack) }, grafana: { role } });
    expect(stack.dependencies).toEqual([]);
  }
  expect(() => app.synth()).not.toThrow();
  const template = Template.fromStack(tools);
  expect(Object.keys(template.findOutputs('*')).filter(name => name.endsWith('GrafanaRoleArn'))).toHaveLength(2);
  expect(permissions(template, 'GrafanaDefaultPolicy')).toContainEqual(expect.stringMatching(/^athena:StartQueryExecution .*:workgroup\/shop$/));
});

test('a role that is known by its ARN stands in the files', () => {
  const imported = (scope: Stack): IRole => Role.fromRoleArn(scope, 'Grafana', 'arn:aws:iam::111122223333:role/grafana');
  const { assembly } = synth('imported', scope => ({ role: imported(scope) }));
  expect(readFileSync(path.join(assembly, 'grafana', 'Shop.Analytics', 'docker-compose.yml'), 'utf8')).toContain('arn:aws:iam::111122223333:role/grafana');
});

test('a folder that is read-only for others is left as it is where nothing has changed', () => {
  const directory = path.join(folder, 'unchanged');
  synth('first', { directory });
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o555);
  expect(() => synth('second', { directory })).not.toThrow();
  chmodSync(directory, 0o755);
});

test('two pipelines of an app cannot write to one folder, however it is named, and nothing is written', () => {
  const directory = path.join(folder, 'shared');
  const app = new App({ outdir: path.join(folder, 'two') });
  const pipelineIn = (name: string, into: string) => {
    const stack = new Stack(app, name);
    return new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { customers: customers(stack) }, grafana: { directory: into } });
  };
  pipelineIn('Dev', directory);
  expect(() => pipelineIn('Prod', `${path.relative(process.cwd(), directory)}/`)).toThrow(GrafanaOutputError);
  expect(() => pipelineIn('Test', directory)).toThrow(/to which Dev\/Analytics writes its files already. Fix: .*Test-Analytics/);
  expect(existsSync(directory)).toBe(false);
  expect(() => pipelineIn('Other', path.join(folder, 'other'))).not.toThrow();
});
