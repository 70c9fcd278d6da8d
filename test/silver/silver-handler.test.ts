import type { Context } from 'aws-lambda';
import type { SilverReport, TableReport } from '../../lambda-src/silver/silver-report';
import { fakeAws, type FakeAws } from '../aws/fake-aws';

const mockSpec = { tables: new Proxy({}, { get: () => ({ expectations: {} }) }) };
const run = jest.fn<Promise<SilverReport>, []>();
const given = jest.fn<void, [{ timeLeft(): number }]>();
jest.mock('../../lambda-src/aws/deployed-lake', () => ({ deployedLake: () => ({ spec: mockSpec }) }));
jest.mock('../../lambda-src/silver/silver', () => ({
  Silver: class {
    public readonly run = run;
    public constructor(dependencies: { timeLeft(): number }) {
      given(dependencies);
    }
  },
}));

const GOLD = 'arn:aws:lambda:eu-west-1:111122223333:function:gold';
const REBUILD = 'arn:aws:lambda:eu-west-1:111122223333:function:rebuild';
const context = { getRemainingTimeInMillis: () => 123_000 } as Context;
let aws: FakeAws;
let refuses: string | undefined;
let handler: (event: unknown, context: Context) => Promise<void>;

beforeAll(async () => {
  aws = await fakeAws(({ url }) => refuses !== undefined && decodeURIComponent(url).includes(refuses)
    ? { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: JSON.stringify({ message: 'no rights' }) }
    : { status: 202 });
  Object.assign(process.env, {
    GOLD_FUNCTION: GOLD,
    PIPELINE: 'shop',
    METRIC_DETAIL: 'pipeline',
    POWERTOOLS_METRICS_DISABLED: 'true',
    REBUILD_FUNCTION: REBUILD,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
  ({ handler } = jest.requireActual<{ handler: typeof handler }>('../../lambda-src/silver/silver.lambda'));
});
beforeEach(() => {
  aws.seen.length = 0;
  refuses = undefined;
});
afterAll(() => aws.close());

function report(...states: TableReport['state'][]): SilverReport {
  const inspection = { keys: 0, removed: 0, conversionErrors: 0, violations: {}, unmatched: {} };
  const table = (state: TableReport['state']): TableReport => ({ state, runs: state === 'committed' ? 1 : 0, files: 0, inspection, poisoned: [], bytesScanned: 0, unreadable: 0 });
  return { tables: Object.fromEntries(states.map((state, index) => [`table_${index}`, table(state)])) };
}

test('a run that committed something starts Gold without waiting for it', async () => {
  run.mockResolvedValue(report('idle', 'committed'));
  await handler({}, context);
  expect(aws.seen).toHaveLength(1);
  expect(decodeURIComponent(aws.seen[0].url)).toBe(`/2015-03-31/functions/${GOLD}/invocations`);
  expect(aws.seen[0].headers['x-amz-invocation-type']).toBe('Event');
});

test('a run that changed nothing does not', async () => {
  run.mockResolvedValue(report('idle', 'parked', 'overtaken', 'skipped'));
  await handler({}, context);
  expect(aws.seen).toHaveLength(0);
});

test('if one table fails, Gold still gets what the others committed, and the invocation fails', async () => {
  const failure = Object.assign(new Error('orders: no'), { report: report('committed', 'failed') });
  run.mockRejectedValue(failure);
  await expect(handler({}, context)).rejects.toBe(failure);
  expect(aws.seen).toHaveLength(1);
});

test('if all fail, Gold is left alone', async () => {
  run.mockRejectedValue(Object.assign(new Error('orders: no'), { report: report('failed') }));
  await expect(handler({}, context)).rejects.toThrow('orders: no');
  expect(aws.seen).toHaveLength(0);
});

test('while changes are to be encoded again, that is started too', async () => {
  const { tables } = report('idle');
  const progress = { files: 0, changes: 0, skipped: [], rejectedFiles: 0 };
  run.mockResolvedValue({ tables: { table_0: { ...tables.table_0, rebuild: { state: 'encoding', epoch: 2, progress } } } });
  await handler({}, context);
  expect(aws.seen.map(({ url }) => decodeURIComponent(url))).toEqual([`/2015-03-31/functions/${REBUILD}/invocations`]);
});

test('where Gold cannot be started the rebuild is all the same, and the invocation fails', async () => {
  const { tables } = report('committed');
  const progress = { files: 0, changes: 0, skipped: [], rejectedFiles: 0 };
  run.mockResolvedValue({ tables: { table_0: { ...tables.table_0, rebuild: { state: 'encoding', epoch: 2, progress } } } });
  refuses = GOLD;
  await expect(handler({}, context)).rejects.toThrow('no rights');
  expect(aws.seen.map(({ url }) => decodeURIComponent(url))).toContain(`/2015-03-31/functions/${REBUILD}/invocations`);
});

test('the core is told how long the invocation may still run', async () => {
  run.mockResolvedValue(report());
  await handler({}, context);
  expect(given.mock.lastCall![0].timeLeft()).toBe(123_000);
});
