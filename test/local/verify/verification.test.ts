import { readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { EVERY_TYPE_PIPELINE } from '../every-type';
import { LocalWorld } from '../local-world';

const folder = temporaryFolder();
let world: LocalWorld;

beforeAll(async () => {
  world = await LocalWorld.run(folder, EVERY_TYPE_PIPELINE, { rows: 60, updates: 60, deletes: 15, seed: 3 });
}, 60_000);
afterAll(() => world.pipeline.close());

describe('the verification', () => {
  test('finds every table equal to the source after an undisturbed run', () => {
    const [{ checks }] = world.report.rounds;
    expect(checks.filter(({ verdict }) => verdict === 'different')).toEqual([]);
    expect(checks.map(({ layer, table }) => `${layer}.${table}`)).toEqual([
      'bronze.countries', 'bronze.shops', 'bronze.facts', 'silver.countries', 'silver.shops', 'silver.facts',
      'gold.by_country', 'gold.shop_list', 'gold.figures',
    ]);
    expect(checks.every(({ rows }) => rows > 0)).toBe(true);
  });

  test('had quarantined, dropped and unconvertible values to judge', () => {
    expect(world.report.heldBack.map(({ table, reason }) => `${table} ${reason}`))
      .toEqual(expect.arrayContaining(['facts quarantine:small_enough', 'facts drop:flagged', 'facts deleted']));
    expect(world.report.conversionErrors.map(({ table }) => table)).toContain('facts');
  });

  test('counted rows that break a rule which only warns', async () => {
    const [{ rows }] = await world.pipeline.read('SELECT count(*) AS rows FROM silver.facts WHERE money IS NULL');
    expect(world.report.warnings).toEqual([{ table: 'facts', rule: 'known', rows: Number(rows) }]);
    expect(Number(rows)).toBeGreaterThan(0);
  });

  test.each([
    ['a changed number', 'silver.facts', 'UPDATE silver.facts SET money = money + 0.01 WHERE fact_id = (SELECT min(fact_id) FROM silver.facts WHERE money IS NOT NULL)'],
    ['a stale enriched value', 'silver.shops', "UPDATE silver.shops SET country = 'Atlantis' WHERE shop_id = (SELECT min(shop_id) FROM silver.shops)"],
    ['a value lost in a list', 'silver.facts', 'UPDATE silver.facts SET words = [] WHERE fact_id = (SELECT min(fact_id) FROM silver.facts WHERE words IS NOT NULL)'],
    ['a lost row', 'silver.facts', 'DELETE FROM silver.facts WHERE fact_id = (SELECT min(fact_id) FROM silver.facts)'],
    ['a ghost row', 'silver.countries', "INSERT INTO silver.countries (country_id, label) VALUES (-1, 'ghost')"],
    ['a row twice', 'silver.shops', 'INSERT INTO silver.shops SELECT * FROM silver.shops LIMIT 1'],
    ['a dropped group', 'gold.by_country', 'DELETE FROM gold.by_country WHERE rowid = 0'],
    ['a ghost group', 'gold.by_country', "INSERT INTO gold.by_country (shop_country, facts) VALUES ('ghost', 1)"],
    ['a group twice', 'gold.by_country', 'INSERT INTO gold.by_country SELECT * FROM gold.by_country LIMIT 1'],
    ['a double that is off by more than rounding', 'gold.by_country', 'UPDATE gold.by_country SET total = total * 1.00000001 WHERE total > 0'],
    ['a lost snapshot row', 'gold.shop_list', 'DELETE FROM gold.shop_list WHERE rowid = 0'],
    ['a wrong metric', 'gold.figures', "UPDATE gold.figures SET metric_value = metric_value + 1 WHERE metric_name = 'facts_36h'"],
    ['a wrong period before', 'gold.figures', "UPDATE gold.figures SET previous_value = previous_value + 1 WHERE metric_name = 'facts_36h'"],
    ['a window that stands still', 'gold.figures', "UPDATE gold.figures SET window_start = window_start - INTERVAL 1 DAY WHERE metric_name = 'facts_today'"],
  ])('reports %s in %s, and that table alone', async (_, table, corruption) => {
    await world.pipeline.read('BEGIN');
    await world.pipeline.read(`CREATE OR REPLACE TABLE bookkeeping.before AS SELECT * FROM ${table}`);
    await world.pipeline.read(corruption);
    await world.pipeline.read('COMMIT');
    try {
      const checks = await world.verify();
      expect(checks.filter(({ verdict }) => verdict === 'different').map(check => `${check.layer}.${check.table}`)).toEqual([table]);
    } finally {
      await world.pipeline.read(`DELETE FROM ${table}`);
      await world.pipeline.read(`INSERT INTO ${table} SELECT * FROM bookkeeping.before`);
    }
  });

  test('shows rows of both sides, five at most', async () => {
    await world.pipeline.read('UPDATE silver.countries SET label = upper(label)');
    const countries = (await world.verify()).find(({ layer, table }) => layer === 'silver' && table === 'countries')!;
    expect(countries.differences).toHaveLength(5);
    expect(new Set(countries.differences.map(({ kind }) => kind))).toEqual(new Set(['missing', 'unexpected']));
    expect(countries.differences[0].row).toHaveProperty('label');
  });

  test('misses changes that are no longer in the change log', async () => {
    const [file] = readdirSync(world.pipeline.lake, { recursive: true, encoding: 'utf8' }).filter(name => name.startsWith('bronze/countries') && name.endsWith('.parquet'));
    rmSync(path.join(world.pipeline.lake, file));
    const countries = (await world.verify()).find(({ layer, table }) => layer === 'bronze' && table === 'countries')!;
    expect(countries.verdict).toBe('different');
    expect(countries.rows).toBeLessThan(countries.expected);
  });
});
