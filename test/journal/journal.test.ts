import { Journal } from '../../lambda-src/journal/journal';
import { SignatureExpiredError, SubmissionDeniedError, SubmissionRefusedError } from '../../lambda-src/ports/query-engine';
import { bench, emptyProgress, statementFor } from './journal-factories';
import { ScriptedEngine } from './scripted-engine';

const statement = statementFor('orders', 'merge run 1 of orders');

describe('a statement', () => {
  test('is recorded with its whole request before it is sent, and its id after', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(undefined, { engine });
    const slots: unknown[] = [];
    engine.onSend = () => slots.push(table.control().slots.orders);
    engine.onStatus = () => slots.push(table.control().slots.orders);
    await (await Journal.acquire(table)).execute('orders', statement);

    const [token] = engine.sent;
    const [beforeSending, afterSending] = slots as { requestKey: string }[];
    expect(beforeSending).toEqual({ token, requestKey: expect.stringMatching(/^journal\/requests\/000000000001\/orders-/), recordedAt: expect.any(String) });
    expect(afterSending).toEqual({ ...beforeSending, queryExecutionId: `execution-of-${token.slice(0, 8)}` });
    expect(JSON.parse(table.store.text(beforeSending.requestKey))).toEqual({
      formatVersion: 1, sql: 'merge run 1 of orders', context: { database: 'd' },
    });
  });

  test('empties its slot and commits its progress in the same write', async () => {
    const table = await bench();
    const journal = await Journal.acquire(table);
    const { put } = table.store;
    const versions: unknown[] = [];
    table.store.put = async (...parameters) => {
      const outcome = await put.apply(table.store, parameters);
      versions.push([Object.keys(table.control().slots), Object.keys(table.control().progress)]);
      return outcome;
    };
    await journal.execute('orders', statement, state => ({ ...state, progress: { orders: emptyProgress } }));
    expect(versions.slice(-2)).toEqual([[['orders'], []], [[], ['orders']]]);
  });

  test('has a token of its own in each of its three attempts when the engine fails', async () => {
    const engine = new ScriptedEngine(['conflict', 'engine', 'conflict']);
    const table = await bench(undefined, { engine });
    const journal = await Journal.acquire(table);
    await expect(journal.execute('orders', statement)).rejects.toThrow('merge run 1 of orders: a conflict failure');
    expect(new Set(engine.sent).size).toBe(3);
    expect(engine.sent.every(token => /^[0-9a-f]{64}$/.test(token))).toBe(true);
    expect(table.control().slots).toEqual({});
  });

  test('succeeds when a later attempt does', async () => {
    const engine = new ScriptedEngine(['conflict', 'succeeds']);
    const journal = await Journal.acquire(await bench(undefined, { engine }));
    await journal.execute('orders', statement);
    expect(engine.sent).toHaveLength(2);
  });

  test('that lacks the rights from the first sending on fails soon, and leaves its table to the next run', async () => {
    const denied = new SubmissionDeniedError('not authorized to perform: athena:StartQueryExecution');
    const engine = new ScriptedEngine(Array.from({ length: 100 }, () => denied));
    const table = await bench(undefined, { engine });
    const before = table.clock.now().getTime();
    await expect((await Journal.acquire(table)).execute('orders', statement)).rejects.toThrow('merge run 1 of orders: not authorized');
    expect(new Set(engine.sent).size).toBe(3);
    expect(table.clock.now().getTime() - before).toBeLessThan(60_000);
    expect(table.control().slots).toEqual({});
  });

  test('that lacks the rights after a sending without an answer stays recorded: that one may have started it', async () => {
    const denied = new SubmissionDeniedError('not authorized to perform: athena:StartQueryExecution');
    const engine = new ScriptedEngine([new Error('timed out'), ...Array.from({ length: 100 }, () => denied)]);
    const table = await bench(undefined, { engine });
    await expect((await Journal.acquire(table)).execute('orders', statement)).rejects.toThrow('it is not known whether');
    expect(new Set(engine.sent).size).toBe(1);
    expect(Object.keys(table.control().slots)).toEqual(['orders']);
  });

  test('whose rights come within seconds succeeds under its first token', async () => {
    const engine = new ScriptedEngine([new SubmissionDeniedError('not authorized'), new SubmissionDeniedError('not authorized')]);
    await (await Journal.acquire(await bench(undefined, { engine }))).execute('orders', statement);
    expect(new Set(engine.sent).size).toBe(1);
  });

  test('has its own age limit where it is OPTIMIZE', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(undefined, { engine });
    const slots: unknown[] = [];
    engine.onSend = () => slots.push(table.control().slots.orders);
    const journal = await Journal.acquire(table);
    await journal.execute('orders', statement);
    await journal.execute('orders', { kind: 'optimize', table: { layer: 'silver', name: 'orders' }, purpose: 'compact orders' });
    expect(slots[0]).not.toHaveProperty('dropAfter');
    expect(slots[1]).toHaveProperty('dropAfter', 660 * 60_000);
  });

  test.each([
    ['statement' as const, 'a statement failure'],
    ['unfinished' as const, 'a unfinished failure'],
    [new SubmissionRefusedError('line 1: mismatched input'), 'line 1: mismatched input'],
  ])(
    'is not tried again when it is itself at fault: %p', async (end, message) => {
      const engine = new ScriptedEngine([end]);
      const table = await bench(undefined, { engine });
      await expect((await Journal.acquire(table)).execute('orders', statement)).rejects.toThrow(`merge run 1 of orders: ${message}`);
      expect(engine.sent).toHaveLength(1);
      expect(table.control().slots).toEqual({});
    });

  test('is sent again under the same token until there is an answer, signed anew when the signature is dead', async () => {
    const engine = new ScriptedEngine([new Error('time-out'), new Error('access denied'), new SignatureExpiredError('old'), 'succeeds']);
    const table = await bench(undefined, { engine });
    await (await Journal.acquire(table)).execute('orders', statement);
    expect(engine.sent).toHaveLength(4);
    expect(new Set(engine.sent).size).toBe(1);
    expect(engine.signed).toBe(2);
  });

  test('stays recorded when nobody ever answers, and the error says why', async () => {
    const engine = new ScriptedEngine(Array.from({ length: 50 }, () => new Error('access denied')));
    const table = await bench(undefined, { engine });
    await expect((await Journal.acquire(table)).execute('orders', statement)).rejects.toThrow(
      'orders: it is not known whether the recorded statement runs (access denied); a later run settles it, at 2026-01-31T11:00:00.000Z at the latest');
    expect(table.control().slots.orders).toMatchObject({ token: engine.sent[0] });
  });

  test('waits its turn: a table has one at a time', async () => {
    const journal = await Journal.acquire(await bench());
    const first = journal.execute('orders', statement);
    await expect(journal.execute('orders', statement)).rejects.toThrow('orders: a statement is already in flight; await it before the next one');
    await first;
  });

  test('renews the lease while it runs for long', async () => {
    const engine = new ScriptedEngine(['runs on']);
    const table = await bench(undefined, { engine });
    const journal = await Journal.acquire(table);
    const start = table.clock.now().getTime();
    let longestSilence = 0;
    engine.onStatus = () => {
      const written = Date.parse(JSON.parse(table.store.text('written-at')) as string);
      longestSilence = Math.max(longestSilence, table.clock.now().getTime() - written);
      if (table.clock.now().getTime() - start > 20 * 60_000) engine.finish(`execution-of-${engine.sent[0].slice(0, 8)}`);
    };
    const { put } = table.store;
    table.store.put = async (...parameters) => {
      await put.call(table.store, 'written-at', JSON.stringify(table.clock.now()));
      return put.apply(table.store, parameters);
    };
    await journal.execute('orders', statement);
    expect(longestSilence / 60_000).toBeGreaterThan(4.9);
    expect(longestSilence / 60_000).toBeLessThan(5.1);
  });

  test('is left to the next holder when time runs out, and parked by the release', async () => {
    const engine = new ScriptedEngine(['runs on']);
    let left = 90_000;
    const table = await bench(undefined, { engine, timeLeft: () => left });
    const journal = await Journal.acquire(table);
    engine.onStatus = () => left -= 10_000;
    await expect(journal.execute('orders', statement)).rejects.toThrow('orders: out of time; what is in flight stays recorded, the next invocation adopts it');
    await journal.release();
    expect(table.control()).toMatchObject({ holder: null, slots: { orders: { token: engine.sent[0] } } });
  });
});

