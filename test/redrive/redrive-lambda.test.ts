import type { Context } from 'aws-lambda';
import type { RedriveReport } from '../../lambda-src/redrive/redrive-report';
import type { RedriveRequest } from '../../lambda-src/redrive/redrive-request';
import { emittedBy } from '../aws/emf';
import { shopSpec } from '../helpers/shop-spec';

const DAY = 24 * 60 * 60;
const mockSpec = { ...shopSpec(), retention: { snapshotSeconds: DAY, absentSeconds: 45 * DAY, failureSeconds: DAY, rejectedSeconds: DAY } };
const REPORT: RedriveReport = { tables: { orders: { changes: 7, rejected: 0 } }, filesDone: 1, filesLeft: 2, left: [] };
const run = jest.fn<Promise<RedriveReport>, [RedriveRequest]>();
const given = jest.fn<void, [{ readonly absentSeconds: number; timeLeft(): number }]>();
jest.mock('../../lambda-src/aws/load-spec', () => ({ loadSpec: () => mockSpec }));
jest.mock('../../lambda-src/redrive/redrive', () => ({
  Redrive: class {
    public readonly run = run;
    public constructor(dependencies: { readonly absentSeconds: number; timeLeft(): number }) {
      given(dependencies);
    }
  },
}));

const context = { getRemainingTimeInMillis: () => 100_000 } as Context;
let handler: (payload: unknown, context: Context) => Promise<RedriveReport>;

beforeAll(() => {
  Object.assign(process.env, { BUCKET: 'lake', PIPELINE: 'shop', METRIC_DETAIL: 'pipeline', POWERTOOLS_LOG_LEVEL: 'SILENT', AWS_REGION: 'eu-west-1' });
  ({ handler } = jest.requireActual<{ handler: typeof handler }>('../../lambda-src/redrive/redrive.lambda'));
});
beforeEach(() => { run.mockResolvedValue(REPORT); });

test('a redrive answers with its report and sends its metrics', async () => {
  let report: RedriveReport | undefined;
  const [{ metrics }] = await emittedBy(async () => { report = await handler({ tables: ['orders'] }, context); });
  expect(report).toEqual(REPORT);
  expect(run).toHaveBeenCalledWith({ tables: ['orders'] });
  expect(metrics).toEqual({ ChangesRedriven: [7, 'Count'], SetAsideFilesLeft: [2, 'Count'] });
});

test('it goes by how long the pipeline remembers deletes, as its spec says', async () => {
  await emittedBy(() => handler(null, context));
  expect(given.mock.lastCall![0].absentSeconds).toBe(45 * DAY);
  expect(given.mock.lastCall![0].timeLeft()).toBe(100_000);
});

test('one that is dry measures nothing, since it has done nothing', async () => {
  expect(await emittedBy(() => handler({ dryRun: true }, context))).toEqual([]);
});

test('a payload that means nothing is refused before anything is done', async () => {
  await expect(handler({ table: 'orders' }, context)).rejects.toMatchObject({ name: 'RedriveRequestError' });
  expect(run).not.toHaveBeenCalled();
});
