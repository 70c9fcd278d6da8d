import { INTEGER, VARCHAR } from '../../../src/expression/sql-type';
import {
  ascending, bigint, bool, call, cast, column, columnsFrom, commonTable, descending, equal, isFalse,
  isNotNull, isNull, item, not, nothing, or, text,
} from '../../sql/build';
import type { Query, SqlExpression } from '../../sql/nodes';
import { qualified } from '../../sql/user-expression';
import type { SilverTable } from '../silver-table';
import { dimensionJoins } from './dimensions';
import { fromExport, joinOnKey, newer, secondOf } from './newer';

/** What a change carries beside the table's own columns. */
const CHANGE_COLUMNS = ['_event_name', '_event_timestamp', '_sequence', '_epoch', '_errors', '_event_id', '_file'] as const;

export interface CommonTable {
  readonly name: string;
  readonly query: Query;
}

/**
 * The latest change of each key among a run's files, with Silver's types. `_absence` says why the item is not to be in the
 * table after it (deleted, drop:rule, quarantine:rule), or is NULL.
 */
export function latestChanges(table: SilverTable, run: string): CommonTable[] {
  const columns = [...Object.keys(table.own), ...CHANGE_COLUMNS];
  const ranked: Query = {
    kind: 'select',
    columns: [
      ...Object.keys(table.own).map(name => item(table.fromBronze('b', name), name)),
      ...CHANGE_COLUMNS.map(name => item(systemValue(name), name)),
      item({
        kind: 'row-number',
        partitionBy: [...table.key.map(name => column('b', name)), fromExport('b')],
        orderBy: [
          // The second one decides among export rows, which have no sequence; one sequence has one time.
          descending(column('b', '_sequence')), descending(column('b', '_event_timestamp')), descending(column('b', '_epoch')),
          // A change that was delivered twice is the same in both files; the name makes the choice repeatable.
          ascending(column('b', '_file')),
        ],
      }, '_rank'),
    ],
    from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' },
    where: table.definition.ttlDeletes === 'keep' ? isNoExpiry('b') : undefined,
  };
  // The latest of the stream and the latest of exports, each by its own clock: between the two the second decides, as in `newer`.
  const rivals: Query = {
    kind: 'select',
    columns: [
      ...columnsFrom('k', columns),
      item({
        kind: 'row-number',
        partitionBy: table.key.map(name => column('k', name)),
        orderBy: [descending(secondOf('k')), ascending(fromExport('k'))],
      }, '_place'),
    ],
    from: commonTable('ranked', 'k'),
    where: equal(column('k', '_rank'), bigint(1)),
  };
  const latest: Query = {
    kind: 'select',
    columns: [...columnsFrom('r', columns), item(absence(table), '_absence')],
    from: commonTable('rivals', 'r'),
    where: equal(column('r', '_place'), bigint(1)),
  };
  return [{ name: 'ranked', query: ranked }, { name: 'rivals', query: rivals }, { name: 'latest', query: latest }];
}

/** An export does not say why an item is gone (`_ttl_delete` is NULL): where expired items are kept, it may be one of them. */
function isNoExpiry(alias: string): SqlExpression {
  return not(call('coalesce', column(alias, '_ttl_delete'), bool('true')));
}

/** `deleted`, or the first rule that keeps the change out of the table, else NULL. */
function absence(table: SilverTable): SqlExpression {
  const rules = table.expectations.filter(({ action }) => action === 'drop' || action === 'quarantine');
  return {
    kind: 'case',
    branches: [
      { when: equal(column('r', '_event_name'), text('REMOVE')), then: text('deleted') },
      ...rules.map(({ name, action, predicate }) => ({ when: isFalse(qualified(predicate.tree, 'r')), then: text(`${action}:${name}`) })),
    ],
    otherwise: nothing(VARCHAR),
  };
}

function systemValue(name: typeof CHANGE_COLUMNS[number]): SqlExpression {
  switch (name) {
    case '_event_timestamp': return { kind: 'from-micros', operand: column('b', name) };
    case '_epoch': return cast(column('b', name), INTEGER);
    default: return column('b', name);
  }
}

/**
 * `latestChanges` and, as `enriched`, those of them that may change the table, joined with their dimensions: a change that is not
 * a removal yields to a greater entry of the absent table.
 */
export function enrichedChanges(table: SilverTable, run: string): CommonTable[] {
  const dimensions = dimensionJoins(table, 'l');
  const enriched: Query = {
    kind: 'select',
    columns: [
      ...columnsFrom('l', [...Object.keys(table.own), ...CHANGE_COLUMNS, '_absence']),
      ...dimensions.columns,
    ],
    from: commonTable('latest', 'l'),
    joins: [
      joinOnKey(table.absent, 'a', 'l', table.key),
      ...dimensions.joins,
    ],
    where: or(isNotNull(column('l', '_absence')), isNull(column('a', table.key[0])), not(newer('a', 'l'))),
  };
  return [...latestChanges(table, run), { name: 'enriched', query: enriched }];
}
