import { planBackfills, type AlarmChange, type BackfillInput } from '../../lambda-src/backfill/backfill-plan';
import { backfillKey } from '../../src/spec/storage-layout';
import { LocalLake } from '../helpers/local-lake';
import { shopSpec } from '../helpers/shop-spec';
import { tableArn } from '../helpers/stream-records';

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
  });

  test('goes on with what an earlier execution has begun, whatever that was, and begins nothing under its name', async () => {
    const begun = { id: 'earlier-orders', table: 'orders', kind: 'window', from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
    await lake.store.put(backfillKey('earlier-orders'), JSON.stringify({ formatVersion: 1, request: begun, phase: 'loading' }));
    expect(await plan({ kind: 'full', tables: ['orders'], id: 'earlier' })).toEqual([begun]);
    await expect(plan({ kind: 'full', id: 'earlier' })).rejects.toThrow(
      /^earlier has begun nothing for customers, .*: start what it was to do anew, without the former name, and go on by that name with orders alone$/);
    await expect(plan({ kind: 'repair', tables: ['customers'], id: 'earlier' })).rejects.toThrow(/anew, without the former name$/);
  });

  test('makes up for first loads that nobody has begun, under the name that they have for ever', async () => {
    expect(await plan({ kind: 'missed' })).toEqual(await plan({ kind: 'first' }));
    const state = { formatVersion: 1, tableArn: tableArn('orders'), phase: 'done' };
    await lake.store.put(backfillKey('first-orders'), JSON.stringify(state));
    expect((await plan({ kind: 'missed' })).map(({ id }) => id)).toEqual(['first-customers']);
    expect((await plan({ kind: 'first' })).map(({ id }) => id)).toEqual(['first-customers', 'first-orders']);
  });

  test('makes up for first loads that nobody goes on with, and for none that somebody is at', async () => {
    const state = { formatVersion: 1, tableArn: tableArn('orders'), phase: 'loading' };
    const missed = async (worker?: object) => {
      await lake.store.put(backfillKey('first-orders'), JSON.stringify({ ...state, worker }));
      return (await plan({ kind: 'missed', tables: ['orders'] })).map(({ id }) => id);
    };
    const ago = (minutes: number) => ({ execution: 'deploy', at: new Date(lake.clock.now().getTime() - minutes * 60_000).toISOString() });
    expect(await missed()).toEqual(['first-orders']);
    expect(await missed(ago(39))).toEqual([]);
    expect(await missed(ago(41))).toEqual(['first-orders']);
  });

  test('loads a source anew that has taken the place of another under the same name', async () => {
    const { id } = (await plan({ kind: 'first', tables: ['orders'] }))[0];
    const former = { formatVersion: 1, tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/former', phase: 'done' };
    await lake.store.put(backfillKey(id), JSON.stringify(former));
    const [anew] = await plan({ kind: 'first', tables: ['orders'] });
    expect(anew).toEqual({ id: expect.stringMatching(/^first-orders-[0-9a-f]{16}$/), table: 'orders', kind: 'full' });
    expect(await plan({ kind: 'missed', tables: ['orders'] })).toEqual([anew]);
    expect(await plan({ kind: 'first', tables: ['orders'] })).toEqual([anew]);
    await lake.store.put(backfillKey(id), JSON.stringify({ ...former, tableArn: tableArn('orders') }));
    expect(await plan({ kind: 'first', tables: ['orders'] })).toEqual([{ id, table: 'orders', kind: 'full' }]);
    expect(await plan({ kind: 'missed', tables: ['orders'] })).toEqual([]);
  });

  test('heals from where it is told to, or leaves it to each table how far back it can go', async () => {
    const to = lake.clock.now().toISOString();
    expect(await plan({ kind: 'heal', from: '2026-03-28T17:00:00Z', tables: ['orders'] })).toEqual([
      { id: 'x-orders', table: 'orders', kind: 'window', from: '2026-03-28T17:00:00Z', to },
    ]);
    expect(await plan({ kind: 'heal' })).toEqual(['customers', 'orders'].map(table => ({ id: `x-${table}`, table, kind: 'window', to })));
  });

  test('under the name of the first loads is refused, since their ids are not its own', async () => {
    const named = (kind: BackfillInput['kind']) => planBackfills({ kind, tables: ['orders'] }, 'first', lake.dependencies());
    for (const kind of ['full', 'repair', 'heal'] as const) await expect(named(kind)).rejects.toThrow('start it under another one');
    expect(await named('missed')).toEqual([{ id: 'first-orders', table: 'orders', kind: 'full' }]);
  });

  test('of a window or of tables that nobody knows is refused', async () => {
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
