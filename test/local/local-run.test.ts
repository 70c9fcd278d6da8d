import { reportText } from '../../lambda-src/local/console/report-text';
import { BOOLEAN } from '../../src/expression/sql-type';
import type { GoldTableSpec, PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import { temporaryFolder } from '../helpers/temporary-folder';
import { EVERY_TYPE_PIPELINE, expression } from './every-type';
import { LocalWorld } from './local-world';

const folder = temporaryFolder();
const COUNTS = { rows: 30, updates: 10, deletes: 3, seed: 2 };

const RECENT: GoldTableSpec = {
  kind: 'aggregate',
  definitionHash: 'g4',
  silverTable: 'facts',
  refresh: { kind: 'delta', column: 'day', window: { kind: 'last', unit: 'day', count: 30, timeZone: 'Europe/Berlin' } },
  groupBy: { day: expression('day', { kind: 'date' }) },
  measures: { facts: { aggregate: 'count', type: { kind: 'bigint' } } },
};

function specWith(expectations: SilverTableSpec['expectations'], gold: PipelineSpec['gold']): PipelineSpec {
  const { facts } = EVERY_TYPE_PIPELINE.tables;
  return { ...EVERY_TYPE_PIPELINE, tables: { ...EVERY_TYPE_PIPELINE.tables, facts: { ...facts, expectations } }, gold };
}

describe('a local run', () => {
  test('compares a delta table in its window, and says how much lies beyond', async () => {
    const world = await LocalWorld.run(folder, specWith({}, { recent: RECENT }), COUNTS);
    try {
      await world.pipeline.read("INSERT INTO gold.recent (day, facts) VALUES (DATE '1999-12-31', 1), (NULL, 1)");
      const check = (await world.verify()).find(({ table }) => table === 'recent')!;
      const [{ all }] = await world.pipeline.read('SELECT count(*) AS "all" FROM gold.recent');
      expect(check).toMatchObject({ verdict: 'equal', rows: check.expected, beyondWindow: Number(all) - check.rows });
      expect(check.beyondWindow).toBeGreaterThanOrEqual(2);
      const text = reportText({ ...world.report, rounds: [{ title: 'again', checks: [check] }] });
      expect(text).toMatch(new RegExp(`gold +│ recent +│ +${all} │ +${check.expected} in window │ ok`));
      expect(text).toContain(`not the ${check.beyondWindow} beyond it`);

      await world.pipeline.read("INSERT INTO gold.recent (day, facts) VALUES (DATE '2026-03-29', 77)");
      expect((await world.verify()).find(({ table }) => table === 'recent')!.verdict).toBe('different');
    } finally {
      await world.pipeline.close();
    }
  }, 60_000);

  test('begins with items that no stream tells of, which a backfill loads', async () => {
    const world = await LocalWorld.run(folder, EVERY_TYPE_PIPELINE, COUNTS, { rows: 50, updates: 0, deletes: 0, seed: 3 });
    try {
      expect(world.report.rounds[0].checks.filter(({ verdict }) => verdict === 'different')).toEqual([]);
      const [{ older }] = await world.pipeline.read('SELECT count(*) AS older FROM silver.facts WHERE _sequence IS NULL');
      expect(Number(older)).toBeGreaterThan(0);
    } finally {
      await world.pipeline.close();
    }
  }, 60_000);

  test('takes a rule that fails on a row for one that holds', async () => {
    const rule = expression('CAST(text AS integer) > 0', BOOLEAN);
    const world = await LocalWorld.run(folder, specWith({ number: { action: 'quarantine', predicate: rule }, noted: { action: 'warn', predicate: rule } }, {}), COUNTS);
    await world.pipeline.close();
    expect(world.report.rounds[0].checks.filter(({ verdict }) => verdict === 'different')).toEqual([]);
    expect(world.report.warnings).toEqual([]);
  }, 60_000);

  test('names the table and the rule that stop it', async () => {
    const spec = specWith({ never: { action: 'fail', predicate: expression('small IS NULL', BOOLEAN) } }, {});
    await expect(LocalWorld.run(folder, spec, COUNTS)).rejects.toThrow(/^silver\.facts failed: facts stops: its changes violate never \(\d+ keys\)/);
  }, 60_000);

  test('names the table and what was to be done when the engine stops it', async () => {
    const spec = specWith({}, { recent: { ...RECENT, where: expression('CAST(text AS integer) > 0', BOOLEAN) } });
    await expect(LocalWorld.run(folder, spec, COUNTS)).rejects.toThrow(/^gold\.recent failed: refresh recent: [^\n]+$/);
  }, 60_000);
});
