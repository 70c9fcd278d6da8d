import * as fc from 'fast-check';
import { planMerges, planRewrites, type MergeLimits } from '../../lambda-src/silver/merge-plan';
import { distinctTuples, type MergeScope, type Move, type PartitionTuple } from '../../lambda-src/silver/merge-scope';

const tuple: fc.Arbitrary<PartitionTuple> = fc.option(fc.integer({ min: 0, max: 30 }).map(String), { nil: null }).map(value => [value]);
const move: fc.Arbitrary<Move> = fc.record({ from: fc.option(tuple, { nil: undefined }), to: fc.option(tuple, { nil: undefined }) });
const moves = fc.uniqueArray(move, { selector: value => JSON.stringify(value), maxLength: 60 });
const plan = fc.record({
  buckets: fc.integer({ min: 1, max: 16 }),
  openPartitions: fc.integer({ min: 32, max: 80 }),
  totalBytes: fc.integer({ min: 0, max: 10 }),
});

const limits = (openPartitions: number): MergeLimits => ({ openPartitions, pruneAbove: 5 });
const textOf = (value: unknown): string => JSON.stringify(value);
const keys = (tuples: readonly (PartitionTuple | undefined)[]): Set<string> =>
  new Set(tuples.filter(value => value !== undefined).map(textOf));
const partitionsOf = (scope: MergeScope, all: readonly Move[]): Set<string> =>
  keys((scope.moves ?? all).flatMap(({ from, to }) => [from, to]));

const probed = (all: readonly Move[]) => ({ moves: all, present: distinctTuples(all.flatMap(({ from }) => from ? [from] : [])) });

describe('a run cut into MERGEs', () => {
  test('does every move in exactly one of them', () => {
    fc.assert(fc.property(moves, plan, (all, { buckets, openPartitions, totalBytes }) => {
      const scopes = planMerges(probed(all), buckets, totalBytes, limits(openPartitions));
      const done = scopes.length === 1 && !scopes[0].moves ? all : scopes.flatMap(scope => scope.moves!);
      expect(done.map(textOf).sort()).toEqual(all.map(textOf).sort());
    }));
  });

  test('opens no more partitions at once than allowed, counting each bucket', () => {
    fc.assert(fc.property(moves, plan, (all, { buckets, openPartitions, totalBytes }) => {
      for (const scope of planMerges(probed(all), buckets, totalBytes, limits(openPartitions))) {
        expect(partitionsOf(scope, all).size * buckets).toBeLessThanOrEqual(openPartitions);
      }
    }));
  });

  test('names the present partitions of its keys, all of them, once the table is large', () => {
    fc.assert(fc.property(moves, plan, (all, { buckets, openPartitions, totalBytes }) => {
      for (const scope of planMerges(probed(all), buckets, totalBytes, limits(openPartitions))) {
        if (totalBytes <= 5) expect(scope.prune).toBeUndefined();
        else expect(keys(scope.prune!)).toEqual(keys((scope.moves ?? all).map(({ from }) => from)));
      }
    }));
  });

  test('reads the partitions of keys whose rows stay, too: they would look new otherwise', () => {
    const moving: Move = { from: ['1'], to: ['2'] };
    expect(planMerges({ moves: [moving], present: [['1'], ['7']] }, 1, 10, limits(80))).toEqual([{ prune: [['1'], ['7']] }]);
  });

  test('names few enough moves in a statement that its text stays short', () => {
    const all = [...Array(450).keys()].map((index): Move => ({ from: [String(index % 30)], to: [String(Math.floor(index / 30))] }));
    for (const scope of planMerges(probed(all), 1, 0, limits(80))) expect(scope.moves!.length).toBeLessThanOrEqual(200);
  });

  test('is one statement without conditions if it is small', () => {
    expect(planMerges(probed([{ from: ['1'], to: ['2'] }]), 1, 0, limits(80))).toEqual([{}]);
    expect(planMerges(probed([]), 1, 10, limits(80))).toEqual([]);
  });
});

test('a re-enrichment rewrites every partition exactly once, few enough at a time', () => {
  const distinct = fc.uniqueArray(tuple, { selector: textOf });
  fc.assert(fc.property(distinct, plan, (partitions, { buckets, openPartitions, totalBytes }) => {
    const scopes = planRewrites(partitions, buckets, totalBytes, limits(openPartitions));
    if (scopes.length !== 1 || scopes[0].prune) expect(scopes.flatMap(scope => scope.prune!)).toEqual(partitions);
    for (const { prune } of scopes) expect((prune ?? partitions).length * buckets).toBeLessThanOrEqual(openPartitions);
  }));
});
