import * as fc from 'fast-check';
import { CONVERGENCE_PIPELINE } from '../../convergence/pipeline';
import { playIn, traces, type Step } from '../../convergence/trace';
import { World } from '../../convergence/world';
import { RealLake } from '../lake/real-lake';
import { shared } from './shared-traces';

/** `ENGINES_TRACES=1000 npm run test:engines -- convergence` for the long form. */
const TRACES = Number(process.env.ENGINES_TRACES ?? 240);
const TOGETHER = 60;
/** So many runs of Silver and Gold show it; a statement takes half a second. */
const MOST_RUNS = 6;

const seeds = Array.from({ length: Math.ceil(TRACES / TOGETHER) }, (_, index) => index + 1);

test.each(seeds)(`${TOGETHER} histories converge on Iceberg, late, twice and out of order, cut into runs that they share (%d)`, async seed => {
  const steps = shared(leadBy(fc.sample(traces(), { numRuns: 4 * TOGETHER, seed }).filter(isLong)).slice(0, TOGETHER));
  expect(steps.filter(step => step.do === 'change').length).toBeGreaterThan(TOGETHER);
  expect(await playIn(World.over(await RealLake.open(CONVERGENCE_PIPELINE)), steps)).toEqual([]);
});

test.each([1, 2, 3])('a history converges when processes die between any two calls (%d)', async seed => {
  const [trace] = fc.sample(traces('crashes'), { numRuns: 60, seed: 100 + seed }).filter(steps => isShort(steps) && steps.some(hasCrash));
  expect(await playIn(World.over(await RealLake.open(CONVERGENCE_PIPELINE)), trace)).toEqual([]);
});

/** The first trace sets the pace: it runs each stage at least twice, and not too often. */
function leadBy(candidates: readonly Step[][]): Step[][] {
  const index = candidates.findIndex(steps => {
    const [silver, gold] = ['silver', 'gold'].map(stage => steps.filter(step => step.do === stage).length);
    return silver >= 2 && gold >= 1 && silver + gold <= MOST_RUNS && steps.some(step => step.do === 'deliver');
  });
  if (index < 0) throw new Error('none of the traces runs as often as it should: sample more');
  const paced = candidates[index].map(step => step.do === 'silver' ? { ...step, chunkFiles: 100, openPartitions: 80 } : step);
  return [paced, ...candidates.filter((_, other) => other !== index)];
}

function isLong(steps: readonly Step[]): boolean {
  return steps.length >= 15;
}

function isShort(steps: readonly Step[]): boolean {
  return steps.filter(step => step.do === 'silver' || step.do === 'gold').length <= MOST_RUNS;
}

function hasCrash(step: Step): boolean {
  return (step.do === 'silver' || step.do === 'gold') && step.crashAt !== undefined;
}
