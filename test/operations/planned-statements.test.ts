import { plannedStatements } from '../../lambda-src/operations/planned-statements';
import { everyTypeShop } from '../sql/every-type-shop';

const NOW = new Date('2026-11-22T10:00:00Z');
const spec = everyTypeShop();

test('names every table of the pipeline and every stage that runs SQL', () => {
  const statements = plannedStatements(spec, NOW);
  const tables = new Set(statements.map(({ table }) => table));
  expect([...Object.keys(spec.tables), ...Object.keys(spec.gold)].filter(name => !tables.has(name))).toEqual([]);
  expect(new Set(statements.map(({ stage }) => stage))).toEqual(new Set(['deploy', 'silver', 'gold', 'maintenance']));
});

test('keeps the order in which a run is safe: what leaves and what is touched is noted before the MERGE', () => {
  const [fact] = Object.entries(spec.tables).find(([, { enrichments }]) => enrichments.length > 0)!;
  const purposes = plannedStatements(spec, NOW).filter(({ stage, table }) => stage === 'silver' && table === fact).map(({ purpose }) => purpose);
  const merge = purposes.indexOf(`bring the changes into ${fact}`);
  expect(purposes.indexOf(`note the keys that leave ${fact}`)).toBeLessThan(merge);
  expect(purposes.indexOf(`re-enrich ${fact}`)).toBeGreaterThan(merge);
});
