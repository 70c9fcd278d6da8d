import { Logger } from '@aws-lambda-powertools/logger';
import { stageOutcome } from '../../lambda-src/aws/stage-outcome';
import { JournalBusyError } from '../../lambda-src/journal/errors';

interface Line {
  readonly level: string;
  readonly message: string;
  readonly report?: unknown;
}

const lines: Line[] = [];
const logger = new Logger({ serviceName: 'test', logLevel: 'INFO' });
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
  expect(await stageOutcome(logger, async () => ({ tables: {} }))).toEqual({ report: { tables: {} } });
  expect(lines).toMatchObject([{ level: 'INFO', message: 'finished', report: { tables: {} } }]);
});

test('that another invocation is at work is no failure', async () => {
  const outcome = await stageOutcome(logger, async () => { throw new JournalBusyError('another', new Date('2026-11-22T16:00:00Z')); });
  expect(outcome).toEqual({});
  expect(lines).toMatchObject([{ level: 'INFO', message: 'left to the next start' }]);
});

test('a failure keeps the report of the tables that did not fail', async () => {
  const failure = new TableFailedError({ tables: { customers: { state: 'committed' } } });
  expect(await stageOutcome(logger, async () => { throw failure; })).toEqual({ report: failure.report, failure });
  expect(lines).toMatchObject([{ level: 'ERROR', message: 'failed', report: failure.report }]);
});

test('any other error is a failure without a report', async () => {
  const failure = new TypeError('bug');
  expect(await stageOutcome(logger, async () => { throw failure; })).toEqual({ failure });
});
