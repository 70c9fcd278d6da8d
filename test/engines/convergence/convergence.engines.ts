import * as fc from 'fast-check';
import { overtaken } from '../../convergence/overtaken';
import { playIn, traces, type Step } from '../../convergence/trace';
import { FIRST, varied } from '../../convergence/variation';
import { World } from '../../convergence/world';
import { RealLake } from '../lake/real-lake';
import { shared } from './shared-traces';

/** `ENGINES_TRACES=10 npm run test:engines -- convergence` plays ten times as many. */
const TIMES = Number(process.env.ENGINES_TRACES ?? 1);
const TOGETHER = 60;
/** What takes statements, each of which takes half a second. */
const RUNS: ReadonlySet<Step['do']> = new Set(['silver', 'gold', 'rebuild', 'redefine', 'heal', 'backfill']);
const MOST_RUNS = 7;

/** Histories that share their runs. */
interface Kind {
  readonly histories: fc.Arbitrary<Step[]>;
  /** What must happen in the one that sets their pace, in these orders. */
  readonly orders: readonly (readonly (Step['do'] | 'overtake')[])[];
}

const KINDS: { readonly [name: string]: Kind } = {
  'late, twice and out of order, cut into any runs': { histories: traces(), orders: [['deliver', 'silver', 'deliver', 'silver', 'gold']] },
  'when definitions change under functions at work': {
    histories: traces('redefinitions'), orders: [['deliver', 'silver', 'deliver', 'overtake', 'deliver', 'silver']],
  },
  'when records are lost and come by exports': {
    histories: traces('lost records'), orders: [['deliver', 'silver', 'lose records', 'heal', 'silver', 'backfill']],
  },
  'when all of it comes together, and batches are given up': {
    histories: traces('lost records', 'redefinitions', 'set aside'),
    orders: [['deliver', 'silver', 'lose records', 'overtake', 'backfill'], ['set aside', 'redrive']],
  },
};

const groups = Object.entries(KINDS).flatMap(([name, kind]) => seeds(1).map(seed => [name, seed, kind] as const));

test.each(groups)(`${TOGETHER} histories converge on Iceberg, %s (%d)`, async (_, seed, { histories, orders }) => {
  const candidates = sampled(histories, seed, 4000).filter(steps => steps.length >= 15);
  const leading = candidates.find(steps => isShort(steps) && orders.every(order => isIn(steps, order)));
  expect(leading).toBeDefined();
  const steps = shared([paced(leading!), ...candidates.filter(candidate => candidate !== leading).slice(0, TOGETHER - 1)]);
  expect(steps.filter(step => step.do === 'change').length).toBeGreaterThan(TOGETHER);
  await expectConvergence(steps);
});

test.each(seeds(2))('histories converge when a deploy comes while functions are at work on the very rows (%d)', async seed => {
  await expectConvergence(shared(sampled(overtaken(), seed, TOGETHER)));
});

test.each(seeds(2))('a history converges when processes die between any two calls (%d)', async seed => {
  await expectConvergence(withCrash(traces('crashes'), seed));
});

test.each(seeds(1))('a history of deploys and exports converges when processes die in the middle of it (%d)', async seed => {
  await expectConvergence(withCrash(traces('crashes', 'redefinitions', 'lost records'), seed));
});

async function expectConvergence(steps: readonly Step[]): Promise<void> {
  expect(await playIn(World.over(await RealLake.open(varied(FIRST)), 2 * TOGETHER), steps)).toEqual([]);
}

function seeds(count: number): number[] {
  return Array.from({ length: count * TIMES }, (_, index) => index + 1);
}

function sampled(histories: fc.Arbitrary<Step[]>, seed: number, numRuns: number): Step[][] {
  return fc.sample(histories, { numRuns, seed });
}

/** Each run takes all that there is at once. */
function paced(steps: readonly Step[]): Step[] {
  return steps.map(step => step.do === 'silver' ? { ...step, chunkFiles: 100, openPartitions: 80 } : step);
}

/** Whether that happens one after the other, whatever there is between. */
function isIn(steps: readonly Step[], order: Kind['orders'][number]): boolean {
  const left = [...order];
  for (const step of steps) {
    const what = step.do === 'redefine' && step.underWay ? 'overtake' : step.do;
    if (what === left[0]) left.shift();
  }
  return left.length === 0;
}

function isShort(steps: readonly Step[]): boolean {
  return steps.filter(step => RUNS.has(step.do)).length <= MOST_RUNS;
}

function withCrash(histories: fc.Arbitrary<Step[]>, seed: number): Step[] {
  const isHit = (step: Step): boolean => (step.do === 'silver' || step.do === 'gold') && step.crashAt !== undefined;
  return sampled(histories, 100 + seed, 60).find(steps => isShort(steps) && steps.some(isHit))!;
}
