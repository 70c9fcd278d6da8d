import type { SqlType } from '../../src/expression/sql-type';
import { TIMESTAMP, VARCHAR } from '../../src/expression/sql-type';
import { and, bool, call, cast, column, compare, equal, isNotNull, isNull, or, ownColumn, text, timeBound } from '../sql/build';
import type { SqlExpression } from '../sql/nodes';
import type { SilverTable } from './silver-table';

/** One value for each partition column of a table, as text; null is the partition of NULLs. */
export type PartitionTuple = readonly (string | null)[];

/** Where a changed key's row lies, if there is one, and where it will lie, if it stays. */
export interface Move {
  readonly from: PartitionTuple | undefined;
  readonly to: PartitionTuple | undefined;
}

/** What part of a run one MERGE does. */
export interface MergeScope {
  /** Only the keys that move so; all keys if undefined. */
  readonly moves?: readonly Move[];
  /** Only these partitions of the table hold rows of the keys: the engine reads no others. All if undefined. */
  readonly prune?: readonly PartitionTuple[];
}

/** The partition value of a row as text: the start of its year, month, day or hour, or the value itself. */
export function partitionValue(table: SilverTable, index: number, alias: string): SqlExpression {
  const { transform, column: name } = table.partitions[index];
  const value = column(alias, name);
  return transform === 'identity' ? cast(value, VARCHAR) : cast(call('date_trunc', text(transform), cast(value, TIMESTAMP)), VARCHAR);
}

/** Whether a row's partition is one of these, told by comparing the column itself, so that the engine can prune by it. */
export function currentPartitionIn(table: SilverTable, tuples: readonly PartitionTuple[], alias: string): SqlExpression {
  if (tuples.length === 0) return bool('false');
  return or(...tuples.map(tuple => inPartition(table, tuple, alias)));
}

/** The same of one partition where the table is the only one. */
export function ownPartitionIs(table: SilverTable, tuple: PartitionTuple): SqlExpression {
  return inPartition(table, tuple, undefined);
}

/** Whether a change (as `change`, its key's present row as `current`) makes one of these moves. */
export function movesIn(table: SilverTable, moves: readonly Move[], current: string, change: string): SqlExpression {
  const key = column(current, table.key[0]);
  const absence = column(change, '_absence');
  return or(...moves.map(({ from, to }) => and(
    from ? and(isNotNull(key), inPartition(table, from, current)) : isNull(key),
    to ? and(isNull(absence), inPartition(table, to, change)) : isNotNull(absence),
  )));
}

export function distinctTuples(tuples: readonly PartitionTuple[]): PartitionTuple[] {
  return [...new Map(tuples.map(tuple => [JSON.stringify(tuple), tuple])).values()];
}

function inPartition(table: SilverTable, tuple: PartitionTuple, alias: string | undefined): SqlExpression {
  return and(...tuple.map((value, index) => {
    const { transform, column: name } = table.partitions[index];
    const operand = alias === undefined ? ownColumn(name) : column(alias, name);
    if (value === null) return isNull(operand);
    const type = table.data[name];
    if (transform === 'identity') return equal(operand, { kind: 'literal', type, value });
    const { start, end } = period(transform, value);
    const notBefore = compare(operand, '>=', instant(start, type));
    // Nothing lies after the calendar's last period, and its end has no literal.
    return end.getUTCFullYear() > 9999 ? notBefore : and(notBefore, compare(operand, '<', instant(end, type)));
  }));
}

function period(transform: 'year' | 'month' | 'day' | 'hour', value: string): { start: Date; end: Date } {
  const start = new Date(`${value.slice(0, 10)}T${value.slice(11, 19) || '00:00:00'}Z`);
  const end = new Date(start);
  switch (transform) {
    case 'year': end.setUTCFullYear(end.getUTCFullYear() + 1); break;
    case 'month': end.setUTCMonth(end.getUTCMonth() + 1); break;
    case 'day': end.setUTCDate(end.getUTCDate() + 1); break;
    case 'hour': end.setUTCHours(end.getUTCHours() + 1); break;
  }
  return { start, end };
}

function instant(time: Date, type: SqlType): SqlExpression {
  return timeBound(time, time.toISOString().slice(0, 10), type);
}
