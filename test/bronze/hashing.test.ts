import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Column, MedallionAnalyticsPipeline, Privacy, SilverTable, Source, type MedallionAnalyticsPipelineProps } from '../../src';
import { minimal, permissions, sourceTable } from '../pipeline/pipelines';

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
