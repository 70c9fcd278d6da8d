import * as path from 'node:path';
import * as duckDb from '@duckdb/node-api';
import { openShop, type ShopSize } from '../../examples/ecommerce/generator';
import { LiveShop } from '../../examples/ecommerce/live-shop';
import { SystemClock } from '../../lambda-src/aws/system-clock';
import { runLive, type Beat } from '../../lambda-src/local/live-run';
import { LocalPipeline } from '../../lambda-src/local/local-pipeline';
import { runLocally } from '../../lambda-src/local/local-run';
import { OutputFolder } from '../../lambda-src/local/output-folder';
import { Random } from '../../lambda-src/local/random';
import { SILENT } from '../../lambda-src/local/run-observer';
import { SimulatedSource } from '../../lambda-src/local/source/simulated-source';
import { temporaryFolder } from '../helpers/temporary-folder';
import { shopSpec } from './shop-spec';

const SIZE: ShopSize = { customers: 10, products: 5, orders: 20, updates: 5, deletes: 2, seed: 4 };
const folder = temporaryFolder();
const spec = shopSpec(path.join(folder, 'cdk.out'));

/** A shop that has been open for some beats; `onBeat` may look into it. */
async function openFor(beats: number, onBeat: (pipeline: LocalPipeline, beat: Beat) => void = () => undefined) {
  const clock = new SystemClock();
  const pipeline = await LocalPipeline.open({ spec, folder: OutputFolder.prepare(path.join(folder, 'out')), duckDb, clock });
  const shop = new LiveShop(SIZE, SIZE.orders);
  const source = new SimulatedSource(spec, [openShop(SIZE, clock.now())], clock, { next: () => shop.next(clock.now()) });
  const options = { pipeline, source, random: new Random(1), observer: SILENT, clock };
  const stop = new AbortController();
  const seen: Beat[] = [];
  try {
    await runLocally(options);
    const report = await runLive(() => source.next!(), {
      ...options,
      beatSeconds: 0.01,
      stop: stop.signal,
      onBeat: beat => {
        seen.push(beat);
        onBeat(pipeline, beat);
        if (beat.number === beats) stop.abort();
      },
    });
    return { report, seen, orders: (await pipeline.read('SELECT count(*) AS n FROM silver.orders_enriched'))[0].n };
  } finally {
    await pipeline.close();
  }
}

test('every beat brings changes to Gold, and at the end every table equals the source', async () => {
  const { report, seen, orders } = await openFor(4);
  expect(seen.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(seen.map(({ changes }) => changes > 0)).toEqual([true, true, true, true]);
  expect(seen.at(-1)!.total).toBe(seen.reduce((sum, { changes }) => sum + changes, 0));
  for (const { gold } of seen) expect(gold.map(({ table }) => table)).toContain('key_metrics');
  expect(Number(orders)).toBeGreaterThan(SIZE.orders);
  expect(report.checks.map(({ table, verdict }) => `${table} ${verdict}`)).toEqual(report.checks.map(({ table }) => `${table} equal`));
});

test('what is wrong at the end is told', async () => {
  const { report } = await openFor(1, pipeline => void pipeline.read("DELETE FROM silver.products WHERE product_id = 'PROD-000001'"));
  expect(report.checks.find(({ layer, table }) => layer === 'silver' && table === 'products')!.verdict).toBe('different');
});

test('the oldest of many orders leave, so that a shop which stays open does not grow', () => {
  const shop = new LiveShop({ ...SIZE, orders: 0 }, 0);
  const source = new SimulatedSource(spec, [], new SystemClock(), { next: () => shop.next(new Date()) });
  let most = 0;
  for (let beat = 0; beat < 1000; beat++) {
    for (const _ of source.next!().play() as Iterable<unknown>) void _;
    if (beat % 100 === 0) most = Math.max(most, [...source.items('orders_enriched')].length);
  }
  expect(most).toBeGreaterThan(1900);
  expect([...source.items('orders_enriched')].length).toBeLessThanOrEqual(2004);
});
