import { VARCHAR } from '../../../src/expression/sql-type';
import type { Row } from '../../ports/query-engine';
import { and, cast, column, commonTable, compare, isNotNull, isNull, item, or, timestamp } from '../../sql/build';
import type { Query, SelectItem } from '../../sql/nodes';
import { distinctTuples, partitionValue, type Move, type PartitionTuple } from '../merge-scope';
import type { SilverTable } from '../silver-table';
import type { DimensionChanges } from './affected';
import { latestChanges } from './changes';
import { joinOnKey, newer } from './newer';
import { staleRows } from './re-enrichment';

/** From which partition to which a run moves its keys. It reads few columns of the table. */
export function moveProbe(table: SilverTable, run: string): Query {
  const changes = or(newer('l', 'c'), and(isNull(column('c', table.key[0])), isNull(column('l', '_absence'))));
  return {
    kind: 'select',
    distinct: true,
    with: latestChanges(table, run),
    columns: [
      item(cast(isNotNull(column('c', table.key[0])), VARCHAR), 'present'),
      item(cast(isNotNull(column('l', '_absence')), VARCHAR), 'removed'),
      item(cast(changes, VARCHAR), 'changes'),
      ...partitionItems(table, 'c', 'from'),
      ...partitionItems(table, 'l', 'to'),
    ],
    from: commonTable('latest', 'l'),
    joins: [joinOnKey(table.target, 'c', 'l', table.key)],
  };
}

/** What a run has to move, and where rows of its keys lie now, those that stay as they are among them. */
export interface ProbedMoves {
  readonly moves: readonly Move[];
  readonly present: readonly PartitionTuple[];
}

/** A run that is done again after a part of it has been done has only the rest to move. */
export function movesOf(table: SilverTable, rows: readonly Row[]): ProbedMoves {
  const from = (row: Row) => row.present === 'true' ? tupleOf(table, row, 'from') : undefined;
  const moves = rows.filter(row => row.changes === 'true')
    .map((row): Move => ({ from: from(row), to: row.removed === 'true' ? undefined : tupleOf(table, row, 'to') }));
  return {
    moves: [...new Map(moves.map(move => [JSON.stringify([move.from ?? 0, move.to ?? 0]), move])).values()],
    present: distinctTuples(rows.map(from).filter(tuple => tuple !== undefined)),
  };
}

/** The partitions of the rows to re-enrich. Undefined if no dimension changed. */
export function staleProbe(table: SilverTable, changes: DimensionChanges): Query | undefined {
  const stale = staleRows(table, changes);
  return stale && { ...stale, distinct: true, columns: partitionItems(table, 'f', 'from') };
}

/** The partitions of the rows that were written since a time. It reads few columns, and by their statistics few files. */
export function recentProbe(table: SilverTable, since: Date): Query {
  return {
    kind: 'select',
    distinct: true,
    columns: partitionItems(table, 'f', 'from'),
    from: { kind: 'table', table: table.target, as: 'f' },
    where: compare(column('f', 'processed_at'), '>=', timestamp(since)),
  };
}

export function partitionsOf(table: SilverTable, rows: readonly Row[]): PartitionTuple[] {
  return rows.map(row => tupleOf(table, row, 'from'));
}

export function partitionItems(table: SilverTable, alias: string, prefix: string): SelectItem[] {
  return table.partitions.map((_, index) => item(partitionValue(table, index, alias), `${prefix}${index}`));
}

function tupleOf(table: SilverTable, row: Row, prefix: string): PartitionTuple {
  return table.partitions.map((_, index) => row[`${prefix}${index}`]);
}
