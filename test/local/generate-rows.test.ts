import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import { generateChanges, generateRows, type RowCounts } from '../../lambda-src/local/generate-rows';
import { SimulatedSource } from '../../lambda-src/local/source/simulated-source';
import type { Arrival } from '../../lambda-src/local/source/stream-record';
import { FixedClock } from '../helpers/fixed-clock';
import { EVERY_TYPE_PIPELINE as SPEC } from './every-type';

const COUNTS: RowCounts = { rows: 50, updates: 30, deletes: 10, seed: 5 };

function play(counts: RowCounts): { source: SimulatedSource; arrivals: Arrival[] } {
  const clock = new FixedClock();
  const source = new SimulatedSource(SPEC, [generateRows(SPEC, counts, clock.now())], clock);
  return { source, arrivals: [...source.rounds[0].play() as Iterable<Arrival>] };
}

describe('generated rows', () => {
  test('are the same for the same seed and others for another', () => {
    expect(play(COUNTS).arrivals).toEqual(play(COUNTS).arrivals);
    expect(play({ ...COUNTS, seed: 6 }).arrivals).not.toEqual(play(COUNTS).arrivals);
  });

  test('come in the numbers asked for', () => {
    const { source } = play({ ...COUNTS, updates: 0, deletes: 0 });
    for (const table of Object.keys(SPEC.tables)) expect([...source.items(table)]).toHaveLength(50);
  });

  test('change and delete items', () => {
    const names = play(COUNTS).arrivals.map(({ record }) => record.eventName);
    expect(new Set(names)).toEqual(new Set(['INSERT', 'MODIFY', 'REMOVE']));
    expect(play({ ...COUNTS, rows: 0 }).arrivals).toEqual([]);
  });

  test('go on changing without an end, and no table grows', () => {
    const clock = new FixedClock();
    const counts = { rows: 20, updates: 5, deletes: 2 };
    let seed = 1;
    const source = new SimulatedSource(SPEC, [generateRows(SPEC, { ...counts, seed }, clock.now())], clock, {
      next: () => generateChanges(SPEC, { ...counts, seed: ++seed }, clock.now()),
    });
    const names = (round = source.next!()) => [...round.play() as Iterable<Arrival>].map(({ record }) => record.eventName);
    expect(names(source.rounds[0])).toContain('INSERT');
    expect(new Set(Array.from({ length: 100 }, () => names()).flat())).toEqual(new Set(['INSERT', 'MODIFY', 'REMOVE']));
    for (const table of Object.keys(SPEC.tables)) expect([...source.items(table)].length).toBeLessThanOrEqual(20);
  });

  test('point at rows of the joined tables, and now and then at none', () => {
    const { source } = play({ rows: 300, updates: 0, deletes: 0, seed: 1 });
    const keyOf = ({ CountryID, ShopID }: AttributeMap): string => JSON.stringify([CountryID, ShopID]);
    const shops = new Set([...source.items('shops')].map(keyOf));
    const found = [...source.items('facts')].filter(item => shops.has(keyOf(item))).length;
    expect(found).toBeGreaterThan(270);
    expect(found).toBeLessThan(300);
  });
});
