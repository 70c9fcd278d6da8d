import { pause, pauseStatus, resume, type PauseTargets } from '../../lambda-src/operations/pause';
import { changePaused, hoursPaused, readPaused } from '../../lambda-src/operations/paused-state';
import type { Switch, Switches } from '../../lambda-src/ports/switches';
import { PAUSED_KEY } from '../../src/spec/storage-layout';
import { FixedClock } from '../helpers/fixed-clock';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const HOUR = 60 * 60 * 1000;
const START = '2026-01-31T09:00:00.000Z';
const BOTH: PauseTargets = { tables: { orders: 'm-orders', customers: 'm-customers' }, schedules: {} };

/** Switches that take a while to turn, as Lambda's mappings do. */
class SlowSwitches implements Switches {
  public readonly turned: string[] = [];
  private readonly switches = new Map<string, Switch & { readonly until?: number; readonly then?: 'on' | 'off' }>();

  public constructor(private readonly clock: FixedClock, ids: readonly string[], private readonly takes = 30_000) {
    for (const id of ids) this.switches.set(id, { state: 'on', changedAt: clock.now() });
  }

  public async look(id: string): Promise<Switch | undefined> {
    const found = this.switches.get(id);
    if (!found?.then || this.clock.now().getTime() < found.until!) return found && { state: found.state, changedAt: found.changedAt };
    this.switches.set(id, { state: found.then, changedAt: this.clock.now() });
    return this.look(id);
  }

  public async turn(id: string, to: 'on' | 'off'): Promise<void> {
    this.turned.push(`${id} ${to}`);
    this.switches.set(id, { state: 'turning', changedAt: this.clock.now(), until: this.clock.now().getTime() + this.takes, then: to });
  }

  public set(id: string, state: Switch['state']): void {
    this.switches.set(id, { state, changedAt: this.clock.now() });
  }
}

let clock: FixedClock;
let store: MemoryObjectStore;
let mappings: SlowSwitches;
let schedules: SlowSwitches;
const dependencies = () => ({ store, clock, mappings, schedules });
beforeEach(() => {
  clock = new FixedClock(START);
  store = new MemoryObjectStore(clock);
  mappings = new SlowSwitches(clock, ['m-orders', 'm-customers']);
  schedules = new SlowSwitches(clock, ['s-silver'], 0);
});

describe('pause', () => {
  test('turns mappings off, waits for it, and records who did it and when', async () => {
    const paused = await pause(BOTH, 'arn:aws:iam::111122223333:user/jo', dependencies());

    expect(paused).toEqual([
      expect.objectContaining({ kind: 'tables', name: 'orders', state: 'off', since: new Date(START), by: 'arn:aws:iam::111122223333:user/jo' }),
      expect.objectContaining({ kind: 'tables', name: 'customers', state: 'off' }),
    ]);
    expect(paused[0].advice).toMatch(/^changes are lost to the stream in 2[34]\.\d hours: run resume before$/);
    expect(JSON.parse(store.text(PAUSED_KEY))).toMatchObject({ formatVersion: 1, tables: { orders: { since: START } }, schedules: {} });
  });

  test('is recorded before anything is off: a command that dies half-way leaves a warning, not a silence', async () => {
    jest.spyOn(mappings, 'turn').mockRejectedValue(new Error('AccessDenied'));
    await expect(pause(BOTH, 'jo', dependencies())).rejects.toThrow('AccessDenied');
    expect(Object.keys((await readPaused(store)).tables).sort()).toEqual(['customers', 'orders']);
  });

  test('done again changes nothing, and the day counts from the first time', async () => {
    await pause(BOTH, 'jo', dependencies());
    clock.advance(10 * HOUR);
    const turned = [...mappings.turned];
    const [again] = await pause(BOTH, 'somebody else', dependencies());

    expect(mappings.turned).toEqual(turned);
    expect(again).toMatchObject({ since: new Date(START), by: 'jo', advice: expect.stringContaining('in 14.0 hours') });
  });

  test('of what somebody has turned off by hand counts from then', async () => {
    mappings.set('m-orders', 'off');
    clock.advance(5 * HOUR);
    await pause({ tables: { orders: 'm-orders' }, schedules: {} }, 'jo', dependencies());
    expect(hoursPaused(await readPaused(store), clock.now())).toBe(5);
  });

  test('leaves what it was not asked for', async () => {
    await pause({ tables: {}, schedules: { silver: 's-silver' } }, 'jo', dependencies());
    expect(schedules.turned).toEqual(['s-silver off']);
    expect(mappings.turned).toEqual([]);
    expect(hoursPaused(await readPaused(store), clock.now())).toBe(0);
  });

  test('says what does not exist, and records nothing of it', async () => {
    const [gone] = await pause({ tables: { old: 'm-old' }, schedules: {} }, 'jo', dependencies());
    expect(gone).toEqual({ kind: 'tables', name: 'old', state: 'missing', advice: 'it does not exist any more; deploy the stack again' });
    expect((await readPaused(store)).tables).toEqual({});
  });
});

