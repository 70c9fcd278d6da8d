import { Backfill } from '../../lambda-src/backfill/backfill';
import { assertAllDone } from '../../lambda-src/backfill/backfill-end';
import { planBackfills, type BackfillInput } from '../../lambda-src/backfill/backfill-plan';
import type { BackfillEvent } from '../../lambda-src/backfill/backfill.lambda';
import type { ExportRequest } from '../../lambda-src/ports/table-exports';
import { BackfillLake } from '../helpers/backfill-lake';
import { order, shopSpec } from '../helpers/shop-spec';
import { stateMachineOf, StateMachineRun, type Executed, type TaskHandler } from '../helpers/state-machine';
import { minimal } from '../pipeline/pipelines';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST_EVENTS = 25_000;
/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html, of what one state hands to the next */
const MOST_BYTES = 256 * 1024;
const DAY = 86_400;

describe('the history of a backfill\'s execution', () => {
  const { template } = minimal();
  const machine = stateMachineOf(template);
  const { TimeoutSeconds: timeout } = machine as unknown as { readonly TimeoutSeconds: number };
  let source: BackfillLake;
  beforeEach(async () => { source = await BackfillLake.open(shopSpec()); });
  afterEach(() => source.close());

  /** Of 34 days of one table, whose exports take so long each, while every call fails so often before it gets through. */
  async function heal(exportSeconds: number, failures: number): Promise<Executed & { readonly seconds: number }> {
    source.put('orders', order('o1', 'c1', '1'));
    source.wait(40 * DAY);
    const start = source.lake.clock.now().getTime();
    const ready = new Map<string, number>();
    const exports = {
      recoverableFrom: async () => new Date(source.lake.clock.now().getTime() - 35 * DAY * 1000),
      start: async (request: ExportRequest) => {
        const arn = await source.exports.start(request);
        ready.set(arn, source.lake.clock.now().getTime() + exportSeconds * 1000);
        return arn;
      },
      describe: async (arn: string) => source.lake.clock.now().getTime() < ready.get(arn)! ? { state: 'running' as const } : source.exports.describe(arn),
    };
    const backfill = new Backfill(source.dependencies({ exports }));
    let calls = 0;
    const task: TaskHandler = async (event: BackfillEvent) => {
      if (calls++ % (failures + 1) < failures) throw Object.assign(new Error('slow down'), { name: 'Lambda.TooManyRequestsException' });
      switch (event.action) {
        case 'plan': return { backfills: await planBackfills(event.input as BackfillInput, event.name, source.lake) };
        case 'advance': return backfill.advance(event.request, event.execution!);
        case 'conclude': return assertAllDone(event.backfills ?? [], event.ends);
      }
    };
    const run = new StateMachineRun({ task, wait: seconds => source.wait(seconds) }, 'heal');
    const executed = await run.execute(machine, { kind: 'heal', tables: ['orders'] });
    return { ...executed, seconds: (source.lake.clock.now().getTime() - start) / 1000 };
  }

  test.each([
    ['as quick as they come', 30],
    ['so long that the most is asked a day', 181],
    ['almost five hours each, so that the whole takes the week after which it is ended', 17_000],
  ])('has room for the longest heal whose exports take %s, though each call has to be made three times', async (_, exportSeconds) => {
    const { error, events, children, seconds } = await heal(exportSeconds, 2);
    expect(error).toBeUndefined();
    expect(seconds).toBeLessThan(timeout);
    if (exportSeconds > 10_000) expect(seconds).toBeGreaterThan(0.9 * timeout);
    expect(children).toHaveLength(1);
    expect(children[0]).toBeGreaterThan(34 * 20);
    expect(children[0]).toBeLessThan(MOST_EVENTS);
    expect(events).toBeLessThan(100);
  });

  test('grows by nothing with the number of tables, and what they hand over fits for 200', async () => {
    const backfills = Array.from({ length: 200 }, (_, index) => ({ id: `heal-2026-03-28-2000-table_${index}`, table: `table_${index}`, kind: 'window' }));
    const progress = { phase: 'done', export: '34 of 34', files: '200 of 200', rows: 1e9, rejected: 1e9, settled: 1e9, removed: 1e9 };
    const task: TaskHandler = async ({ action }: BackfillEvent) => {
      if (action === 'plan') return { backfills };
      return action === 'advance' ? { state: 'done', progress, done: progress } : undefined;
    };
    const { events, children, output } = await new StateMachineRun({ task, wait: () => undefined }, 'heal').execute(machine, {});
    expect(children).toHaveLength(200);
    expect(events).toBeLessThan(30);
    expect(JSON.stringify(output).length).toBeLessThan(MOST_BYTES);
  });

  test('is short where there is nothing to do', async () => {
    const { children, error } = await new StateMachineRun({ task: async () => ({ backfills: [] }), wait: () => undefined }, 'alarm').execute(machine, {});
    expect({ children, error }).toEqual({ children: [], error: undefined });
  });
});
