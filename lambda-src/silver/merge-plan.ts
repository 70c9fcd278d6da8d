import { distinctTuples, type MergeScope, type PartitionTuple } from './merge-scope';
import type { ProbedMoves } from './statements/probes';

export interface MergeLimits {
  /** Partitions that one statement may write to: Athena ends one that opens more than 100. */
  readonly openPartitions: number;
  /** Size of a table, in bytes, above which statements name the partitions they may touch. */
  readonly pruneAbove: number;
}

/** Moves that one statement names: its text stays far below Athena's 262,144 characters. */
const MOVES_IN_A_STATEMENT = 200;

export const MERGE_LIMITS: MergeLimits = { openPartitions: 80, pruneAbove: 1024 ** 3 };

/** Cuts a run's changes into MERGEs that stay within the limits, one if possible, none if nothing changes. */
export function planMerges({ moves, present }: ProbedMoves, buckets: number, totalBytes: number, limits: MergeLimits): MergeScope[] {
  const groups = packed(moves, ({ from, to }) => [from, to].filter(tuple => tuple !== undefined), partitionsAllowed(buckets, limits));
  const pruned = (partitions: readonly PartitionTuple[]): MergeScope =>
    totalBytes > limits.pruneAbove && partitions.length <= MOVES_IN_A_STATEMENT ? { prune: partitions } : {};
  // A whole run also holds keys whose rows stay: where those lie must be read too, or they would look new.
  if (groups.length === 1) return [pruned(present)];
  return groups.map(group => ({ moves: group, ...pruned(distinctTuples(group.flatMap(({ from }) => from ? [from] : []))) }));
}

/** Cuts a re-enrichment, whose rows stay where they are. */
export function planRewrites(
  partitions: readonly PartitionTuple[], buckets: number, totalBytes: number, limits: MergeLimits,
): MergeScope[] {
  const groups = packed(partitions, tuple => [tuple], partitionsAllowed(buckets, limits));
  return groups.map(group => groups.length > 1 || totalBytes > limits.pruneAbove ? { prune: group } : {});
}

function partitionsAllowed(buckets: number, limits: MergeLimits): number {
  return Math.max(1, Math.floor(limits.openPartitions / buckets));
}

/** Fills groups one after the other, so that no group names more partitions than allowed. */
function packed<T>(items: readonly T[], partitionsOf: (item: T) => readonly PartitionTuple[], allowed: number): T[][] {
  const groups: T[][] = [];
  let open = new Set<string>();
  for (const item of items) {
    const together = new Set([...open, ...partitionsOf(item).map(keyOf)]);
    if (groups.length === 0 || together.size > allowed || groups.at(-1)!.length === MOVES_IN_A_STATEMENT) {
      groups.push([]);
      open = new Set(partitionsOf(item).map(keyOf));
    } else {
      open = together;
    }
    groups.at(-1)!.push(item);
  }
  return groups;
}

function keyOf(tuple: PartitionTuple): string {
  return JSON.stringify(tuple);
}
