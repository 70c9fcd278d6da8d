import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../../../lambda-src/aws/query-failure';
import { GoldFailedError } from '../../../lambda-src/gold/errors';
import { JournalBusyError } from '../../../lambda-src/journal/errors';
import { CONVERGENCE_PIPELINE } from '../../convergence/pipeline';
import { differences } from '../../convergence/trace';
import { World } from '../../convergence/world';
import type { FaultOrder } from '../athena-server/faults';
import { AthenaFailedError, RawAthena } from '../lake/raw-athena';
import { RealLake } from '../lake/real-lake';
import { connection } from '../stack/connection';
import { order } from '../stack/control';

/** A shop's changes, streamed to Bronze and not yet in Silver. */
async function laidOut(): Promise<{ readonly lake: RealLake; readonly world: World }> {
  const lake = await RealLake.open(CONVERGENCE_PIPELINE);
  const world = World.over(lake);
  world.change({ table: 'regions', kind: 'put', key: 'r0', values: { Label: 'L0' } });
  world.change({ table: 'customers', kind: 'put', key: 'c0', values: { RegionID: 'r0', Name: 'N1' } });
  for (let number = 0; number < 30; number++) {
    world.change({ table: 'orders', kind: 'put', key: `o${number}/1`, values: { CustomerID: 'c0', OrderDate: '2026-03-28T22:30:00Z', Amount: '10.00', Tags: 'a' } });
  }
  await world.deliverAll();
  return { lake, world };
}

async function expectConverged(world: World): Promise<void> {
  await world.wait(2); // whatever a fault left in flight has ended by then
  await world.silver();
  await world.gold();
  expect(await differences(world)).toEqual([]);
}

async function told(fault: FaultOrder): Promise<void> {
  await fetch(`${connection().athena}/_faults`, { method: 'POST', body: JSON.stringify(fault) });
}

afterEach(() => fetch(`${connection().athena}/_faults`, { method: 'DELETE' }));

test('throttling, lost answers and a slow queue: the run gets through, and each statement runs once, however often it was sent', async () => {
  const { lake, world } = await laidOut();
  await told({ fault: 'throttle', operation: 'StartQueryExecution', times: 3 });
  await told({ fault: 'throttle', operation: 'GetQueryExecution', times: 3 });
  await told({ fault: 'lose-answer', operation: 'StartQueryExecution', matching: 'MERGE INTO .*orders', times: 1 });
  await told({ fault: 'slow-queue', milliseconds: 3000, matching: 'MERGE', times: 2 });
  await world.silver();
  await world.gold();
  const statements = await statementsOf(lake);
  expect(statements.length).toBeGreaterThan(5);
  expect(statements.filter(({ state }) => state !== 'SUCCEEDED')).toEqual([]);
  expect(new Set(statements.map(({ text }) => text)).size).toBe(statements.length);
  expect(statements.some(({ starts }) => starts > 1)).toBe(true);
  await expectConverged(world);
});

test('a commit conflict in Gold is answered by the same statement under another token, not swallowed', async () => {
  const { lake, world } = await laidOut();
  await world.silver();
  await told({ fault: 'conflict', matching: 'MERGE INTO .*sales_by_region', times: 1 });
  expect(await world.gold()).toBe('done');
  expect(await differences(world)).toEqual([]);
  const refreshes = (await statementsOf(lake)).filter(({ text }) => text.includes('sales_by_region'));
  expect(refreshes.map(({ state }) => state)).toEqual(['FAILED', 'SUCCEEDED']);
  expect(new Set(refreshes.map(({ token }) => token)).size).toBe(2);
});

test('a conflict that does not end fails the stage and says so; the next run repeats what was not done', async () => {
  const { lake, world } = await laidOut();
  await world.silver();
  await told({ fault: 'conflict', matching: 'MERGE INTO .*sales_by_region', times: 100 });
  const error: unknown = await lake.gold().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GoldFailedError);
  expect((error as GoldFailedError).report.tables.sales_by_region).toMatchObject({ state: 'failed', error: expect.stringContaining('ICEBERG_COMMIT_ERROR') as unknown });
  await fetch(`${connection().athena}/_faults`, { method: 'DELETE' });
  await expectConverged(world);
});

test('writers that race for one table meet a real conflict, by its text', async () => {
  const { lake, world } = await laidOut();
  await world.silver();
  const athena = new RawAthena(lake.databases.silver);
  const update = `UPDATE "${lake.databases.silver}"."orders" SET "customer_name" = "customer_name" WHERE "order_id" IS NOT NULL`;
  const ends = await Promise.all(Array.from({ length: 4 }, () => athena.execute(update).catch((error: unknown) => error)));
  const failed = ends.filter(end => end instanceof AthenaFailedError);
  expect(failed.length).toBeGreaterThan(0);
  for (const { execution } of failed) expect(failureOf(execution.Status!).kind).toBe('conflict');
  await expectConverged(world);
});

test('Silver commits against a writer that keeps changing its table', async () => {
  const { lake, world } = await laidOut();
  await world.silver();
  world.change({ table: 'orders', kind: 'put', key: 'o1/1', values: { CustomerID: 'c0', OrderDate: '2026-03-28T22:30:00Z', Amount: '49.99', Tags: 'a' } });
  await world.deliverAll();
  const athena = new RawAthena(lake.databases.silver);
  const disturbing = { goesOn: true };
  const disturber = (async () => {
    const update = `UPDATE "${lake.databases.silver}"."orders" SET "customer_name" = "customer_name" WHERE "order_id" = 'o1'`;
    while (disturbing.goesOn) await athena.execute(update).catch(() => undefined);
  })();
  const end = await Promise.race([world.silver().catch((error: unknown) => error), setTimeout(60_000)]);
  disturbing.goesOn = false;
  await disturber;
  expect(end === 'done' || String(end).includes('ICEBERG_COMMIT_ERROR')).toBe(true);
  await expectConverged(world);
});

test('two Silver runs at once: one works, the other leaves it to the next start', async () => {
  const { lake, world } = await laidOut();
  const ends = await Promise.allSettled([lake.silver(), lake.silver()]);
  const refused = ends.flatMap(end => end.status === 'rejected' ? [end.reason as unknown] : []);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toBeInstanceOf(JournalBusyError);
  await expectConverged(world);
});

test('the query engine is killed in the middle of a MERGE: nothing is lost, nothing comes twice', async () => {
  const { lake, world } = await laidOut();
  const run = world.silver().catch((error: unknown) => error);
  await untilRunning(lake, `MERGE INTO "${lake.databases.silver}"."orders"`);
  await order(connection().control, 'kill-trino');
  await run;
  await order(connection().control, 'start-trino');
  await expectConverged(world);
});

interface Statement {
  /** Without the token that it carries. */
  readonly text: string;
  readonly token: string;
  readonly state: string;
  readonly starts: number;
}

/** What Athena was given to write in that lake's tables, in order. */
async function statementsOf(lake: RealLake): Promise<Statement[]> {
  const response = await fetch(`${connection().athena}/_executions`);
  const { executions } = await response.json() as { readonly executions: readonly (Omit<Statement, 'text'> & { readonly sql: string })[] };
  return executions
    .filter(({ sql }) => sql.includes(lake.name) && /^(-- .*\n)?(MERGE|INSERT|DELETE)/.test(sql))
    .map(({ sql, ...others }) => ({ ...others, text: sql.replace(/^-- .*\n/, '') }));
}

async function untilRunning(lake: RealLake, text: string): Promise<void> {
  while (!(await statementsOf(lake)).some(statement => statement.state === 'RUNNING' && statement.text.includes(text))) await setTimeout(10);
}
