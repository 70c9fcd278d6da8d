import type { GoldDependencies } from '../../lambda-src/gold/gold';
import type { GoldReport } from '../../lambda-src/gold/gold-report';
import { FolderObjectStore } from '../../lambda-src/local/folder-object-store';
import type { Announcer } from '../../lambda-src/ports/announcer';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { RefreshedDetail } from '../../src/spec/refreshed-event';
import { CONTROL_KEY } from '../../src/spec/storage-layout';
import { LocalLake } from '../helpers/local-lake';
import { customer, order, shopSpec } from '../helpers/shop-spec';

const SHOP = shopSpec();
const SPEC: PipelineSpec = { ...SHOP, gold: { ...SHOP.gold, other_sales: { ...SHOP.gold.sales, definitionHash: 'other' } } };
const ONE: PipelineSpec = { ...SHOP, gold: { sales: SHOP.gold.sales } };

/** Keeps what it is told; it dies or refuses when it is told so. */
class Listener implements Announcer {
  public readonly heard: RefreshedDetail[] = [];
  public failures = 0;

  public async announce(detail: RefreshedDetail): Promise<void> {
    if (this.failures-- > 0) throw new Error('EventBridge is away');
    this.heard.push(detail);
  }
}

describe('a Gold run', () => {
  let lake: LocalLake;
  let listener: Listener;
  const gold = (overrides: Partial<GoldDependencies> = {}): Promise<GoldReport> => lake.gold({ announcer: listener, ...overrides });
  beforeEach(async () => {
    lake = await LocalLake.open(SPEC);
    listener = new Listener();
    await lake.ingest(lake.stream('customers').insert(customer('c1', 'North')));
    await lake.ingest(lake.stream('orders').insert(order('o1', 'c1', '10')));
    await lake.silver();
  });
  afterEach(() => lake.close());

  test('tells what it has refreshed, when, and up to which change', async () => {
    const written = lake.clock.now();
    lake.clock.advance(60_000);
    const { announced } = await gold();
    expect(announced).toEqual({ events: 1 });
    const [{ computedAt, dataAsOf, ...others }] = listener.heard;
    expect(others).toEqual({ version: 1, pipeline: 'test', run: expect.any(Number), tables: ['other_sales', 'sales'] });
    const rows = await lake.rows('SELECT min(computed_at) AS first FROM (FROM gold.sales UNION ALL FROM gold.other_sales)');
    expect(`${rows[0].first!.replace(' ', 'T').slice(0, 23)}Z`).toBe(computedAt);
    expect(Date.parse(dataAsOf!)).toBeLessThanOrEqual(written.getTime());
    expect(Date.parse(dataAsOf!)).toBeGreaterThan(written.getTime() - 60_000);
  });

  test('tells nothing when it has refreshed nothing', async () => {
    await gold();
    expect((await gold()).announced).toEqual({ events: 0 });
    expect(listener.heard).toHaveLength(1);
  });

  test('tells of what it could refresh when another table failed', async () => {
    await lake.rows('DROP TABLE gold.other_sales');
    await expect(gold()).rejects.toThrow('other_sales');
    expect(listener.heard.map(({ tables }) => tables)).toEqual([['sales']]);
  });

  test('is not undone by an event that cannot be sent; the next run sends it, and refreshes nothing for it', async () => {
    listener.failures = 1;
    const first = await gold();
    expect(first.announced).toEqual({ events: 0, error: 'Error: EventBridge is away' });
    expect(Object.values(first.tables).map(({ state }) => state)).toEqual(['refreshed', 'refreshed']);
    const second = await gold();
    expect(Object.values(second.tables).map(({ state }) => state)).toEqual(['idle', 'idle']);
    expect(second.announced).toEqual({ events: 1 });
    expect(listener.heard).toHaveLength(1);
  });

  test('tells of each run by itself, the older first', async () => {
    listener.failures = 1;
    await gold({ spec: ONE });
    await gold();
    expect(listener.heard.map(({ tables }) => tables)).toEqual([['sales'], ['other_sales']]);
    expect(listener.heard[0].run).toBeLessThan(listener.heard[1].run);
  });

  test('leaves it to the next one when its time is over', async () => {
    let committed = false;
    const store = Object.assign(Object.create(lake.store) as FolderObjectStore, {
      put: async (...args: Parameters<FolderObjectStore['put']>) => {
        committed ||= args[0] === CONTROL_KEY && String(args[1]).includes('computedAt');
        return lake.store.put(...args);
      },
    });
    const { announced } = await gold({ spec: ONE, store, timeLeft: () => committed ? 1000 : Infinity });
    expect(announced).toEqual({ events: 0, error: 'time ran out' });
    expect((await gold()).announced.events).toBe(2);
  });
});

/** Dies after the `step`-th of all writes and announcements, and so before the next one; it does nothing any more. */
function mortal(lake: LocalLake, listener: Listener, step: number): { dependencies: Partial<GoldDependencies>; died: () => boolean } {
  let steps = 0;
  let dead = false;
  const living = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) throw new Error('dead');
    const answer = await work();
    if (++steps < step) return answer;
    dead = true;
    throw new Error('dead');
  };
  const store = Object.assign(Object.create(lake.store) as FolderObjectStore, {
    put: (...args: Parameters<FolderObjectStore['put']>) => living(() => lake.store.put(...args)),
  });
  return { dependencies: { store, announcer: { announce: detail => living(() => listener.announce(detail)) } }, died: () => dead };
}

test('a crash after any write or event loses no event: what is refreshed is told of, at least once', async () => {
  const lake = await LocalLake.open(SPEC);
  for (let step = 1; ; step++) {
    const listener = new Listener();
    await lake.ingest(lake.stream('orders').insert(order(`o${step}`, 'c1', '10')));
    await lake.silver();
    const { dependencies, died } = mortal(lake, listener, step);
    await lake.gold(dependencies).catch(() => undefined);
    if (!died()) {
      expect(step).toBeGreaterThan(5);
      break;
    }
    lake.clock.advance(20 * 60 * 1000);
    await lake.gold({ announcer: listener });
    const told = new Set(listener.heard.flatMap(({ tables }) => tables));
    expect([step, [...told].sort()]).toEqual([step, ['other_sales', 'sales']]);
    expect((await lake.gold({ announcer: listener })).announced).toEqual({ events: 0 });
  }
  lake.close();
});
