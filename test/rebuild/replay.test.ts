import { Replay, ReplayRefusedError } from '../../lambda-src/rebuild/replay';
import { LocalLake } from '../helpers/local-lake';
import { expectation, order, shopSpec } from '../helpers/shop-spec';

const RULES = { positive: expectation('quarantine', 'amount > 0'), known: expectation('drop', "customer_id <> 'nobody'") };

describe('replay', () => {
  let lake: LocalLake;
  beforeEach(async () => {
    lake = await LocalLake.open(shopSpec({ orders: { expectations: RULES } }));
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '5')), stream.insert(order('o2', 'c1', '-7')), stream.insert(order('o3', 'nobody', '1')));
    await lake.silver();
  });
  afterEach(() => lake.close());

  const ids = async () => (await lake.rows('SELECT order_id FROM silver.orders ORDER BY 1')).map(row => row.order_id);

  /** The same definition, evaluated by code that has been corrected. */
  function correct(): void {
    lake.spec = shopSpec({ orders: { expectations: { ...RULES, positive: expectation('quarantine', 'amount > -10') } } });
  }

  test('lets in what passes after a correction, and nothing else', async () => {
    correct();
    expect(await new Replay(lake.dependencies()).run({ table: 'orders', actions: ['quarantine'] })).toMatchObject({ heldBack: 1, changes: 1, skipped: [] });
    await lake.silver();
    expect(await ids()).toEqual(['o1', 'o2']);
    expect(await lake.rows("SELECT order_id FROM bookkeeping.absent_orders WHERE _reason LIKE 'drop%'")).toEqual([{ order_id: 'o3' }]);
  });

  test('changes nothing where nothing is corrected, however often it is run', async () => {
    for (let time = 0; time < 2; time++) {
      expect((await new Replay(lake.dependencies()).run({ table: 'orders', actions: ['quarantine', 'drop'] })).changes).toBe(2);
      await lake.silver();
    }
    expect(await ids()).toEqual(['o1']);
  });

  test('does not bring back what has been corrected in the source meanwhile', async () => {
    await lake.ingest(lake.stream('orders').modify(order('o2', 'c1', '-7'), order('o2', 'c1', '8')));
    await lake.silver();
    correct();
    await new Replay(lake.dependencies()).run({ table: 'orders', actions: ['quarantine'] });
    await lake.silver();
    expect(await lake.rows("SELECT amount FROM silver.orders WHERE order_id = 'o2'")).toEqual([{ amount: '8.00' }]);
  });

  test('says what is not in Bronze any more', async () => {
    for await (const { key } of lake.store.list('bronze/orders/')) await lake.store.delete(key);
    const { changes, skipped } = await new Replay(lake.dependencies()).run({ table: 'orders', actions: ['quarantine'] });
    expect(changes).toBe(0);
    expect(skipped).toEqual([{ file: expect.stringMatching(/^bronze\/orders\//), reason: 'it is not in Bronze any more' }]);
  });

  test('refuses a table that is not declared', async () => {
    await expect(new Replay(lake.dependencies()).run({ table: 'carts', actions: ['quarantine'] })).rejects.toThrow(ReplayRefusedError);
  });
});
