import { BACKFILL_VERSION, NEW_EXPORT, type BackfillState } from '../../lambda-src/backfill/backfill-state';
import { pipelineStatus } from '../../lambda-src/operations/pipeline-status';
import { backfillKey } from '../../src/spec/storage-layout';
import { LocalLake } from '../helpers/local-lake';
import { customer, order, shopSpec } from '../helpers/shop-spec';

let lake: LocalLake;
beforeEach(async () => { lake = await LocalLake.open(shopSpec()); });
afterEach(() => lake.close());

test('a pipeline that has just been deployed has nothing waiting', async () => {
  expect(await pipelineStatus(lake)).toEqual({
    holder: null,
    statementsInFlight: [],
    silver: {
      customers: { state: 'new', committedRun: null, waitingFiles: 0, waitingSince: null, unreadableFiles: [] },
      orders: { state: 'new', committedRun: null, waitingFiles: 0, waitingSince: null, unreadableFiles: [] },
    },
    gold: { sales: { state: 'new', consumedRun: null } },
    rebuilds: {},
    backfills: [],
    failedBatches: 0,
    rejectedFiles: 0,
  });
});

test('tells what waits, what has come how far, and what could not be taken', async () => {
  await lake.ingest(lake.stream('customers').insert(customer('c1', 'North')), lake.stream('orders').insert(order('o1', 'c1', '1.00')));
  await lake.silver();
  await lake.gold();
  await lake.ingest(lake.stream('orders').insert(order('o2', 'c1', '1.00')));
  await lake.store.put('aws/lambda/batch', '{}');

  const { silver, gold, failedBatches } = await pipelineStatus(lake);

  expect(silver.customers).toMatchObject({ state: 'current', waitingFiles: 0 });
  expect(silver.orders).toMatchObject({ state: 'behind', waitingFiles: 1, waitingSince: '2026-03-28T20' });
  expect(gold.sales).toEqual({ state: 'current', consumedRun: silver.orders.committedRun });
  expect(failedBatches).toBe(1);
  await lake.silver();
  expect((await pipelineStatus(lake)).gold.sales.state).toBe('behind');
});

test('tells how far a changed definition has come, until Silver has taken it all', async () => {
  await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '1.00')));
  await lake.silver();
  await lake.redeploy(shopSpec({ orders: { definitionHash: 'another' } }));
  await lake.silver();
  expect((await pipelineStatus(lake)).rebuilds).toEqual({ orders: { state: 'encoding', epoch: 2, filesRead: 0, changes: 0, skipped: 0 } });
  await lake.rebuild();
  expect((await pipelineStatus(lake)).rebuilds).toEqual({ orders: { state: 'merging', epoch: 2, filesRead: 1, changes: 1, skipped: 0 } });
  await lake.silver();
  expect((await pipelineStatus(lake)).rebuilds).toEqual({});
});

test('tells how far backfills have come, and of those that ended within a day', async () => {
  const begun = (id: string, phase: BackfillState['phase'], updatedAt: string): BackfillState => ({
    formatVersion: BACKFILL_VERSION,
    request: { id, table: 'orders', kind: 'repair' },
    tableArn: 'arn',
    startedAt: `${updatedAt.slice(0, 10)}T00:00:00.000Z`,
    updatedAt,
    phase,
    exports: [{ ...NEW_EXPORT, items: 900, files: 4, loadedFiles: 1, rows: 200, rejected: 1 }],
    current: 0,
    awaited: [],
    removed: 0,
  });
  const states = [
    begun('old-orders', 'done', '2026-03-20T10:00:00.000Z'),
    begun('new-orders', 'loading', '2026-03-28T19:59:00.000Z'),
    begun('stuck-orders', 'exporting', '2026-03-21T10:00:00.000Z'),
  ];
  for (const state of states) {
    await lake.store.put(backfillKey(state.request.id), JSON.stringify(state));
  }
  const { backfills } = await pipelineStatus(lake);
  expect(backfills.map(({ id, phase }) => [id, phase])).toEqual([['new-orders', 'loading'], ['stuck-orders', 'exporting']]);
  expect(backfills[0].silentSeconds).toBeLessThan(120);
  expect(backfills[0]).toMatchObject({ table: 'orders', kind: 'repair', files: '1 of 4', rows: 200, rejected: 1 });
});
