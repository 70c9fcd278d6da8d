import * as fc from 'fast-check';
import { untouched, withoutAbsentEntries, withoutOldGroups, withoutReEnrichment, withoutSequenceGuard } from './sabotage';
import { play, traces } from './trace';
import type { Sabotage } from './world';

jest.setTimeout(10 * 60 * 1000);

describe('every guard is needed: without it a trace goes wrong', () => {
  test.each<[string, Sabotage]>([
    ['the sequence guard', withoutSequenceGuard],
    ['the absent entry', withoutAbsentEntries],
    ['re-enrichment', withoutReEnrichment],
    ['the touched old group', withoutOldGroups],
  ])('%s', async (_, sabotage) => expect(await findsFault(sabotage, 300)).toBe(true));

  test('while the same traces go right when nothing is removed', async () => expect(await findsFault(untouched, 5)).toBe(false));
});

async function findsFault(sabotage: Sabotage, numRuns: number): Promise<boolean> {
  const property = fc.asyncProperty(traces(), async trace => (await play(trace, sabotage)).length === 0);
  const { failed } = await fc.check(property, { numRuns, endOnFailure: true, seed: 1 });
  return failed;
}
