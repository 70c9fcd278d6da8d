import * as fc from 'fast-check';
import { overtaken } from './overtaken';
import {
  untouched, withoutAbsentEntries, withoutNotedColumns, withoutOldGroups, withoutReEnrichment, withoutSecondLook, withoutSequenceGuard,
} from './sabotage';
import { play, traces, type Step } from './trace';
import type { Sabotage } from './world';

jest.setTimeout(10 * 60 * 1000);

describe('every guard is needed: without it a trace goes wrong', () => {
  test.each<[string, Sabotage]>([
    ['the sequence guard', withoutSequenceGuard],
    ['the absent entry', withoutAbsentEntries],
    ['re-enrichment', withoutReEnrichment],
    ['the touched old group', withoutOldGroups],
  ])('%s', async (_, sabotage) => expect(await findsFault(sabotage, 300)).toBe(true));

  test.each<[string, Sabotage]>([
    ['the second look at the deploy', withoutSecondLook],
    ['the columns that are noted for Gold', withoutNotedColumns],
  ])('%s, when a deploy comes', async (_, sabotage) => expect(await findsFault(sabotage, 300, overtaken())).toBe(true));

  test('while the same traces go right when nothing is removed', async () => expect(await findsFault(untouched, 5)).toBe(false));
});

async function findsFault(sabotage: Sabotage, numRuns: number, histories: fc.Arbitrary<Step[]> = traces()): Promise<boolean> {
  const property = fc.asyncProperty(histories, async trace => (await play(trace, sabotage)).length === 0);
  const { failed } = await fc.check(property, { numRuns, endOnFailure: true, seed: 1 });
  return failed;
}
