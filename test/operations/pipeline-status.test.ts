import { pipelineStatus } from '../../lambda-src/operations/pipeline-status';
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
