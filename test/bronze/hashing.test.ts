import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Column, MedallionAnalyticsPipeline, Privacy, SilverTable, Source, type MedallionAnalyticsPipelineProps } from '../../src';
import { minimal, permissions, sourceTable, statementsOf } from '../pipeline/pipelines';

type Props = Partial<MedallionAnalyticsPipelineProps>;

function pipeline(privacy: { [attribute: string]: Privacy }, props: (stack: Stack) => Props = () => ({})): Template {
  const stack = new Stack(new App(), 'Shop');
  const customers = SilverTable.of(Source.dynamoDb(sourceTable(stack)), {
    key: ['customer_id'], columns: { customer_id: Column.string('CustomerID') }, privacy,
  });
  new MedallionAnalyticsPipeline(stack, 'Analytics', { name: 'shop', tables: { customers }, ...props(stack) });
  return Template.fromStack(stack);
}

const withKey = (stack: Stack) => ({
  hashKey: new Secret(stack, 'HashKey', { generateSecretString: { passwordLength: 64 }, removalPolicy: RemovalPolicy.RETAIN }),
});

test('those that write change logs are told the secret, and they alone may read it', () => {
  const template = pipeline({ Email: Privacy.hash() }, withKey);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('Bronze'), Environment: { Variables: { HASH_KEY_SECRET: { Ref: Match.stringLikeRegexp('HashKey') } } },
  });
  const readers = (role: string): string[] => permissions(template, role).filter(line => line.startsWith('secretsmanager:GetSecretValue'));
  const writers = ['BackfillHandler', 'BronzeHandler', 'RebuildHandler', 'RedriveHandler'];
  for (const writer of writers) expect(readers(writer)).toHaveLength(1);
  expect(readers('')).toEqual(writers.flatMap(readers));
  expect(permissions(template, 'BronzeHandler')).toContainEqual(expect.stringMatching(/^s3:PutObject .*\/hash-key\.json$/));
});

test('a secret of another stack may have a key of its own, and that stack needs to know nothing of the pipeline', () => {
  const app = new App();
  const data = new Stack(app, 'Data');
  const hashKey = new Secret(data, 'HashKey', { encryptionKey: new Key(data, 'Key') });
  const customers = SilverTable.of(Source.dynamoDb(sourceTable(data)), {
    key: ['customer_id'], columns: { customer_id: Column.string('CustomerID') }, privacy: { Email: Privacy.hash() },
  });
  const shop = new Stack(app, 'Shop');
  new MedallionAnalyticsPipeline(shop, 'Analytics', { name: 'shop', tables: { customers }, hashKey });
  expect(() => app.synth()).not.toThrow();
  expect(data.dependencies).toEqual([]);
  const decrypting = statementsOf(Template.fromStack(shop), 'BronzeHandler').filter(({ Action: action }) => action === 'kms:Decrypt');
  expect(decrypting).toEqual([expect.objectContaining({
    Resource: { 'Fn::ImportValue': expect.stringMatching(/Key/) }, Condition: { StringLike: { 'kms:ViaService': 'secretsmanager.*' } },
  })]);
});

test('a secret that is named may be read whatever Secrets Manager appended to its name', () => {
  const template = pipeline({ Email: Privacy.hash() }, stack => ({ hashKey: Secret.fromSecretNameV2(stack, 'HashKey', 'shop/hash') }));
  const [line, ...others] = permissions(template, 'BronzeHandler').filter(right => right.startsWith('secretsmanager:'));
  expect(line).toMatch(/^secretsmanager:GetSecretValue .*:secret:shop\/hash-\?{6}$/);
  expect(others).toEqual([]);
});

test('to hash without a key is refused with what to write', () => {
  expect(() => pipeline({ Email: Privacy.hash() })).toThrow(
    /hashKey: attributes of customers are hashed, and there is no key to hash them by\. Fix: hashKey: new Secret/);
});

test.each([['dropped', { Email: Privacy.drop() }], ['private', {}]])('where nothing is hashed but what is %s, no key is asked for or read', (_, privacy) => {
  for (const template of [pipeline(privacy), pipeline(privacy, withKey)]) {
    expect(permissions(template, '').filter(line => line.startsWith('secretsmanager:'))).toEqual([]);
  }
});

test('a pipeline without rules has the definitions that it had before there were any', () => {
  const hashes = (template: Template): unknown => Object.values(template.findResources('Custom::MedallionTables'))[0].Properties.definition;
  expect(hashes(pipeline({}))).not.toEqual(hashes(pipeline({ Email: Privacy.drop() })));
  expect(JSON.stringify(minimal().template.toJSON())).not.toContain('HASH_KEY');
});
