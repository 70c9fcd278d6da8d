import { Journal } from '../../lambda-src/journal/journal';
import { FixedClock } from '../helpers/fixed-clock';
import { bench, controlOf, slotOf, statementFor, REQUEST_KEY } from './journal-factories';
import { ScriptedEngine } from './scripted-engine';

const statement = statementFor('orders', 'merge');
const MINUTE = 60_000;

describe('taking the journal', () => {
  test('makes the first holder of a new bucket number one', async () => {
    const table = await bench();
    expect((await Journal.acquire(table)).epoch).toBe(1);
    expect(table.control()).toMatchObject({ formatVersion: 1, rev: 1, epoch: 1, holder: expect.any(String), slots: {}, progress: {} });
  });

  test.each<[string, string, number, number]>([
    ['a manifest', 'runs/orders/run=000000000041.0002/part-0.txt', 0, 42],
    ['a request', 'journal/requests/000000000050/orders-00.json', 0, 51],
    ['the ledger', 'deployment.json', 60, 61],
  ])('gives no run number twice when the object is lost: %s has the greatest', async (_what, key, lastKnown, epoch) => {
    const table = await bench();
    await table.store.put(key, '');
    await table.store.put('runs/orders/run=000000000009.9999/part-0.txt', '');
    expect((await Journal.acquire({ ...table, lastKnownRun: async () => lastKnown })).epoch).toBe(epoch);
  });

  test('is refused while another holds it, with when that ends', async () => {
    const table = await bench(controlOf({ holder: 'somebody' }));
    table.clock.advance(16 * MINUTE - 1);
    await expect(Journal.acquire(table)).rejects.toThrow(
      'the journal is held by somebody, until 2026-01-31T09:46:00.000Z unless it writes again: try again later');
    table.clock.advance(1);
    expect((await Journal.acquire(table)).epoch).toBe(8);
  });

  test('is possible at once after a release', async () => {
    const table = await bench();
    await (await Journal.acquire(table)).release();
    expect((await Journal.acquire(table)).epoch).toBe(2);
  });

  test.each(['written, but the answer lost', 'written, and the repetition refused', 'never written'])('goes on from what the object says: %s', async fate => {
    const table = await bench();
    const { put } = table.store;
    let failures = 1;
    table.store.put = async (...parameters) => {
      if (failures-- <= 0) return put.apply(table.store, parameters);
      if (fate !== 'never written') await put.apply(table.store, parameters);
      if (fate === 'written, and the repetition refused') return { kind: 'refused', servedAt: table.clock.now() };
      throw new Error('time-out');
    };
    const journal = await Journal.acquire(table);
    failures = 1;
    await journal.commit(state => ({ ...state, gold: { sales: { tableUuid: 'u', silverUuid: 'silver', definitionHash: 'h', consumedRun: '', windowBounds: {} } } }));
    expect(table.control()).toMatchObject({ epoch: 1, gold: { sales: { tableUuid: 'u' } } });
  });
});

describe('a statement that an earlier holder left', () => {
  test('is awaited, not sent again, when its id is known', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 200, { queryExecutionId: 'x' }) } }), { engine });
    const journal = await Journal.acquire(table);
    const events: string[] = [];
    engine.onStatus = () => events.push('status');
    engine.onSend = () => events.push('send');
    await journal.execute('orders', statement);
    expect(events).toEqual(['status', 'send', 'status']);
  });

  test('is submitted at once under its own token when nobody knows its id, and settled before the table is touched', async () => {
    const engine = new ScriptedEngine(['conflict']);
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 29) } }), { engine });
    const journal = await Journal.acquire(table);
    expect(engine.sent).toEqual(['the-recorded-token']);
    expect(journal.state.slots.orders.queryExecutionId).toBe('execution-of-the-reco');
    await journal.settle('orders');
    expect(table.control().slots).toEqual({});
    expect(engine.sent).toEqual(['the-recorded-token']);
  });

  test('blocks its table, and no other, while it may run but may not be submitted', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 30) } }), { engine });
    const journal = await Journal.acquire(table);
    expect([journal.isBlocked('orders'), journal.isBlocked('customers')]).toEqual([true, false]);
    await expect(journal.execute('orders', statement)).rejects.toThrow(
      'orders: it is not known whether the recorded statement runs (it is too old to be submitted again); '
      + 'a later run settles it, at 2026-01-31T10:30:00.000Z at the latest; other tables go on');
    await journal.execute('customers', statement);
    expect(engine.sent).toHaveLength(1);
    expect(Object.keys(table.control().slots)).toEqual(['orders']);
  });

  test('is dropped when it cannot run any more', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 90) } }), { engine });
    await (await Journal.acquire(table)).execute('orders', statement);
    expect(engine.sent).toHaveLength(1);
    expect(engine.sent).not.toContain('the-recorded-token');
  });

  test('is not submitted by an adopter that was frozen between looking and taking over', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 29) } }), { engine });
    const { put } = table.store;
    table.store.put = (...parameters) => {
      table.clock.advance(2 * MINUTE);
      return put.apply(table.store, parameters);
    };
    const journal = await Journal.acquire(table);
    expect(engine.sent).toEqual([]);
    expect(journal.isBlocked('orders')).toBe(true);
  });

  test('is submitted from a request that the first version stored, which did not say its format', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 1) } }), { engine });
    await Journal.acquire(table);
    expect(engine.sent).toEqual(['the-recorded-token']);
  });

  test('is left alone when a newer version stored its request', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 1) } }), { engine });
    await table.store.put(REQUEST_KEY, JSON.stringify({ formatVersion: 99, sql: 'x', context: {} }));
    await expect(Journal.acquire(table)).rejects.toThrow('has format 99, this code knows up to 1');
    expect(engine.sent).toEqual([]);
    expect(table.control().slots.orders).toBeDefined();
  });

  test('blocks its table when its request is gone', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(controlOf({ slots: { orders: slotOf(new FixedClock(), 1, { requestKey: 'journal/requests/gone.json' }) } }), { engine });
    const journal = await Journal.acquire(table);
    await expect(journal.execute('orders', statement)).rejects.toThrow('journal/requests/gone.json is gone');
    expect(engine.sent).toEqual([]);
  });
});
