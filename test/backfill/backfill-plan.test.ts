import { planBackfills, type AlarmChange, type BackfillInput } from '../../lambda-src/backfill/backfill-plan';
import { backfillKey } from '../../src/spec/storage-layout';
import { LocalLake } from '../helpers/local-lake';
import { order, shopSpec } from '../helpers/shop-spec';

describe('a plan', () => {
  let lake: LocalLake;
  beforeEach(async () => { lake = await LocalLake.open(shopSpec()); });
  afterEach(() => lake.close());
  const plan = (input: BackfillInput) => planBackfills(input, 'x', lake.dependencies());

  test('has a backfill for each table, named after the execution, or for ever', async () => {
    expect(await plan({ kind: 'repair' })).toEqual([
      { id: 'x-customers', table: 'customers', kind: 'repair' }, { id: 'x-orders', table: 'orders', kind: 'repair' },
    ]);
    expect(await plan({ kind: 'first', tables: ['orders'] })).toEqual([{ id: 'first-orders', table: 'orders', kind: 'full' }]);
    expect(await plan({ kind: 'full', tables: ['orders'], id: 'earlier' })).toEqual([{ id: 'earlier-orders', table: 'orders', kind: 'full' }]);
  });

  test('makes up for first loads that nobody has begun, under the name that they have for ever', async () => {
    expect(await plan({ kind: 'missed' })).toEqual(await plan({ kind: 'first' }));
    await lake.store.put(backfillKey('first-orders'), new TextEncoder().encode('{}'), { kind: 'absent' });
    expect((await plan({ kind: 'missed' })).map(({ id }) => id)).toEqual(['first-customers']);
    expect((await plan({ kind: 'first' })).map(({ id }) => id)).toEqual(['first-customers', 'first-orders']);
  });

  test('heals from an hour before the last change of the stream that Silver has', async () => {
    const stream = lake.stream('orders');
    await lake.ingest(stream.insert(order('o1', 'c1', '1'), { seconds: 1774720000 }), stream.insert(order('o2', 'c1', '1'), { seconds: 1774720600 }));
    await lake.silver();
    const [heal] = await plan({ kind: 'heal', tables: ['orders'] });
    expect(heal).toMatchObject({ kind: 'window', from: '2026-03-28T16:56:40.000Z', to: lake.clock.now().toISOString() });
  });

  test('does not guess where a gap begins', async () => {
    await expect(plan({ kind: 'heal', tables: ['orders'] })).rejects.toThrow("no change of orders's stream is in Silver yet");
    await expect(plan({ kind: 'window' })).rejects.toThrow('a window needs its beginning');
    await expect(plan({ kind: 'full', tables: ['nobody'] })).rejects.toThrow('there is no Silver table nobody: name some of customers, orders');
  });

  describe('of an alarm', () => {
    const ringing = { value: 'ALARM', timestamp: '2026-03-28T18:00:00.000+0000', reasonData: JSON.stringify({ recentDatapoints: [7_200_000, 3_600_000] }) };
    const quiet = { value: 'OK', timestamp: '2026-03-28T19:00:00.000+0000', reasonData: JSON.stringify({ recentDatapoints: [1000] }) };
    const from = async (alarm: AlarmChange) => (await plan({ kind: 'heal', tables: ['orders'], alarm })).map(({ from: time }) => time);

    test('begins with the oldest record that had not been read, a quarter of an hour earlier, when it rings and when it stops', async () => {
      expect(await from({ state: ringing, previousState: quiet })).toEqual(['2026-03-28T15:45:00.000Z']);
      expect(await from({ state: quiet, previousState: ringing })).toEqual(['2026-03-28T15:45:00.000Z']);
    });

    test('that did not ring is no work', async () => {
      expect(await from({ state: quiet, previousState: { value: 'INSUFFICIENT_DATA', timestamp: '2026-03-28T17:00:00.000+0000' } })).toEqual([]);
    });
  });
});
