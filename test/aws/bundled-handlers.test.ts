import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { HANDLER_ASSETS, type Handler } from '../../src/shipping/handler-assets';
import { ENVIRONMENT } from '../../src/spec/environment';
import { SPEC_VERSION, type PipelineSpec } from '../../src/spec/pipeline-spec';
import { fakeAws, type Answer, type FakeAws, type SeenRequest } from './fake-aws';

type HandlerModule = { readonly handler: (event: unknown, context?: unknown) => Promise<unknown> };

const ASSETS = path.join(__dirname, '..', '..', 'assets');
const SPEC: PipelineSpec = { specVersion: SPEC_VERSION, timeZone: 'Etc/UTC', tables: {}, gold: {}, dashboards: {} };
const MISSING: Answer = { status: 404, headers: { date: new Date().toUTCString() }, body: '<Error><Code>NoSuchKey</Code></Error>' };
const before = { ...process.env };
const folders: string[] = [];
let aws: FakeAws;
let answer: (request: SeenRequest) => Answer;

beforeAll(async () => { aws = await fakeAws(request => answer(request)); });
beforeEach(() => {
  aws.seen.length = 0;
  answer = () => MISSING;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
  for (const variable of Object.values(ENVIRONMENT)) process.env[variable] = variable.toLowerCase();
});
afterEach(() => { process.env = { ...before }; });
afterAll(async () => {
  await aws.close();
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

/** A handler as it is deployed: the bundle with the spec beside it. */
function deployed(name: Handler, spec: object = SPEC): HandlerModule {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  folders.push(folder);
  fs.cpSync(path.join(ASSETS, HANDLER_ASSETS[name]), folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'pipeline.json'), JSON.stringify(spec));
  return createRequire(__filename)(path.join(folder, `${name}.js`)) as HandlerModule;
}

const context = { getRemainingTimeInMillis: () => 800_000 };

test('silver says that a stack has not been deployed to its end', async () => {
  await expect(deployed('silver').handler({}, context)).rejects.toThrow('deployment.json is missing');
  expect(aws.seen.map(({ url }) => url.split('?')[0])).toContain('/bucket/deployment.json');
});

describe('redrive', () => {
  test('answers with its report', async () => {
    const found = { headers: { 'date': new Date().toUTCString(), 'etag': '"1"', 'last-modified': new Date().toUTCString() } };
    answer = ({ url }) => url.includes('deployment.json')
      ? { status: 200, ...found, body: '{"formatVersion":1,"sources":{},"definitions":{}}' }
      : { status: 200, headers: { 'content-type': 'application/xml' }, body: '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>' };
    expect(await deployed('redrive').handler({}, context)).toEqual({ tables: {}, filesDone: 0, filesLeft: 0, left: [] });
    expect(aws.seen.map(({ url }) => new URL(url, aws.endpoint).searchParams.get('prefix')).filter(Boolean)).toEqual(['aws/lambda/', 'rejected/']);
  });

  test('says what is wrong with its payload before it asks for anything', async () => {
    await expect(deployed('redrive').handler({ table: 'orders' }, context)).rejects.toThrow('- table: there is no such property');
    expect(aws.seen).toEqual([]);
  });
});

test.each<[Handler, string]>([['silver', 'WORKGROUP'], ['gold', 'BUCKET'], ['gold', 'PIPELINE'], ['schema', 'SILVER_DATABASE'], ['silver', 'GOLD_FUNCTION']])(
  '%s without %s does not start, and says why', (name, variable) => {
    delete process.env[variable];
    expect(() => deployed(name)).toThrow(`the environment variable ${variable} is not set`);
  });

test.each<Handler>(['redrive', 'silver', 'gold', 'schema'])('%s refuses a spec that is newer than its code', name => {
  expect(() => deployed(name, { ...SPEC, specVersion: SPEC_VERSION + 1 })).toThrow(`spec version ${SPEC_VERSION + 1}`);
});

describe('schema', () => {
  const event = { ResourceProperties: { ServiceToken: 'arn', definition: 'd', sources: [{ tableArn: 'arn:aws:dynamodb:::table/orders', bronzeName: 'orders' }] } };

  test('does nothing when the pipeline is deleted', async () => {
    expect(await deployed('schema').handler({ ...event, RequestType: 'Delete' })).toEqual({ PhysicalResourceId: 'pipeline-tables' });
    expect(aws.seen).toEqual([]);
  });

  test('records sources by ARN, under an id that stays', async () => {
    answer = request => request.method === 'PUT' ? { status: 200, headers: { date: new Date().toUTCString(), etag: '"1"' } } : MISSING;
    const { handler } = deployed('schema');
    expect(await handler({ ...event, RequestType: 'Create' })).toEqual({ PhysicalResourceId: 'pipeline-tables' });
    expect(await handler({ ...event, RequestType: 'Update' })).toEqual({ PhysicalResourceId: 'pipeline-tables' });
    const [put] = aws.seen.filter(({ method }) => method === 'PUT');
    expect(put.url).toMatch(/^\/bucket\/deployment\.json/);
    expect(put.body).toMatch(/"arn:aws:dynamodb:::table\/orders": ?"orders"/);
  });
});
