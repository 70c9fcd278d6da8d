import { SSMClient } from '@aws-sdk/client-ssm';
import { DeployedPipelineError, deployedSpec, findDeployedPipeline } from '../../lambda-src/aws/find-deployed-pipeline';
import { SPEC_KEY } from '../../src/spec/storage-layout';
import { MemoryObjectStore } from '../helpers/memory-object-store';
import { shopSpec } from '../helpers/shop-spec';
import { CREDENTIALS, fakeAws, type FakeAws } from './fake-aws';

const PIPELINE = { formatVersion: 1, name: 'shop', constructPath: 'Shop/Analytics', bucket: 'lake', functions: { silver: 'shop-silver' } };
const TABLES = { orders: { formatVersion: 1, bronzeName: 'orders' }, customers: { formatVersion: 1, bronzeName: 'customers' } };

let aws: FakeAws;
afterEach(() => aws.close());

/** Systems Manager with some parameters, one a page. */
async function parameters(values: { readonly [name: string]: unknown }): Promise<SSMClient> {
  aws = await fakeAws(({ headers, body }) => {
    const request = JSON.parse(body) as { Name?: string; Path?: string; NextToken?: string };
    const entry = (name: string): object => ({ Name: name, Value: JSON.stringify(values[name]) });
    if (String(headers['x-amz-target']).endsWith('.GetParameter')) {
      return request.Name! in values
        ? { status: 200, body: JSON.stringify({ Parameter: entry(request.Name!) }) }
        : { status: 400, headers: { 'x-amzn-errortype': 'ParameterNotFound' }, body: JSON.stringify({ __type: 'ParameterNotFound' }) };
    }
    const below = Object.keys(values).filter(name => name.slice(0, name.lastIndexOf('/')) === request.Path);
    const page = Number(request.NextToken ?? 0);
    const more = page + 1 < below.length && { NextToken: String(page + 1) };
    return { status: 200, body: JSON.stringify({ Parameters: below.slice(page, page + 1).map(entry), ...more }) };
  });
  return new SSMClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
}

test('a pipeline is found by its name, with every table', async () => {
  const client = await parameters({
    '/cdk-medallion-analytics/shop': PIPELINE,
    '/cdk-medallion-analytics/shop/tables/customers': TABLES.customers,
    '/cdk-medallion-analytics/shop/tables/orders': TABLES.orders,
    '/cdk-medallion-analytics/shop_test/tables/other': TABLES.orders,
  });
  expect(await findDeployedPipeline(client, 'shop')).toEqual({ ...PIPELINE, tables: TABLES });
});

test('one that is not there is told from those that are', async () => {
  const client = await parameters({ '/cdk-medallion-analytics/shop_prod': PIPELINE, '/cdk-medallion-analytics/shop_dev': PIPELINE });
  await expect(findDeployedPipeline(client, 'shop')).rejects.toThrow(
    new DeployedPipelineError('no pipeline "shop" is deployed in eu-west-1 with these credentials; there is: shop_dev, shop_prod'));
});

test('with none at all, region and profile are the first suspects', async () => {
  await expect(findDeployedPipeline(await parameters({}), 'shop')).rejects.toThrow('no pipeline is deployed in eu-west-1 with these credentials: check');
});

test('a record of a newer version is refused with what to do', async () => {
  const client = await parameters({ '/cdk-medallion-analytics/shop': { ...PIPELINE, formatVersion: 2 } });
  await expect(findDeployedPipeline(client, 'shop')).rejects.toThrow(/has format 2, this code knows up to 1: use the version/);
});

describe('the spec', () => {
  test('is what the last deploy has put into the bucket', async () => {
    aws = await fakeAws(() => ({ status: 500 }));
    const store = new MemoryObjectStore();
    await store.put(SPEC_KEY, JSON.stringify(shopSpec()));
    expect(await deployedSpec(store)).toEqual(shopSpec());
  });

  test('is missing before a deploy has got to its end', async () => {
    aws = await fakeAws(() => ({ status: 500 }));
    await expect(deployedSpec(new MemoryObjectStore())).rejects.toThrow(/pipeline\.json is missing: .* deploy the stack again/);
  });
});
