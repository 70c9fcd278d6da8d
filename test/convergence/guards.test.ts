import * as fc from 'fast-check';
import { overtaken } from './overtaken';
import {
  untouched, withoutAbsentEntries, withoutNotedColumns, withoutOldGroups, withoutReEnrichment, withoutSecondLook, withoutSequenceGuard,
} from './sabotage';
import { play, traces, type Step } from './trace';
import type { Sabotage } from './world';

interface Search {
  readonly numRuns: number;
  readonly seed: number;
}

jest.setTimeout(10 * 60 * 1000);

describe('every guard is needed: without it a trace goes wrong', () => {
  // Each search begins with a seed that has soon been found to do harm.
  test.each<[string, Sabotage, number]>([
    ['the sequence guard', withoutSequenceGuard, 24],
    ['the absent entry', withoutAbsentEntries, 41],
    ['re-enrichment', withoutReEnrichment, 9],
    ['the touched old group', withoutOldGroups, 3],
  ])('%s', async (_, sabotage, seed) => expect(await findsFault(sabotage, { numRuns: 300, seed })).toBe(true));

  test.each<[string, Sabotage, number]>([
    ['the second look at the deploy', withoutSecondLook, 1],
    ['the columns that are noted for Gold', withoutNotedColumns, 3],
  ])('%s, when a deploy comes', async (_, sabotage, seed) => expect(await findsFault(sabotage, { numRuns: 300, seed }, overtaken())).toBe(true));

  test('while the same traces go right when nothing is removed', async () => expect(await findsFault(untouched, { numRuns: 5, seed: 1 })).toBe(false));
});

async function findsFault(sabotage: Sabotage, search: Search, histories: fc.Arbitrary<Step[]> = traces()): Promise<boolean> {
  const property = fc.asyncProperty(histories, async trace => (await play(trace, sabotage)).length === 0);
  const { failed } = await fc.check(property, { ...search, endOnFailure: true });
  return failed;
}
