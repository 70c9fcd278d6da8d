import { readDeployment } from '../../lambda-src/schema/deployment';
import { LocalLake } from '../helpers/local-lake';
import { order, shopSpec } from '../helpers/shop-spec';

/** A pipeline that has run, was destroyed with its data retained, and is deployed again with the same bucket and databases. */
describe('a lake that is taken over', () => {
  let lake: LocalLake;
  beforeEach(async () => {
    lake = await LocalLake.open(shopSpec());
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')), lake.stream('orders').insert(order('o2', 'c1', '7')));
    await lake.silver();
    await lake.gold();
  });
  afterEach(() => lake.close());

  test('keeps its tables and the numbers of its definitions', async () => {
    expect(await lake.deploy()).toMatchObject({ created: [], extended: [], redefined: [] });
    expect((await readDeployment(lake.store))?.definitions.orders).toMatchObject([{ epoch: 1, hash: 'orders 1' }]);
    expect(await lake.rows('SELECT order_id FROM silver.orders ORDER BY 1')).toEqual([{ order_id: 'o1' }, { order_id: 'o2' }]);
  });

  test('goes on where it was: what was read is not read again', async () => {
    await lake.deploy();
    expect((await lake.silver()).tables.orders).toMatchObject({ files: 0 });
    await lake.ingest(lake.stream('orders').insert(order('o3', 'c1', '9')));
    expect((await lake.silver()).tables.orders).toMatchObject({ files: 1 });
    await lake.gold();
    expect(await lake.rows('SELECT orders, revenue FROM gold.sales')).toEqual([{ orders: '3', revenue: '21.00' }]);
  });

  test('whose tables were lost is filled from the change logs again', async () => {
    for (const table of ['silver.orders', 'silver.customers', 'bookkeeping.absent_orders', 'bookkeeping.ledger_orders', 'gold.sales']) {
      await lake.rows(`DROP TABLE ${table}`);
    }
    expect((await lake.deploy()).created).toHaveLength(5);
    await lake.silver();
    await lake.gold();
    expect(await lake.rows('SELECT order_id FROM silver.orders ORDER BY 1')).toEqual([{ order_id: 'o1' }, { order_id: 'o2' }]);
    expect(await lake.rows('SELECT orders, revenue FROM gold.sales')).toEqual([{ orders: '2', revenue: '12.00' }]);
  });
});
