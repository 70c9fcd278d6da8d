import * as fc from 'fast-check';
import { play, traces, type Mishap } from './trace';

/** For each property: a few minutes for all of them. `CONVERGENCE_RUNS=10000 npx jest test/convergence` for the long form. */
const RUNS = Number(process.env.CONVERGENCE_RUNS ?? 20);

/** Plays random traces and shrinks the first wrong one to its shortest form. */
export async function expectConvergence(...mishaps: readonly Mishap[]): Promise<void> {
  // Exports take several runs of Silver each.
  const numRuns = mishaps.includes('lost records') ? Math.ceil(RUNS / 4) : RUNS;
  await fc.assert(fc.asyncProperty(traces(...mishaps), async trace => expect(await play(trace)).toEqual([])), { numRuns });
}
