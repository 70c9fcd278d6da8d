import { App, Aws, Fn, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table, TableV2, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping, Code, Function, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Column, MedallionAnalyticsPipeline, SilverTable, Source } from '../../src';
import { sourceTable } from '../pipeline/pipelines';

function pipelineOver(scope: Construct, table: ITable, id = 'Analytics'): MedallionAnalyticsPipeline {
  const customers = SilverTable.of(Source.dynamoDb(table), { key: ['customer_id'], columns: { customer_id: Column.string('CustomerID') } });
  return new MedallionAnalyticsPipeline(scope, id, { tables: { customers } });
}

function trigger(scope: Construct, id: string, table: ITable): void {
  const handler = new Function(scope, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') });
  handler.addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.LATEST }));
}

function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('share the stream')).map(({ entry }) => String(entry.data));
}

test('two readers of a stream are what DynamoDB serves', () => {
  const stack = new Stack(new App(), 'Shop');
  const table = sourceTable(stack);
  pipelineOver(stack, table);
  trigger(stack, 'Mail', table);
  expect(warnings(stack)).toEqual([]);
});

test('a third reader is warned of by name, also one that is declared after the pipeline', () => {
  const stack = new Stack(new App(), 'Shop');
  const table = sourceTable(stack);
  trigger(stack, 'Mail', table);
  pipelineOver(stack, table);
  trigger(stack, 'Search', table);
  expect(warnings(stack)).toEqual([expect.stringMatching(
    /^tables\.customers: 3 readers share .*\(Shop\/Mail\/.*, Shop\/Analytics\/Bronze\/.*, Shop\/Search\/.*\), and DynamoDB serves two.* Fix: let one reader hand/,
  )]);
});

test('a pipe and a reader that is written out by hand count as well', () => {
  const stack = new Stack(new App(), 'Shop');
  const table = sourceTable(stack);
  pipelineOver(stack, table);
  new CfnPipe(stack, 'Pipe', { roleArn: 'role', source: table.tableStreamArn!, target: 'bus' });
  const { 'Fn::GetAtt': [logicalId] } = stack.resolve(table.tableStreamArn) as { 'Fn::GetAtt': [string] };
  new CfnEventSourceMapping(stack, 'ByHand', {
    functionName: 'mail', startingPosition: 'LATEST', eventSourceArn: Fn.getAtt(logicalId, 'StreamArn').toString(),
  });
  expect(warnings(stack)).toEqual([expect.stringContaining('3 readers')]);
});

test('readers in other stacks and stages, of a table that is imported in each, are found', () => {
  const app = new App();
  const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000';
  const imported = (scope: Construct) => Table.fromTableAttributes(scope, 'Orders', { tableName: 'orders', tableStreamArn: arn });
  const shop = new Stack(new Stage(app, 'Production'), 'Shop');
  const mail = new Stack(app, 'Mail');
  trigger(mail, 'First', imported(mail));
  trigger(mail, 'Second', mail.node.findChild('Orders') as unknown as ITable);
  pipelineOver(shop, imported(shop));
  expect(warnings(shop)).toEqual([expect.stringContaining('Mail/Second')]);
});

test('the same table of another stack is one table', () => {
  const app = new App();
  const table = sourceTable(new Stack(app, 'Data'));
  const stack = new Stack(app, 'Shop');
  for (const id of ['Mail', 'Search']) trigger(new Stack(app, id), id, table);
  pipelineOver(stack, table);
  expect(warnings(stack)).toEqual([expect.stringContaining('3 readers')]);
});

test.each([[0, []], [1, [expect.stringContaining('serves one, since the table is replicated')]]])('a replicated table has one place less: %i other readers', (others, expected) => {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const table = new TableV2(stack, 'Customers', {
    partitionKey: { name: 'CustomerID', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    replicas: [{ region: 'eu-central-1' }],
  });
  pipelineOver(stack, table);
  for (let index = 0; index < others; index++) trigger(stack, `Mail${index}`, table);
  expect(warnings(stack)).toEqual(expected);
});

test('other tables are none of its business', () => {
  const stack = new Stack(new App(), 'Shop');
  pipelineOver(stack, sourceTable(stack));
  const other = sourceTable(stack, 'Others');
  for (const id of ['One', 'Two', 'Three']) trigger(stack, id, other);
  expect(warnings(stack)).toEqual([]);
});

test('sources of other kinds, whose ARNs are put together from pieces, are no concern', () => {
  const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-west-1', account: '111122223333' } });
  const queue = Queue.fromQueueArn(stack, 'Queue', stack.formatArn({ service: 'sqs', resource: 'mail' }));
  const handler = new Function(stack, 'Mail', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') });
  handler.addEventSource(new SqsEventSource(queue));
  new CfnPipe(stack, 'Pipe', { roleArn: 'role', source: `arn:${Aws.PARTITION}:kinesis:eu-west-1:111122223333:stream/clicks`, target: 'bus' });
  pipelineOver(stack, sourceTable(stack));
  expect(warnings(stack)).toEqual([]);
});

test('readers of a source that is imported by pieces are counted', () => {
  const stack = new Stack(new App(), 'Shop');
  const table = Table.fromTableAttributes(stack, 'Orders', {
    tableArn: stack.formatArn({ service: 'dynamodb', resource: 'table/orders' }),
    tableStreamArn: stack.formatArn({ service: 'dynamodb', resource: 'table/orders/stream/2026-01-01T00:00:00.000' }),
  });
  pipelineOver(stack, table);
  trigger(stack, 'Mail', table);
  trigger(stack, 'Search', table);
  expect(warnings(stack)).toEqual([expect.stringContaining('3 readers')]);
});
