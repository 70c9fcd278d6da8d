import { VARCHAR } from '../../../src/expression/sql-type';
import type { Row } from '../../ports/query-engine';
import { cast, column, commonTable, isNotNull, item } from '../../sql/build';
import type { Query, SelectItem } from '../../sql/nodes';
import { partitionValue, type Move, type PartitionTuple } from '../merge-scope';
import type { SilverTable } from '../silver-table';
import type { DimensionChanges } from './affected';
import { latestChanges } from './changes';
import { sameKey } from './newer';
import { staleRows } from './re-enrichment';

/** From which partition to which a run moves its keys. It reads the table's key and partition columns only. */
export function moveProbe(table: SilverTable, run: string): Query {
  return {
    kind: 'select',
    distinct: true,
    with: latestChanges(table, run),
    columns: [
      item(cast(isNotNull(column('c', table.key[0])), VARCHAR), 'present'),
      item(cast(isNotNull(column('l', '_absence')), VARCHAR), 'removed'),
      ...partitionItems(table, 'c', 'from'),
      ...partitionItems(table, 'l', 'to'),
    ],
    from: commonTable('latest', 'l'),
    joins: [{ type: 'left', relation: { kind: 'table', table: table.target, as: 'c' }, on: sameKey('c', 'l', table.key) }],
  };
}

export function movesOf(table: SilverTable, rows: readonly Row[]): Move[] {
  const moves = rows.map((row): Move => ({
    from: row.present === 'true' ? tupleOf(table, row, 'from') : undefined,
    to: row.removed === 'true' ? undefined : tupleOf(table, row, 'to'),
  }));
  return [...new Map(moves.map(move => [JSON.stringify([move.from ?? 0, move.to ?? 0]), move])).values()];
}

/** The partitions of the rows to re-enrich. Undefined if no dimension changed. */
export function staleProbe(table: SilverTable, changes: DimensionChanges): Query | undefined {
  const stale = staleRows(table, changes);
  return stale && { ...stale, distinct: true, columns: partitionItems(table, 'f', 'from') };
}

export function partitionsOf(table: SilverTable, rows: readonly Row[]): PartitionTuple[] {
  return rows.map(row => tupleOf(table, row, 'from'));
}

function partitionItems(table: SilverTable, alias: string, prefix: string): SelectItem[] {
  return table.partitions.map((_, index) => item(partitionValue(table, index, alias), `${prefix}${index}`));
}

function tupleOf(table: SilverTable, row: Row, prefix: string): PartitionTuple {
  return table.partitions.map((_, index) => row[`${prefix}${index}`]);
}
