import type { Named, PipelineSpec } from '../../src/spec/pipeline-spec';
import { MERGE_LIMITS } from '../silver/merge-plan';
import { silverBytes } from './query-load';
import type { TableWorkload, Workload } from './workload';

/** What a table is taken to carry where nothing else is said. */
export const ASSUMED: TableWorkload = { changesPerDay: 10_000, items: 1_000_000, itemBytes: 1024 };

/** Silver tables that grow beyond what is merged as a whole, and have no partitions to leave out. */
export function largeUnpartitioned({ tables }: Pick<PipelineSpec, 'tables'>, workloads: readonly Workload[]): string[] {
  const isLarge = (all: Named<TableWorkload>, name: string) => silverBytes(all[name]) > MERGE_LIMITS.pruneAbove;
  const unpartitioned = Object.keys(tables).filter(name => tables[name].partitionBy.length === 0);
  return unpartitioned.filter(name => workloads.some(workload => isLarge(workload.tables, name)));
}