describe('resume', () => {
  test('turns on what was paused and clears the record', async () => {
    await pause(BOTH, 'jo', dependencies());
    clock.advance(3 * HOUR);
    expect(await resume(BOTH, dependencies())).toEqual([
      { kind: 'tables', name: 'orders', state: 'on' }, { kind: 'tables', name: 'customers', state: 'on' },
    ]);
    expect(await readPaused(store)).toMatchObject({ tables: {}, schedules: {} });
  });

  test('after more than a day says which changes may be lost, and how to get them', async () => {
    await pause(BOTH, 'jo', dependencies());
    clock.set('2026-02-01T12:00:00.000Z');
    const [orders] = await resume({ tables: { orders: 'm-orders' }, schedules: {} }, dependencies());
    expect(orders).toMatchObject({ state: 'on', advice: expect.stringMatching(/^changes from 2026-01-31T09:00:00.000Z to 2026-01-31T12:0.*: heal --table orders --from 2026-01-31T09:00:00.000Z loads them/) });
    expect(Object.keys((await readPaused(store)).tables)).toEqual(['customers']);
  });

  test('after longer than an export of changes reaches back names the repair alone', async () => {
    await pause(BOTH, 'jo', dependencies());
    clock.set('2026-03-20T12:00:00.000Z');
    const [orders] = await pauseStatus(BOTH, dependencies());
    expect(orders.advice).toMatch(/^run resume, then .*longer ago than an export of changes reaches back: repair --table orders/);
  });

  test('keeps the record of what does not turn on, so that the warning goes on', async () => {
    await pause(BOTH, 'jo', dependencies());
    jest.spyOn(mappings, 'turn').mockImplementation(async id => mappings.set(id, 'turning'));
    const [orders] = await resume(BOTH, dependencies());
    expect(orders).toMatchObject({ state: 'turning' });
    expect(Object.keys((await readPaused(store)).tables).sort()).toEqual(['customers', 'orders']);
  });
});

describe('the status', () => {
  test('finds a mapping that a deploy has turned on again', async () => {
    await pause(BOTH, 'jo', dependencies());
    mappings.set('m-orders', 'on');
    const [orders] = await pauseStatus(BOTH, dependencies());
    expect(orders).toMatchObject({ state: 'on', by: 'jo', advice: expect.stringContaining('a deploy or somebody has turned it on; run resume to clear the record') });
  });

  test('finds one that somebody turned off without pause', async () => {
    mappings.set('m-orders', 'off');
    const [orders] = await pauseStatus(BOTH, dependencies());
    expect(orders.advice).toBe(`it is off since ${START} at the latest, and not by pause: run pause to have it watched, or resume`);
  });

  test('of what runs has nothing to say', async () => {
    expect(await pauseStatus(BOTH, dependencies())).toEqual([
      { kind: 'tables', name: 'orders', state: 'on' }, { kind: 'tables', name: 'customers', state: 'on' },
    ]);
  });
});

describe('the record', () => {
  test('keeps what two commands write at once', async () => {
    await Promise.all(['orders', 'customers'].map(name =>
      changePaused(store, clock, state => ({ ...state, tables: { ...state.tables, [name]: { since: START, by: name } } }))));
    expect(Object.keys((await readPaused(store)).tables).sort()).toEqual(['customers', 'orders']);
  });

  test('of a newer format is refused', async () => {
    await store.put(PAUSED_KEY, '{"formatVersion":2}');
    await expect(readPaused(store)).rejects.toThrow('paused.json has format 2, this code knows up to 1');
  });
});
