import { deployedSpec } from '../../lambda-src/aws/find-deployed-pipeline';
import { readDeployment } from '../../lambda-src/schema/deployment';
import { SchemaRefusedError } from '../../lambda-src/schema/schema';
import { VARCHAR } from '../../src/expression/sql-type';
import { SPEC_VERSION, type SilverTableSpec } from '../../src/spec/pipeline-spec';
import { DEFAULT_RETENTION } from '../../src/spec/retention';
import { DEPLOYMENT_KEY, SPEC_KEY } from '../../src/spec/storage-layout';
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
    expect(await readDeployment(lake.store)).toMatchObject({
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
    expect(await lake.deploy()).toEqual({ created: [], extended: [], retained: [], widened: [], redefined: [] });
    expect(await readDeployment(lake.store)).toEqual(before);
  });

  const { columns } = shopSpec().tables.orders;
  const amountIs = (kind: 'double' | 'string') => ({ ...columns, amount: { attribute: 'Amount', type: { kind } } });

  test('refuses what cannot be changed before it touches a table', async () => {
    const changed = shopSpec({ orders: { definitionHash: 'orders 2', columns: amountIs('double') } });
    const more = { ...changed, gold: { ...changed.gold, more_sales: changed.gold.sales } };
    await expect(lake.deploy(more)).rejects.toThrow(/silver\.orders\.amount is decimal\(12,2\) and would become double.*Fix: /);
    expect(await lake.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'more_sales'")).toEqual([]);
    expect((await readDeployment(lake.store))?.definitions.orders).toHaveLength(1);
  });

  test('names every difference at once', async () => {
    const changed = shopSpec({
      sales: { measures: { orders: { aggregate: 'count', type: VARCHAR } } },
      orders: { definitionHash: 'orders 2', columns: amountIs('string'), partitionBy: [{ transform: 'day', column: 'order_date' }], bronzeName: 'purchases' },
    });
    const error = await lake.deploy(changed).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SchemaRefusedError);
    expect(String(error).split('\n').slice(1)).toEqual([
      "- silver.orders reads the change log orders and would read purchases. Fix: bronzeName: 'orders', or give the table a new name",
      expect.stringMatching(/^- silver\.orders\.amount is decimal\(12,2\) and would become varchar\. Fix: declare it under another column name/),
      expect.stringMatching(/^- silver\.orders is partitioned by nothing and would be by day\(order_date\)\. Fix: keep the former partitioning/),
      '- gold.sales.orders is bigint and would become varchar. Fix: give the table a new name',
    ]);
  });

  test('refuses another key, and a key that would be read in another way', async () => {
    const others = { ...columns, id: columns.order_id };
    await expect(lake.deploy(shopSpec({ orders: { definitionHash: 'orders 2', key: ['id'], columns: others } })))
      .rejects.toThrow('bookkeeping.absent_orders exists without the columns id and with the columns order_id, which are declared no more');
    await expect(lake.deploy(shopSpec({ orders: { definitionHash: 'orders 2', columns: { ...columns, order_id: { ...columns.order_id, attribute: 'Id' } } } })))
      .rejects.toThrow('silver.orders.order_id is a key column that reads OrderID as {"kind":"string"} and would read Id');
  });

  describe('of a key that is to be hashed', () => {
    const hashed = shopSpec({ orders: { definitionHash: 'orders 2', privacy: { OrderID: 'hash' } } });
    const refusal = 'silver.orders.order_id is a key column that the change log orders has in clear and would have hashed';

    test('is refused: the rows that are there stay under their clear key', async () => {
      await expect(lake.deploy(hashed)).rejects.toThrow(refusal);
      await lake.deploy(shopSpec({ orders: { definitionHash: 'orders 3', privacy: { Amount: 'hash' } } }));
      await expect(lake.deploy(hashed)).rejects.toThrow(refusal);
    });

    test('is refused under another name too that reads the same change log', async () => {
      const { orders, ...tables } = hashed.tables;
      const renamed = (bronzeName: string) => ({ ...hashed, tables: { ...tables, purchases: { ...orders, bronzeName } }, gold: {} });
      await expect(lake.deploy(renamed('orders'))).rejects.toThrow('silver.purchases.order_id is a key column that the change log orders has in clear');
      expect(await lake.deploy(renamed('purchases'))).toMatchObject({ redefined: [] });
    });

    test.each([
      ['with', (definition: object): object => definition],
      ['without', ({ epoch, hash }: { readonly epoch: number; readonly hash: string }) => ({ epoch, hash })],
    ])('is refused after a deploy of a version that described definitions %s their key, and did not note what is hashed', async (_, described) => {
      const { definitions, ...deployment } = (await readDeployment(lake.store))!;
      const before = Object.fromEntries(Object.entries(definitions).map(([name, known]) =>
        [name, known.map(({ hashedKey: _hashedKey, ...definition }) => described(definition))]));
      await lake.store.put(DEPLOYMENT_KEY, JSON.stringify({ ...deployment, definitions: before }));
      await expect(lake.deploy(hashed)).rejects.toThrow(refusal);
    });

    test('cannot be told of a lake whose spec a newer version has written, which is left alone', async () => {
      const { definitions, ...deployment } = (await readDeployment(lake.store))!;
      const before = Object.fromEntries(Object.entries(definitions).map(([name, [{ epoch, hash }]]) => [name, [{ epoch, hash }]]));
      await lake.store.put(DEPLOYMENT_KEY, JSON.stringify({ ...deployment, definitions: before }));
      await lake.store.put(SPEC_KEY, JSON.stringify({ ...hashed, specVersion: SPEC_VERSION + 1 }));
      await expect(lake.deploy(hashed)).rejects.toThrow(`${SPEC_KEY} has spec version ${SPEC_VERSION + 1}, this code knows up to ${SPEC_VERSION}`);
    });

    test('is as it should be from the first deploy on, and then stays so', async () => {
      const { customers } = shopSpec().tables;
      const spec = (definitionHash: string, privacy: SilverTableSpec['privacy']) =>
        ({ ...shopSpec(), tables: { people: { ...customers, bronzeName: 'people', definitionHash, privacy } }, gold: {} });
      await lake.deploy(spec('people 1', { CustomerID: 'hash' }));
      await lake.deploy(spec('people 2', { CustomerID: 'hash', Region: 'hash' }));
      await expect(lake.deploy(spec('people 3', {}))).rejects.toThrow(/the change log people has hashed and would have in clear.*Fix: keep privacy/);
    });
  });

  test('keeps a name bound to its class of values under every later definition and every table of the change log', async () => {
    await lake.deploy(shopSpec({ orders: { definitionHash: 'orders 2', columns: { ...columns, score: { attribute: 'Score', type: { kind: 'double' } } } } }));
    await lake.deploy(shopSpec());
    const { orders: former, ...tables } = shopSpec().tables;
    const renamed = { ...former, columns: { ...columns, score: { attribute: 'Score', type: { kind: 'string' as const } } } };
    await expect(lake.deploy({ ...shopSpec(), tables: { ...tables, purchases: renamed }, gold: {} })).rejects.toThrow(
      'silver.purchases.score: files of the change log orders have it as double (definition 2) and would have it as varchar');
  });

  test('goes back to a former definition as to a new one: what was added stays', async () => {
    const more = shopSpec({ orders: { definitionHash: 'orders 2', columns: { ...columns, note: { attribute: 'Note', type: { kind: 'string' } } } } });
    await lake.deploy(more);
    expect(await lake.deploy()).toMatchObject({ created: [], extended: [], widened: [], redefined: ['orders'] });
    expect((await readDeployment(lake.store))?.definitions.orders.map(({ epoch, hash }) => [epoch, hash])).toEqual([[1, 'orders 1'], [2, 'orders 2'], [3, 'orders 1']]);
    expect((await lake.engine.describe({ layer: 'silver', name: 'orders' }))?.columns).toHaveProperty('note');
  });

  test('extends the ledger for a new Gold table that groups by other columns', async () => {
    const spec = shopSpec();
    const byCustomer = { ...shopSpec({ sales: { groupBy: { customer: expression('customer_id', VARCHAR) } } }).gold.sales, definitionHash: 'by customer' };
    const extended = { ...spec, gold: { ...spec.gold, by_customer: byCustomer } };
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '5')));
    await lake.silver();
    await lake.gold();
    expect(await lake.deploy(extended)).toMatchObject({ created: ['gold.by_customer'], extended: ['bookkeeping.ledger_orders'] });
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
    expect(await lake.deploy(more)).toMatchObject({ created: ['gold.more_sales'], extended: [], retained: tables });
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
