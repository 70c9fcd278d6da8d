import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../../../lambda-src/aws/query-failure';
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
  world.wait(2); // whatever a fault left in flight has ended by then
  await world.silver();
  await world.gold();
  expect(await differences(world)).toEqual([]);
}

async function told(fault: FaultOrder): Promise<void> {
  await fetch(`${connection().athena}/_faults`, { method: 'POST', body: JSON.stringify(fault) });
}

afterEach(() => fetch(`${connection().athena}/_faults`, { method: 'DELETE' }));

test('throttling, lost answers, a slow queue and a commit conflict: the run gets through, and each statement runs once', async () => {
  const { world } = await laidOut();
  await told({ fault: 'throttle', operation: 'StartQueryExecution', times: 3 });
  await told({ fault: 'throttle', operation: 'GetQueryExecution', times: 3 });
  await told({ fault: 'lose-answer', operation: 'StartQueryExecution', matching: 'MERGE INTO .*orders', times: 1 });
  await told({ fault: 'slow-queue', milliseconds: 3000, matching: 'MERGE', times: 2 });
  await world.silver();
  await told({ fault: 'conflict', matching: 'MERGE', times: 1 });
  await world.gold().catch(() => undefined); // a conflict may end a stage: the next run repeats what it had not done
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
  await untilRunning(`MERGE INTO "${lake.databases.silver}"."orders"`);
  await order(connection().control, 'kill-trino');
  await run;
  await order(connection().control, 'start-trino');
  await expectConverged(world);
});

async function untilRunning(text: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${connection().athena}/_running`);
    const { running } = await response.json() as { readonly running: readonly string[] };
    if (running.some(sql => sql.includes(text))) return;
    await setTimeout(10);
  }
}
