import * as fc from 'fast-check';
import { play, traces, type Mishap, type Step } from './trace';

/** For each property: two minutes for all of them. `CONVERGENCE_RUNS=10000 npx jest test/convergence` for the long form. */
const RUNS = Number(process.env.CONVERGENCE_RUNS ?? 10);

/** The same traces in every run, so that a failure is the fault of what has changed; another seed, other traces. */
const SEED = Number(process.env.CONVERGENCE_SEED ?? 1);

/** How much longer a trace takes that has more runs of Silver in it. */
const COST = { 'lost records': 4, 'redefinitions': 2 } as const;

/** As `expectConvergence`, with histories of one kind. */
export async function expectConvergenceAround(histories: fc.Arbitrary<Step[]>): Promise<void> {
  await fc.assert(fc.asyncProperty(histories, async trace => expect(await play(trace)).toEqual([])), { numRuns: RUNS, seed: SEED });
}

/** Plays random traces and shrinks the first wrong one to its shortest form. */
export async function expectConvergence(...mishaps: readonly Mishap[]): Promise<void> {
  const cost = Math.max(1, ...mishaps.map(mishap => mishap in COST ? COST[mishap as keyof typeof COST] : 1));
  const numRuns = Math.ceil(RUNS / cost);
  await fc.assert(fc.asyncProperty(traces(...mishaps), async trace => expect(await play(trace)).toEqual([])), { numRuns, seed: SEED });
}
