import { TIMESTAMP } from '../../../src/expression/sql-type';
import { and, call, column, compare, equal, isNotNull, isNull, or, text } from '../../sql/build';
import type { Join, SqlExpression, TableName } from '../../sql/nodes';

/**
 * The guard of every write: whether one relation's change is greater than another's. Changes of streams are ordered by
 * (`_sequence`, `_epoch`). One of an export has no sequence, but DynamoDB's own time of the write to the microsecond; a stream's
 * time is that of the second, rounded down. So exports are ordered by (time, `_epoch`) among themselves, and one is greater than
 * a stream's change from the next second on: within a second the stream wins. Never NULL, for a guard may stand under a NOT.
 */
export function newer(change: string, than: string): SqlExpression {
  const [changed, existing] = [fromStream(change), fromStream(than)];
  return {
    kind: 'case',
    branches: [
      { when: and(changed, existing), then: greater(sequence, change, than) },
      { when: changed, then: compare(secondOf(change), '>=', secondOf(than)) },
      { when: existing, then: compare(secondOf(change), '>', secondOf(than)) },
    ],
    otherwise: greater(time, change, than),
  };
}

/** A stream's change has a sequence, an export's row has none. */
export function fromStream(alias: string): SqlExpression {
  return isNotNull(sequence(alias));
}

export function fromExport(alias: string): SqlExpression {
  return isNull(sequence(alias));
}

/** In which second a change happened: as exact as a stream tells it. */
export function secondOf(alias: string): SqlExpression {
  return call('date_trunc', text('second'), time(alias));
}

/** Brings in the row of a table that has the same key, if there is one. */
export function joinOnKey(table: TableName, as: string, to: string, key: readonly string[]): Join {
  return { type: 'left', relation: { kind: 'table', table, as }, on: sameKey(as, to, key) };
}

/** Whether two relations' rows have one key. */
export function sameKey(left: string, right: string, key: readonly string[]): SqlExpression {
  return and(...key.map(name => equal(column(left, name), column(right, name))));
}

type Clock = (alias: string) => SqlExpression;

function greater(clock: Clock, change: string, than: string): SqlExpression {
  return or(
    compare(clock(change), '>', clock(than)),
    and(equal(clock(change), clock(than)), compare(epoch(change), '>', epoch(than))),
  );
}

function sequence(alias: string): SqlExpression {
  return column(alias, '_sequence');
}

function time(alias: string): SqlExpression {
  return { ...column(alias, '_event_timestamp'), type: TIMESTAMP };
}

function epoch(alias: string): SqlExpression {
  return column(alias, '_epoch');
}
