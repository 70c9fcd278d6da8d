import type { MergeScope, Move, PartitionTuple } from './merge-scope';

export interface MergeLimits {
  /** Partitions that one statement may write to: Athena ends one that opens more than 100. */
  readonly openPartitions: number;
  /** Size of a table, in bytes, above which statements name the partitions they may touch. */
  readonly pruneAbove: number;
}

export const MERGE_LIMITS: MergeLimits = { openPartitions: 80, pruneAbove: 1024 ** 3 };

/** Cuts a run's changes into MERGEs that stay within the limits, one if possible. */
export function planMerges(moves: readonly Move[], buckets: number, totalBytes: number, limits: MergeLimits): MergeScope[] {
  const groups = packed(moves, ({ from, to }) => [from, to].filter(tuple => tuple !== undefined), partitionsAllowed(buckets, limits));
  return groups.map(group => ({
    ...groups.length > 1 ? { moves: group } : {},
    ...totalBytes > limits.pruneAbove ? { prune: distinct(group.flatMap(({ from }) => from ? [from] : [])) } : {},
  }));
}

/** Cuts a re-enrichment, whose rows stay where they are. */
export function planRewrites(
  partitions: readonly PartitionTuple[], buckets: number, totalBytes: number, limits: MergeLimits,
): MergeScope[] {
  const groups = packed(partitions, tuple => [tuple], partitionsAllowed(buckets, limits));
  return groups.map(group => groups.length > 1 || totalBytes > limits.pruneAbove ? { prune: group } : {});
}

function partitionsAllowed(buckets: number, limits: MergeLimits): number {
  return Math.max(2, Math.floor(limits.openPartitions / buckets));
}

/** Fills groups one after the other, so that no group names more partitions than allowed. */
function packed<T>(items: readonly T[], partitionsOf: (item: T) => readonly PartitionTuple[], allowed: number): T[][] {
  const groups: T[][] = [];
  let open = new Set<string>();
  for (const item of items) {
    const together = new Set([...open, ...partitionsOf(item).map(keyOf)]);
    if (groups.length === 0 || together.size > allowed) {
      groups.push([]);
      open = new Set(partitionsOf(item).map(keyOf));
    } else {
      open = together;
    }
    groups.at(-1)!.push(item);
  }
  return groups;
}

function distinct(tuples: readonly PartitionTuple[]): PartitionTuple[] {
  return [...new Map(tuples.map(tuple => [keyOf(tuple), tuple])).values()];
}

function keyOf(tuple: PartitionTuple): string {
  return JSON.stringify(tuple);
}
