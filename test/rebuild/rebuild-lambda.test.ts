import type { Context } from 'aws-lambda';
import type { RebuildReport } from '../../lambda-src/rebuild/rebuild';
import { fakeAws, type FakeAws } from '../aws/fake-aws';

const run = jest.fn<Promise<RebuildReport>, []>();
const replay = jest.fn();
jest.mock('../../lambda-src/aws/deployed-lake', () => ({ deployedLake: () => ({}) }));
jest.mock('../../lambda-src/rebuild/rebuild', () => ({ Rebuild: class { public readonly run = run; } }));
jest.mock('../../lambda-src/rebuild/replay', () => ({ Replay: class { public readonly run = replay; } }));

const SELF = 'arn:aws:lambda:eu-west-1:111122223333:function:rebuild';
const context = { getRemainingTimeInMillis: () => 100_000, invokedFunctionArn: SELF } as Context;
let aws: FakeAws;
let status = 202;
let handler: (event: unknown, context: Context) => Promise<unknown>;

beforeAll(async () => {
  aws = await fakeAws(() => ({ status, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{}' }));
  Object.assign(process.env, {
    PIPELINE: 'shop',
    METRIC_DETAIL: 'pipeline',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  ({ handler } = jest.requireActual<{ handler: typeof handler }>('../../lambda-src/rebuild/rebuild.lambda'));
});
beforeEach(() => {
  aws.seen.length = 0;
  status = 202;
});
afterAll(() => aws.close());

function report(state: RebuildReport['tables'][string]['state'], files: number): RebuildReport {
  return { tables: { orders: { state, files, changes: files, skipped: 0 } } };
}

test('a rebuild that ran out of time goes on at once', async () => {
  run.mockResolvedValue(report('parked', 5));
  await handler(null, context);
  expect(aws.seen.map(({ url }) => decodeURIComponent(url))).toEqual([`/2015-03-31/functions/${SELF}/invocations`]);
});

test.each([['encoded', 5], ['parked', 0], ['busy', 0]] as const)('one that is %s after %i files does not', async (state, files) => {
  run.mockResolvedValue(report(state, files));
  await handler(null, context);
  expect(aws.seen).toEqual([]);
});

test('that it cannot start itself is no failure of what it has done: the next Silver run starts it', async () => {
  status = 403;
  run.mockResolvedValue(report('parked', 5));
  expect(await handler(null, context)).toEqual(report('parked', 5));
  expect(aws.seen).toHaveLength(1);
});

test('a failure fails the invocation', async () => {
  run.mockRejectedValue(new Error('orders: no rights'));
  await expect(handler(null, context)).rejects.toThrow('orders: no rights');
});

test('a replay is no rebuild', async () => {
  replay.mockResolvedValue({ heldBack: 1, changes: 1, files: ['f'], skipped: [] });
  await handler({ replay: { table: 'orders', actions: ['quarantine'] } }, context);
  expect([replay.mock.calls, run.mock.calls]).toEqual([[[{ table: 'orders', actions: ['quarantine'] }]], []]);
});
