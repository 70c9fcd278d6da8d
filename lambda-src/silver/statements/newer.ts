import { and, column, compare, equal, or } from '../../sql/build';
import type { Join, SqlExpression, TableName } from '../../sql/nodes';

/** The guard of every write: whether one relation's change is greater, by (`_sequence`, `_epoch`), than another's. */
export function newer(change: string, than: string): SqlExpression {
  const sequence = (alias: string) => column(alias, '_sequence');
  const epoch = (alias: string) => column(alias, '_epoch');
  return or(
    compare(sequence(change), '>', sequence(than)),
    and(equal(sequence(change), sequence(than)), compare(epoch(change), '>', epoch(than))),
  );
}

/** Brings in the row of a table that has the same key, if there is one. */
export function joinOnKey(table: TableName, as: string, to: string, key: readonly string[]): Join {
  return { type: 'left', relation: { kind: 'table', table, as }, on: sameKey(as, to, key) };
}

/** Whether two relations' rows have one key. */
export function sameKey(left: string, right: string, key: readonly string[]): SqlExpression {
  return and(...key.map(name => equal(column(left, name), column(right, name))));
}
