import { Bronze } from '../../lambda-src/bronze/bronze';
import { DeployNotFinishedError } from '../../lambda-src/bronze/deployed-tables';
import type { Deployment } from '../../lambda-src/schema/deployment';
import { IncompatibleStateError } from '../../lambda-src/state/stored-format';
import { DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import { FixedClock } from '../helpers/fixed-clock';
import { MemoryObjectStore } from '../helpers/memory-object-store';
import { StreamRecords } from '../helpers/stream-records';
import { deploymentOf, ORDERS, pipelineOf, SHOP } from './bronze-fixture';
import { hyparquetRows } from './parquet-readers';

const ORDER = { OrderID: { S: 'O-1' } };

let orders: StreamRecords;
let store: MemoryObjectStore;
let bronze: Bronze;

beforeEach(() => {
  orders = new StreamRecords('Orders', { key: ['OrderID'] });
  store = new MemoryObjectStore();
  bronze = new Bronze({ spec: SHOP, store, clock: new FixedClock() });
});

describe('the record of the deploy', () => {
  test('is read once for many batches', async () => {
    await deploy(deploymentOf(SHOP));
    const get = jest.spyOn(store, 'get');
    await bronze.ingest({ Records: [orders.insert(ORDER)] });
    await bronze.ingest({ Records: [orders.insert(ORDER)] });

    expect(get).toHaveBeenCalledTimes(1);
  });

  test('gives each change the epoch of the definition it was read with', async () => {
    const { definitionHash: hash } = ORDERS;
    await deploy({
      ...deploymentOf(SHOP),
      definitions: { orders_enriched: [{ epoch: 1, hash }, { epoch: 2, hash: 'another' }, { epoch: 3, hash }, { epoch: 4, hash: 'later' }] },
    });

    expect(await epochOfNextChange()).toBe(3n);
  });

  test('makes another file of the same changes under another epoch', async () => {
    const record = orders.insert(ORDER);
    for (const epoch of [1, 2]) {
      await deploy(deploymentOf(SHOP, epoch));
      await new Bronze({ spec: SHOP, store, clock: new FixedClock() }).ingest({ Records: [record] });
    }

    expect(store.keys('bronze/')).toHaveLength(2);
  });

  test('is read again for a source that was added meanwhile', async () => {
    await deploy({ ...deploymentOf(SHOP), sources: {} });
    expect((await bronze.ingest({ Records: [orders.insert(ORDER)] })).tables).toHaveProperty('_unknown');
    await deploy(deploymentOf(SHOP));

    expect((await bronze.ingest({ Records: [orders.insert(ORDER)] })).tables).toHaveProperty('orders');
  });

  test('is waited for: while the definition has no epoch the batch fails, then it is taken', async () => {
    await deploy({ ...deploymentOf(SHOP), definitions: {} });
    const record = orders.insert(ORDER);
    const ingest = bronze.ingest({ Records: [record] });
    await expect(ingest).rejects.toThrow(DeployNotFinishedError);
    await expect(ingest).rejects.toThrow('the deploy of table orders_enriched has not finished: its definition hash-of-orders has no epoch');
    expect(store.keys('bronze/')).toEqual([]);
    await deploy(deploymentOf(SHOP, 7));

    expect(await epochOfNextChange()).toBe(7n);
  });

  test('must exist', async () => {
    await expect(bronze.ingest({ Records: [orders.insert(ORDER)] })).rejects.toThrow(DeployNotFinishedError);
  });

  test('of a newer format is refused', async () => {
    await store.put(DEPLOYMENT_KEY, JSON.stringify({ ...deploymentOf(SHOP), formatVersion: 2 }));
    await expect(bronze.ingest({ Records: [orders.insert(ORDER)] })).rejects.toThrow(IncompatibleStateError);
  });

  test('may know a table that this code does not: its records wait among the rejected', async () => {
    await deploy(deploymentOf(SHOP));
    const older = new Bronze({ spec: pipelineOf({ products: SHOP.tables.products }), store, clock: new FixedClock() });
    const report = await older.ingest({ Records: [orders.insert(ORDER)] });

    expect(report.tables.orders).toMatchObject({ records: 0, rejected: 1 });
    expect(store.text(report.tables.orders.rejectedFiles[0])).toContain('Bronze table orders is not in this function\'s definition');
  });
});

async function deploy(deployment: Deployment): Promise<void> {
  await store.put(DEPLOYMENT_KEY, JSON.stringify(deployment));
}

async function epochOfNextChange(): Promise<unknown> {
  const report = await bronze.ingest({ Records: [orders.insert(ORDER)] });
  const [row] = await hyparquetRows(store.bytes(report.tables.orders.files[0]));
  return row._epoch;
}
