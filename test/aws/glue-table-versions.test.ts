import { GlueClient } from '@aws-sdk/client-glue';
import { GlueTableVersions, TableVersionsError } from '../../lambda-src/aws/glue-table-versions';
import { CREDENTIALS, fakeAws, type FakeAws } from './fake-aws';

const table = { layer: 'silver', name: 'orders' } as const;
const databases = { bronze: 'shop_bronze', silver: 'shop_silver', gold: 'shop_gold', bookkeeping: 'shop_bookkeeping' };

let aws: FakeAws;
afterEach(() => aws.close());

async function answering(...bodies: object[]): Promise<GlueTableVersions> {
  aws = await fakeAws((_, index) => ({ status: 200, body: JSON.stringify(bodies[index]) }));
  return new GlueTableVersions(new GlueClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS }), databases);
}

test('lists all pages, the newest version first by its number', async () => {
  const versions = await answering(
    { TableVersions: [{ VersionId: '9' }, { VersionId: '100' }], NextToken: 'more' }, { TableVersions: [{ VersionId: '11' }] },
  );
  expect(await versions.list(table)).toEqual(['100', '11', '9']);
  expect(aws.seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { DatabaseName: 'shop_silver', TableName: 'orders' }, { DatabaseName: 'shop_silver', TableName: 'orders', NextToken: 'more' },
  ]);
});

test('deletes a hundred with a call', async () => {
  const versions = await answering({}, { Errors: [{ VersionId: '1', ErrorDetail: { ErrorCode: 'EntityNotFoundException' } }] });
  await versions.delete(table, [...Array(130).keys()].map(String));
  expect(aws.seen.map(({ body }) => (JSON.parse(body) as { VersionIds: string[] }).VersionIds.length)).toEqual([100, 30]);
});

test('says which version Glue keeps, and why', async () => {
  const versions = await answering({ Errors: [{ VersionId: '7', ErrorDetail: { ErrorCode: 'AccessDeniedException', ErrorMessage: 'no rights' } }] });
  const error = await versions.delete(table, ['7']).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TableVersionsError);
  expect(String(error)).toContain('silver.orders: Glue has not deleted 1 versions, 7 because of AccessDeniedException: no rights');
});
