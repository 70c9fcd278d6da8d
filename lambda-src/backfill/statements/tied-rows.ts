import { BIGINT, VARCHAR } from '../../../src/expression/sql-type';
import type { SilverTable } from '../../silver/silver-table';
import { fromExport, fromStream, sameKey } from '../../silver/statements/newer';
import {
  and, ascending, bigint, cast, column, columnsFrom, commonTable, compare, descending, equal, isDistinct, item, or, text,
} from '../../sql/build';
import type { Query, SqlExpression } from '../../sql/nodes';

/** A row of an export, and how near in time the stream's latest change of its item lies. */
export interface TiedRow {
  readonly eventId: string;
  /** The later of the two, epoch microseconds. */
  readonly latest: bigint;
}

const SECOND = 1_000_000;

/**
 * Rows of one export of which the clocks do not say for sure whether they are older or newer than the stream's latest change of their
 * item, and which say something else than it. A stream tells the second only, and its time may fall by a little while its sequence
 * rises; `margin` (microseconds) is by how much at most, and where it did fall the row counts as tied whatever it says.
 * Rows that a later read has answered are left out.
 */
export function tiedRows(table: SilverTable, run: string, exportId: string, margin: number, limit: number): Query {
  const names = Object.keys(table.own);
  const latestFirst = [descending(column('b', '_sequence')), descending(column('b', '_event_timestamp'))];
  const byTime = [descending(column('b', '_event_timestamp')), descending(column('b', '_sequence'))];
  const rank = (order: typeof byTime): SqlExpression => ({
    kind: 'row-number',
    partitionBy: [...table.key.map(name => column('b', name)), fromExport('b')],
    orderBy: [...order, descending(column('b', '_epoch')), ascending(column('b', '_file'))],
  });
  const told: Query = {
    kind: 'select',
    columns: [
      ...columnsFrom('b', [...names, '_event_name', '_event_id', '_sequence', '_event_timestamp']),
      item(rank(latestFirst), '_rank'),
      item(rank(byTime), '_time_rank'),
    ],
    from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' },
  };
  return {
    kind: 'select',
    with: [{ name: 'told', query: told }],
    columns: [
      item(column('x', '_event_id'), 'event_id'),
      item(cast(time('x'), VARCHAR), 'exported_at'),
      item(cast(time('s'), VARCHAR), 'streamed_at'),
    ],
    from: commonTable('told', 'x'),
    joins: [{ type: 'inner', relation: commonTable('told', 's'), on: sameKey('s', 'x', table.key) }],
    where: and(
      fromExport('x'), fromStream('s'),
      equal(column('x', '_rank'), bigint(1)), equal(column('s', '_rank'), bigint(1)),
      { kind: 'like', operand: column('x', '_event_id'), pattern: text(`${exportId}/%`) },
      compare(later('x', margin), '>=', time('s')), compare(time('x'), '<', later('s', SECOND + margin)),
      or(compare(column('s', '_time_rank'), '>', bigint(1)), differs(table)),
    ),
    limit,
  };
}

export function tiedRowOf(row: { readonly [name: string]: string | null }): TiedRow {
  const [exported, streamed] = [BigInt(row.exported_at!), BigInt(row.streamed_at!)];
  return { eventId: row.event_id!, latest: exported > streamed ? exported : streamed };
}

/** Whether the two would leave something else in the table. */
function differs(table: SilverTable): SqlExpression {
  const gone = (alias: string) => equal(column(alias, '_event_name'), text('REMOVE'));
  const values = Object.keys(table.own).filter(name => !table.key.includes(name));
  return or(isDistinct(gone('x'), gone('s')), ...values.map(name => isDistinct(column('x', name), column('s', name))));
}

function time(alias: string): SqlExpression {
  return { ...column(alias, '_event_timestamp'), type: BIGINT };
}

function later(alias: string, micros: number): SqlExpression {
  return { kind: 'binary', operator: '+', left: time(alias), right: bigint(micros), type: BIGINT };
}
