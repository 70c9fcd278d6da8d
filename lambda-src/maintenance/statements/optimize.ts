import { ownPartitionIs, type PartitionTuple } from '../../silver/merge-scope';
import type { SilverTable } from '../../silver/silver-table';
import type { Statement, TableName } from '../../sql/nodes';

/** Goes over all partitions; the engine leaves alone the files that are as they should be. */
export function optimizeTable(table: TableName): Statement {
  return { kind: 'optimize', table, purpose: `compact ${table.name}` };
}

/** Goes over one partition. */
export function optimizePartition(table: SilverTable, partition: PartitionTuple): Statement {
  return {
    kind: 'optimize',
    table: table.target,
    where: ownPartitionIs(table, partition),
    purpose: `compact the partition (${partition.map(value => value ?? 'NULL').join(', ')}) of ${table.name}`,
  };
}