describe('the holder', () => {
  test('writes changes that come while it writes together', async () => {
    const table = await bench();
    const journal = await Journal.acquire(table);
    const { rev } = table.control();
    await Promise.all(['a', 'b', 'c'].map(name => journal.commit(state => ({ ...state, progress: { ...state.progress, [name]: emptyProgress } }))));
    expect(Object.keys(table.control().progress)).toEqual(['a', 'b', 'c']);
    expect(table.control().rev - rev).toBeLessThan(3);
  });

  test('keeps the others working when one change throws', async () => {
    const table = await bench();
    const journal = await Journal.acquire(table);
    const outcomes = await Promise.allSettled([
      journal.commit(state => ({ ...state, progress: { a: emptyProgress } })),
      journal.commit(() => { throw new Error('a mistake'); }),
      journal.commit(state => ({ ...state, progress: { ...state.progress, b: emptyProgress } })),
    ]);
    expect(outcomes.map(outcome => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(Object.keys(table.control().progress)).toEqual(['a', 'b']);
  });

  test('stops once another has taken over, and its release is then nothing to do', async () => {
    const engine = new ScriptedEngine();
    const table = await bench(undefined, { engine });
    const paused = await Journal.acquire(table);
    table.clock.advance(16 * 60_000);
    const successor = await Journal.acquire(table);
    await expect(paused.execute('orders', statement)).rejects.toThrow(/held by .* under run number 2, ours was 1\).*run again/);
    await paused.release();
    expect(engine.sent).toEqual([]);
    expect(table.control().holder).not.toBeNull();
    await successor.execute('orders', statement);
  });

  test('can do nothing more after its release', async () => {
    const journal = await Journal.acquire(await bench());
    await journal.release();
    await expect(journal.commit(state => state)).rejects.toThrow('it was released');
  });
});
