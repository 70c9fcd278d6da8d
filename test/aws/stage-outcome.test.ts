import { Logger } from '@aws-lambda-powertools/logger';
import { StageMetrics } from '../../lambda-src/aws/stage-metrics';
import { stageOutcome } from '../../lambda-src/aws/stage-outcome';
import { JournalBusyError } from '../../lambda-src/journal/errors';
import { emittedBy } from './emf';

interface Line {
  readonly level: string;
  readonly message: string;
  readonly report?: unknown;
}

const lines: Line[] = [];
const logger = new Logger({ serviceName: 'test', logLevel: 'INFO' });
const telemetry = { logger, metrics: new StageMetrics('shop', 'pipeline'), measure: () => ({ tables: {} }) };
const measuring = { ...telemetry, measure: (report: object) => ({ tables: { 'silver.orders': { itemsMerged: Object.keys(report).length } } }) };
const console = Reflect.get(logger, 'console') as Console;
beforeEach(() => {
  lines.length = 0;
  for (const method of ['info', 'error'] as const) jest.spyOn(console, method).mockImplementation((...texts: unknown[]) => { lines.push(JSON.parse(String(texts[0])) as Line); });
});
afterEach(() => jest.restoreAllMocks());

class TableFailedError extends Error {
  public constructor(public readonly report: object) {
    super('orders: no');
  }
}

test('a report is logged and handed on', async () => {
  expect(await stageOutcome(telemetry, async () => ({ tables: {} }))).toEqual({ report: { tables: {} } });
  expect(lines).toMatchObject([{ level: 'INFO', message: 'finished', report: { tables: {} } }]);
});

test('that another invocation is at work is no failure', async () => {
  const busy = async () => { throw new JournalBusyError('another', new Date('2026-11-22T16:00:00Z')); };
  await emittedBy(async () => expect(await stageOutcome(telemetry, busy)).toEqual({ busy: expect.stringContaining('another') }));
  expect(lines).toMatchObject([{ level: 'INFO', message: 'left to the next start' }]);
});

test('a failure keeps the report of the tables that did not fail', async () => {
  const failure = new TableFailedError({ tables: { customers: { state: 'committed' } } });
  expect(await stageOutcome(telemetry, async () => { throw failure; })).toEqual({ report: failure.report, failure });
  expect(lines).toMatchObject([{ level: 'ERROR', message: 'failed', report: failure.report }]);
});

test('metrics are sent of a run that ended, of one that failed at some table, and of one that found another at work', async () => {
  const sent = async (run: () => Promise<object>) => (await emittedBy(() => stageOutcome(measuring, run))).map(({ metrics }) => metrics);
  expect(await sent(async () => ({ tables: {} }))).toEqual([{ ItemsMerged: [1, 'Count'] }]);
  expect(await sent(async () => { throw new TableFailedError({ tables: {} }); })).toEqual([{ ItemsMerged: [1, 'Count'] }]);
  expect(await sent(async () => { throw new JournalBusyError('another', new Date()); })).toEqual([{ StartsWhileBusy: [1, 'Count'] }]);
  expect(await sent(async () => { throw new TypeError('bug'); })).toEqual([]);
});

test('any other error is a failure without a report', async () => {
  const failure = new TypeError('bug');
  expect(await stageOutcome(telemetry, async () => { throw failure; })).toEqual({ failure });
});
