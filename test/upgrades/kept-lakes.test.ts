import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { LocalLake } from '../helpers/local-lake';
import { customer, order } from '../helpers/shop-spec';
import { StreamRecords } from '../helpers/stream-records';
import { KeptLake } from './kept-lake';

const FIXTURES = path.join(__dirname, '..', 'fixtures');
const LAKES = readdirSync(FIXTURES).filter(name => name.startsWith('lake-'));
const LATER = '2026-03-29T05:00:00.000Z';

describe.each(LAKES)('%s, which an earlier release has left', name => {
  const kept = new KeptLake(path.join(FIXTURES, name));
  let lake: LocalLake;
  beforeEach(async () => {
    lake = await LocalLake.empty(kept.spec, LATER);
    await kept.load(lake);
  });
  afterEach(() => lake.close());

  const orders = () => lake.rows('SELECT order_id, customer_id, amount, customer_region, tags FROM silver.orders ORDER BY 1');
  const sales = () => lake.rows('SELECT day, region, orders, revenue FROM gold.sales ORDER BY 1, 2');

  test('goes on where it was: changes that waited arrive, none is lost, none counts twice', async () => {
    await lake.silver();
    await lake.gold();
    expect(await orders()).toEqual([
      { order_id: 'o1', customer_id: 'c2', amount: '11.00', customer_region: 'west', tags: null },
      { order_id: 'o3', customer_id: 'c2', amount: '20.50', customer_region: 'west', tags: null },
    ]);
    expect(await sales()).toEqual([
      { day: '2026-02-01', region: 'west', orders: '1', revenue: '20.50' }, { day: '2026-03-28', region: 'west', orders: '1', revenue: '11.00' },
    ]);
    expect(await lake.rows('SELECT order_id, _reason FROM bookkeeping.absent_orders ORDER BY 1')).toEqual([
      { order_id: 'o2', _reason: 'quarantine:positive' }, { order_id: 'o4', _reason: 'deleted' },
    ]);
  });

  test('can be deployed again, which changes no table, and takes new changes', async () => {
    expect((await lake.deploy()).created).toEqual([]);
    const stream = (table: string, key: string) => new StreamRecords(table, { key: [key], firstSequence: 200000000000000000001n });
    await lake.ingest(stream('orders', 'OrderID').insert(order('o9', 'c9', '3')), stream('customers', 'CustomerID').insert(customer('c9', 'east')));
    await lake.silver();
    await lake.gold();
    expect(await orders()).toContainEqual({ order_id: 'o9', customer_id: 'c9', amount: '3.00', customer_region: 'east', tags: null });
    expect(await sales()).toContainEqual({ day: '2026-03-28', region: 'east', orders: '1', revenue: '3.00' });
  });

  test('reads all of Bronze again when its journal is lost, to the same end', async () => {
    await lake.silver();
    const before = await orders();
    await lake.store.delete('journal/control.json');
    await lake.silver();
    expect(await orders()).toEqual(before);
  });
});
