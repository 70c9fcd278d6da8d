import type { Context } from 'aws-lambda';
import type { BackfillStep } from '../../lambda-src/backfill/backfill';
import type { BackfillRequest } from '../../lambda-src/backfill/backfill-request';
import type { BackfillAnswer, BackfillEvent } from '../../lambda-src/backfill/backfill.lambda';
import { backfillKey } from '../../src/spec/storage-layout';
import { emittedBy } from '../aws/emf';
import { fakeAws, type FakeAws } from '../aws/fake-aws';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const SILVER = 'arn:aws:lambda:eu-west-1:111122223333:function:silver';
const REQUEST: BackfillRequest = { id: 'mine-orders', table: 'orders', kind: 'full' };
const STEP: BackfillStep = {
  state: 'waiting',
  seconds: 60,
  progress: { phase: 'merging', export: '1 of 1', files: '2 of 2', rows: 9, rejected: 1, settled: 0, removed: 0 },
  done: { rows: 9, rejected: 1, settled: 0, removed: 0 },
};
const mockLake = { spec: { tables: { orders: { bronzeName: 'purchases' } } }, clock: { now: () => new Date('2026-01-31T09:00:00Z') }, store: new MemoryObjectStore() };
const advance = jest.fn<Promise<BackfillStep>, [BackfillRequest, string]>();
const given = jest.fn<void, [{ startSilver(): Promise<void>; timeLeft(): number }]>();
jest.mock('../../lambda-src/aws/deployed-lake', () => ({ deployedLake: () => mockLake }));
jest.mock('../../lambda-src/backfill/backfill', () => ({
  Backfill: class {
    public readonly advance = advance;
    public constructor(dependencies: { startSilver(): Promise<void>; timeLeft(): number }) {
      given(dependencies);
    }
  },
}));

const context = { getRemainingTimeInMillis: () => 100_000 } as Context;
let aws: FakeAws;
let handler: (event: BackfillEvent, context: Context) => Promise<BackfillAnswer>;

beforeAll(async () => {
  aws = await fakeAws(() => ({ status: 202 }));
  Object.assign(process.env, {
    BUCKET: 'lake',
    SILVER_FUNCTION: SILVER,
    PIPELINE: 'shop',
    METRIC_DETAIL: 'pipeline',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  ({ handler } = jest.requireActual<{ handler: typeof handler }>('../../lambda-src/backfill/backfill.lambda'));
});
beforeEach(() => { advance.mockResolvedValue(STEP); });
afterAll(() => aws.close());

test('a plan has one backfill a table, named after the execution', async () => {
  expect(await handler({ action: 'plan', input: { kind: 'full' }, name: 'mine' }, context)).toEqual({ backfills: [REQUEST] });
});

test('what EventBridge tells of an alarm is a heal, and of one that has not rung nothing', async () => {
  const state = (value: string) => ({ value, timestamp: '2026-01-31T08:00:00.000+0000' });
  const ringing = { state: { ...state('ALARM'), reasonData: JSON.stringify({ recentDatapoints: [3_600_000] }) } };
  expect(await handler({ action: 'plan', input: ringing, name: 'alarm' }, context)).toEqual({
    backfills: [{ id: 'alarm-orders', table: 'orders', kind: 'window', from: '2026-01-31T06:45:00.000Z', to: '2026-01-31T09:00:00.000Z' }],
  });
  const quiet = { state: state('OK'), previousState: state('INSUFFICIENT_DATA') };
  expect(await handler({ action: 'plan', input: quiet, name: 'alarm' }, context)).toEqual({ backfills: [] });
});

test('a plan that makes no sense fails under the name that the state machine knows', async () => {
  const asked = handler({ action: 'plan', input: { kind: 'full', tables: ['ordres'] }, name: 'mine' }, context);
  await expect(asked).rejects.toMatchObject({ name: 'BackfillRefusedError' });
});

test('a step is answered as it is, and measured under the change log\'s name', async () => {
  let step: BackfillAnswer | undefined;
  const [{ metrics }] = await emittedBy(async () => { step = await handler({ action: 'advance', request: REQUEST, execution: 'mine' }, context); });
  expect(step).toEqual(STEP);
  expect(advance).toHaveBeenCalledWith(REQUEST, 'mine');
  expect(metrics).toEqual({ BackfillRowsLoaded: [9, 'Count'], RecordsRejected: [1, 'Count'] });
  expect(given.mock.lastCall![0].timeLeft()).toBe(100_000);
});

test('a step that throws fails the invocation, for the state machine to decide', async () => {
  advance.mockRejectedValue(Object.assign(new Error('somebody else'), { name: 'BackfillBusyError' }));
  await expect(handler({ action: 'advance', request: REQUEST }, context)).rejects.toMatchObject({ name: 'BackfillBusyError' });
});

test('the end leaves what is unfinished to whoever goes on with it', async () => {
  const state = { formatVersion: 1, request: REQUEST, phase: 'loading', worker: { execution: 'mine', at: '2026-01-31T08:59:00Z' } };
  await mockLake.store.put(backfillKey(REQUEST.id), JSON.stringify(state));
  const failed = { request: REQUEST, failure: { Error: 'Runtime.ExitError', Cause: 'out of memory' } };
  await expect(handler({ action: 'conclude', backfills: [REQUEST], ends: [failed], execution: 'mine' }, context)).rejects.toThrow('orders: Runtime.ExitError');
  expect(JSON.parse(mockLake.store.text(backfillKey(REQUEST.id)))).toEqual({ ...state, worker: undefined });
});

test('Silver is started without being waited for', async () => {
  await emittedBy(() => handler({ action: 'advance', request: REQUEST }, context));
  await given.mock.lastCall![0].startSilver();
  expect(decodeURIComponent(aws.seen.at(-1)!.url)).toBe(`/2015-03-31/functions/${SILVER}/invocations`);
  expect(aws.seen.at(-1)!.headers['x-amz-invocation-type']).toBe('Event');
});

test('the end is a failure when one table failed, with the cause as Lambda wraps it', async () => {
  const failed = { request: REQUEST, failure: { Error: 'ExportFailedError', Cause: JSON.stringify({ errorMessage: 'the export failed' }) } };
  const done = { request: { ...REQUEST, table: 'customers' }, step: STEP };
  const backfills = [REQUEST, done.request];
  await expect(handler({ action: 'conclude', backfills, ends: [failed, done] }, context)).rejects.toThrow(/^orders: ExportFailedError: the export failed$/);
  const elsewhere = { request: REQUEST, step: { ...STEP, state: 'elsewhere', execution: 'other' } as const };
  expect(await handler({ action: 'conclude', backfills, ends: [elsewhere, done] }, context)).toBeUndefined();
  expect(await handler({ action: 'conclude', backfills, ends: [{ request: REQUEST, step: STEP }, done] }, context)).toBeUndefined();
  await expect(handler({ action: 'conclude', backfills, ends: [done] }, context)).rejects.toThrow(/^orders: its own execution was stopped/);
});
