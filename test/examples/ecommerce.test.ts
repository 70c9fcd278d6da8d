import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { nextDay, openShop, type ShopSize } from '../../examples/ecommerce/generator';
import { REGIONS } from '../../examples/ecommerce/shop-items';
import { run } from '../../lambda-src/local/run-command';
import type { ChangeSource } from '../../lambda-src/local/source/change-source';
import { SimulatedSource } from '../../lambda-src/local/source/simulated-source';
import type { Arrival } from '../../lambda-src/local/source/stream-record';
import { FixedClock } from '../helpers/fixed-clock';
import { temporaryFolder } from '../helpers/temporary-folder';
import { shopSpec } from '../local/shop-spec';

const SIZE: ShopSize = { customers: 20, products: 10, orders: 400, updates: 60, deletes: 10, seed: 1 };
const folder = temporaryFolder();
const spec = shopSpec(path.join(folder, 'cdk.out'));

function shop(size: ShopSize): { source: SimulatedSource; arrivals: Arrival[] } {
  const clock = new FixedClock();
  const source = new SimulatedSource(spec, [openShop(size, clock.now()), nextDay(size, clock.now())], clock);
  return { source, arrivals: source.rounds.flatMap(round => [...round.play() as Iterable<Arrival>]) };
}

describe('the shop', () => {
  test('is the same for the same seed and another for another', () => {
    expect(shop(SIZE).arrivals).toEqual(shop(SIZE).arrivals);
    expect(shop({ ...SIZE, seed: 2 }).arrivals).not.toEqual(shop(SIZE).arrivals);
  });

  test('writes every attribute that the pipeline declares, and no other', () => {
    const { source } = shop({ ...SIZE, updates: 0, deletes: 0 });
    for (const [table, { columns }] of Object.entries(spec.tables)) {
      const declared = Object.values(columns).map(({ attribute }) => attribute).sort();
      for (const item of source.items(table)) expect(Object.keys(item).sort()).toEqual(declared);
    }
  });

  test('has customers in five regions, orders up to today, and amounts that are wrong', () => {
    const { source } = shop({ ...SIZE, updates: 0, deletes: 0 });
    expect(new Set([...source.items('customers')].map(({ Region }) => (Region as { S: string }).S))).toEqual(new Set(REGIONS));
    const orders = [...source.items('orders_enriched')];
    const days = orders.map(({ OrderDate }) => (OrderDate as { S: string }).S.slice(0, 10)).sort();
    expect([days[0] >= '2025-11-02', days.at(-1)! <= '2026-01-31']).toEqual([true, true]);
    expect(orders.some(({ TotalAmount }) => 'S' in TotalAmount)).toBe(true);
    expect(orders.some(({ TotalAmount }) => 'N' in TotalAmount && TotalAmount.N.startsWith('-'))).toBe(true);
  });

  test('has a next day of new orders, changes and deletes', () => {
    const { source, arrivals } = shop(SIZE);
    expect(source.changes('orders_enriched')).toBeGreaterThan(440);
    expect(new Set(arrivals.map(({ record }) => record.eventName))).toEqual(new Set(['INSERT', 'MODIFY', 'REMOVE']));
  });
});

describe('the example', () => {
  let printed = '';

  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation(text => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  test('ends with every table equal, after a second round too', async () => {
    const source = new SimulatedSource(spec, [openShop(SIZE, new Date()), nextDay(SIZE, new Date())], { now: () => new Date() });
    expect(await run({ spec, source, out: path.join(folder, 'good'), seed: 1, firstQuery: 'SELECT 1' })).toBe(0);
    expect(printed).toContain('every table equals the source');
    expect(printed).toMatch(/quarantined by the rule total_not_negative/);
    expect(printed).toMatch(/Gold: refresh what was touched +daily_sales_by_region \d+ of \d+/);
  }, 60_000);

  test('names the file of the tables when other programs may open it, not while the dashboards are served', async () => {
    const out = path.join(folder, 'served');
    const opens: { [event: string]: boolean } = {};
    jest.spyOn(process.stdout, 'write').mockImplementation(text => {
      for (const event of ['The dashboards are at', 'Open the tables']) {
        if (!String(text).includes(event)) continue;
        opens[event] = opensElsewhere(path.join(out, 'lakehouse.duckdb'));
        if (event === 'The dashboards are at') setImmediate(() => process.emit('SIGINT'));
      }
      return true;
    });
    const source = new SimulatedSource(spec, [openShop({ ...SIZE, orders: 20 }, new Date())], { now: () => new Date() });
    expect(await run({ spec, source, out, seed: 1, firstQuery: 'SELECT 1', serve: { port: 0 } })).toBe(0);
    expect(opens).toEqual({ 'The dashboards are at': false, 'Open the tables': true });
  }, 60_000);

  test('ends with 1 and shows the rows when a table differs from the source', async () => {
    const honest = new SimulatedSource(spec, [openShop(SIZE, new Date())], { now: () => new Date() });
    const oneItemLess: ChangeSource = {
      tableArns: honest.tableArns,
      rounds: honest.rounds,
      changes: table => honest.changes(table),
      items: table => [...honest.items(table)].slice(table === 'customers' ? 1 : 0),
    };
    expect(await run({ spec, source: oneItemLess, out: path.join(folder, 'bad'), seed: 1, firstQuery: 'SELECT 1' })).toBe(1);
    expect(printed).toContain('THE TABLES DIFFER FROM THE SOURCE');
    expect(printed).toMatch(/silver\.customers differs after "a shop is filled": \d+ rows, \d+ expected\n {2}\+ unexpected \{"customer_id":"CUST-/);
  }, 60_000);
});

/** Whether another process can open the database. */
function opensElsewhere(database: string): boolean {
  const script = `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(database)}, { access_mode: 'READ_ONLY' }).catch(() => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', script], { stdio: 'ignore' }).status === 0;
}
