import { deployedSpec } from '../../lambda-src/aws/find-deployed-pipeline';
import { readDeployment } from '../../lambda-src/schema/deployment';
import { SchemaRefusedError } from '../../lambda-src/schema/schema';
import { VARCHAR } from '../../src/expression/sql-type';
import { DEFAULT_RETENTION } from '../../src/spec/retention';
import { LocalLake } from '../helpers/local-lake';
import { expectation, expression, order, shopSpec } from '../helpers/shop-spec';
import { tableArn } from '../helpers/stream-records';

describe('a deploy', () => {
  let lake: LocalLake;
  beforeEach(async () => { lake = await LocalLake.open(shopSpec()); });
  afterEach(() => lake.close());

  test('creates every table and records sources and first epochs', async () => {
    const tables = await lake.rows('SELECT schema_name || \'.\' || table_name AS name FROM duckdb_tables() ORDER BY 1');
    expect(tables.map(({ name }) => name)).toEqual([
      'bookkeeping.absent_customers', 'bookkeeping.absent_orders', 'bookkeeping.ledger_orders', 'gold.sales', 'silver.customers', 'silver.orders',
    ]);
    expect(await readDeployment(lake.store)).toEqual({
      formatVersion: 1,
      sources: { [tableArn('customers')]: 'customers', [tableArn('orders')]: 'orders' },
      definitions: { customers: [{ epoch: 1, hash: 'customers 1' }], orders: [{ epoch: 1, hash: 'orders 1' }] },
      snapshotRetentionSeconds: 432_000,
    });
  });

  test('leaves the spec in the bucket, so that whoever finds the bucket knows the pipeline', async () => {
    expect(await deployedSpec(lake.store)).toEqual(lake.spec);
  });

  test('changes nothing when it is repeated', async () => {
    const before = await readDeployment(lake.store);
    expect(await lake.deploy()).toEqual({ created: [], extended: [], retained: [] });
    expect(await readDeployment(lake.store)).toEqual(before);
  });

  test('refuses a changed definition before it touches a table', async () => {
    const changed = shopSpec({ orders: { definitionHash: 'orders 2' } });
    const more = { ...changed, gold: { ...changed.gold, more_sales: changed.gold.sales } };
    await expect(lake.deploy(more)).rejects.toThrow(/silver\.orders: its definition has changed.*Fix: keep the former definition/);
    expect(await lake.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'more_sales'")).toEqual([]);
  });

  test('names every difference at once', async () => {
    const changed = shopSpec({ sales: { measures: { orders: { aggregate: 'count', type: VARCHAR } } }, orders: { definitionHash: 'orders 2' } });
    const error = await lake.deploy(changed).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SchemaRefusedError);
    expect(String(error)).toContain('gold.sales.orders is bigint and would become varchar');
    expect(String(error)).toContain('gold.sales exists with the columns revenue, which are declared no more');
    expect(String(error)).toContain('silver.orders: its definition has changed');
  });

  test('extends the ledger for a new Gold table that groups by other columns', async () => {
    const spec = shopSpec();
    const byCustomer = { ...shopSpec({ sales: { groupBy: { customer: expression('customer_id', VARCHAR) } } }).gold.sales, definitionHash: 'by customer' };
    const extended = { ...spec, gold: { ...spec.gold, by_customer: byCustomer } };
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    await lake.silver();
    await lake.gold();
    expect(await lake.deploy(extended)).toEqual({ created: ['gold.by_customer'], extended: ['bookkeeping.ledger_orders'], retained: [] });
    await lake.gold({ spec: extended });
    await lake.ingest(lake.stream('orders').insert(order('o2', 'c1', '6')));
    await lake.silver({ spec: extended });
    await lake.gold({ spec: extended });
    expect(await lake.rows('SELECT customer, orders, revenue FROM gold.by_customer')).toEqual([{ customer: 'c1', orders: '2', revenue: '11.00' }]);
  });

  test('sets on every table how long snapshots are kept when that is said anew, once', async () => {
    const spec = { ...lake.spec, retention: { ...DEFAULT_RETENTION, snapshotSeconds: 86_400 } };
    const more = { ...spec, gold: { ...spec.gold, more_sales: spec.gold.sales } };
    const prepared = jest.spyOn(lake.engine, 'prepare');
    const tables = ['silver.customers', 'bookkeeping.absent_customers', 'silver.orders', 'bookkeeping.absent_orders', 'bookkeeping.ledger_orders', 'gold.sales'];
    expect(await lake.deploy(more)).toEqual({ created: ['gold.more_sales'], extended: [], retained: tables });
    const properties = prepared.mock.calls.flatMap(([statement]) => 'properties' in statement ? [statement.properties] : []);
    expect(properties).toEqual(Array(7).fill({ snapshotRetentionSeconds: 86_400 }));
    expect(await readDeployment(lake.store)).toMatchObject({ snapshotRetentionSeconds: 86_400 });
    expect(await lake.deploy(more)).toMatchObject({ retained: [] });
  });

  test('makes a view of what a quarantine rule holds back', async () => {
    const ruled = await LocalLake.open(shopSpec({ orders: { expectations: { positive: expectation('quarantine', 'amount > 0') } } }));
    expect(await ruled.rows('SELECT * FROM silver.orders_quarantine')).toEqual([]);
    ruled.close();
  });
});
