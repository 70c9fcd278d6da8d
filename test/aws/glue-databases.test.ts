import { GlueClient } from '@aws-sdk/client-glue';
import { GlueDatabases } from '../../lambda-src/aws/glue-databases';
import { CREDENTIALS, fakeAws, type Answer, type FakeAws } from './fake-aws';

let aws: FakeAws;
afterEach(() => aws.close());

interface Call {
  readonly operation: string;
  readonly input: { readonly [name: string]: unknown };
}

/** Glue with prepared answers by operation; what it was asked is in `calls`. */
async function glue(answers: { readonly [operation: string]: object | Answer }): Promise<{ catalog: GlueDatabases; calls: () => Call[] }> {
  const operationOf = (target: unknown): string => String(target).split('.')[1];
  aws = await fakeAws(({ headers }) => {
    const answer = answers[operationOf(headers['x-amz-target'])] ?? {};
    return 'status' in answer ? answer : { status: 200, body: JSON.stringify(answer) };
  });
  const client = new GlueClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
  const calls = (): Call[] => aws.seen
    .map(({ headers, body }) => ({ operation: operationOf(headers['x-amz-target']), input: JSON.parse(body) as Call['input'] }));
  return { catalog: new GlueDatabases(client), calls };
}

const MISSING: Answer = { status: 400, body: JSON.stringify({ __type: 'EntityNotFoundException', Message: 'not found' }) };
const DENIED: Answer = { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', Message: 'no' }) };

test('a database that is not there is told from one that may not be seen', async () => {
  expect(await (await glue({ GetDatabase: MISSING })).catalog.find('shop_silver')).toBeUndefined();
  await aws.close();
  await expect((await glue({ GetDatabase: DENIED })).catalog.find('shop_silver')).rejects.toThrow('no');
});

test('the owner is kept as a parameter of the database', async () => {
  const { catalog, calls } = await glue({});
  await catalog.create('shop_silver', 'Current items', 's3://lake/');
  const { DatabaseInput: input } = calls()[0].input as { DatabaseInput: object };
  expect(input).toMatchObject({ Name: 'shop_silver', Description: 'Current items' });
  await aws.close();
  const again = await glue({ GetDatabase: { Database: input } });
  expect(await again.catalog.find('shop_silver')).toEqual({ owner: 's3://lake/' });
});

test('a new owner changes nothing else of a database', async () => {
  const database = {
    Name: 'shop_silver',
    Description: 'mine',
    LocationUri: 's3://x/',
    Parameters: { team: 'shop' },
    CreateTableDefaultPermissions: [{ Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, Permissions: ['ALL'] }],
  };
  const { catalog, calls } = await glue({ GetDatabase: { Database: { ...database, CreateTime: 1 } } });
  await catalog.setOwner('shop_silver', 's3://lake/');
  expect(calls()[1]).toEqual({
    operation: 'UpdateDatabase',
    input: { Name: 'shop_silver', DatabaseInput: { ...database, Parameters: { 'team': 'shop', 'cdk-medallion-analytics.lake': 's3://lake/' } } },
  });
});

test('views lie nowhere', async () => {
  const tables = [
    { Name: 'orders', StorageDescriptor: { Location: 's3://lake/silver/orders/' } },
    { Name: 'orders_quarantine', StorageDescriptor: { Location: '' } },
    { Name: 'v' },
  ];
  const { catalog } = await glue({ GetTables: { TableList: tables } });
  expect(await catalog.locations('shop_silver')).toEqual(['s3://lake/silver/orders/']);
});

test('a database is deleted after its tables, a hundred at a time', async () => {
  const { catalog, calls } = await glue({ GetTables: { TableList: Array.from({ length: 101 }, (_, i) => ({ Name: `t${i}` })) } });
  await catalog.delete('shop_silver');
  expect(calls().map(({ operation }) => operation)).toEqual(['GetTables', 'BatchDeleteTable', 'BatchDeleteTable', 'DeleteDatabase']);
  expect(calls()[2].input).toEqual({ DatabaseName: 'shop_silver', TablesToDelete: ['t100'] });
});

test('a table that cannot be deleted keeps its database, and is named', async () => {
  const failed = { TableName: 'orders', ErrorDetail: { ErrorCode: 'AccessDeniedException', ErrorMessage: 'no right' } };
  const { catalog, calls } = await glue({ GetTables: { TableList: [{ Name: 'orders' }] }, BatchDeleteTable: { Errors: [failed] } });
  await expect(catalog.delete('shop_silver')).rejects.toThrow('shop_silver.orders could not be deleted: no right');
  expect(calls().map(({ operation }) => operation)).not.toContain('DeleteDatabase');
});
