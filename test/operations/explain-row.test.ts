import { explainRow, KeyError } from '../../lambda-src/operations/explain-row';
import { LocalLake } from '../helpers/local-lake';
import { customer, expectation, order, shopSpec } from '../helpers/shop-spec';

let lake: LocalLake;
const explain = async (table: string, ...key: string[]) => {
  // As a Glue table does on AWS: all files of a change log, with the hour they lie under.
  for (const name of ['customers', 'orders']) {
    await lake.rows(`CREATE SCHEMA IF NOT EXISTS bronze; CREATE OR REPLACE VIEW bronze.${name} AS
      SELECT * FROM read_parquet('${lake.folder}/bronze/${name}/**/*.parquet', union_by_name = true, hive_partitioning = true)`);
  }
  return explainRow(table, { spec: lake.spec, engine: lake.engine, key });
};

beforeEach(async () => {
  lake = await LocalLake.open(shopSpec({ orders: { expectations: { amount_not_negative: expectation('quarantine', 'amount >= 0') } } }));
  await lake.ingest(lake.stream('customers').insert(customer('c1', 'North')));
});
afterEach(() => lake.close());

test('a row is told with the changes that made it, the present one marked', async () => {
  const stream = lake.stream('orders');
  await lake.ingest(stream.insert(order('o1', 'c1', '1.00')), stream.insert(order('o2', 'c1', '5.00')));
  await lake.ingest(stream.modify(order('o1', 'c1', '1.00'), order('o1', 'c1', '2.00')));
  await lake.silver();

  const { key, row, absence, changes } = await explain('orders', 'o1');

  expect(key).toEqual({ order_id: 'o1' });
  expect(row).toMatchObject({ amount: '2.00', customer_region: 'North' });
  expect(absence).toBeNull();
  expect(changes.map(({ verdict, change }) => [verdict, change._event_name])).toEqual([['superseded', 'INSERT'], ['current', 'MODIFY']]);
  expect(JSON.parse(changes[0].change._new_image!)).toMatchObject({ Amount: { N: '1.00' } });
});

test('an item without a row is told with the change that took it away', async () => {
  const stream = lake.stream('orders');
  await lake.ingest(stream.insert(order('o1', 'c1', '1.00')), stream.modify(order('o1', 'c1', '1.00'), order('o1', 'c1', '-2.00')));
  await lake.silver();

  const { row, absence, changes } = await explain('orders', 'o1');

  expect(row).toBeNull();
  expect(absence).toMatchObject({ _reason: 'quarantine:amount_not_negative' });
  expect(changes.map(({ verdict }) => verdict)).toEqual(['superseded', 'absence']);
});

test('a key that no change ever had has no changes', async () => {
  await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '1.00')));
  expect(await explain('orders', "o'; DROP TABLE x")).toMatchObject({ row: null, absence: null, changes: [] });
});

test('says which tables and which key columns there are', async () => {
  const asked = (table: string, ...key: string[]) => explainRow(table, { spec: lake.spec, engine: lake.engine, key });
  await expect(asked('order', 'o1')).rejects.toThrow(new KeyError("there is no Silver table 'order'; there are: customers, orders"));
  await expect(asked('orders', 'o1', 'x')).rejects.toThrow('the key of orders has 1 columns, order_id: give a value for each');
});
