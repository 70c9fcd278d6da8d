import { and, assigned, column, columnsFrom, isDistinct, item, or, timestamp } from '../../sql/build';
import type { Query, SqlExpression, Statement } from '../../sql/nodes';
import { currentPartitionIn, type MergeScope } from '../merge-scope';
import type { SilverTable } from '../silver-table';
import { affectedRows, type DimensionChanges } from './affected';
import { dimensionJoins } from './dimensions';
import { sameKey } from './newer';

/** Gives the rows that point at changed dimension rows the dimensions' present values. Undefined if no dimension changed. */
export function reEnrichment(table: SilverTable, changes: DimensionChanges, processedAt: Date, scope: MergeScope): Statement | undefined {
  const stale = staleRows(table, changes);
  if (!stale) return undefined;
  const enriched = Object.keys(table.enriched);
  return {
    kind: 'merge',
    purpose: `re-enrich ${table.name}`,
    target: table.target,
    source: {
      ...stale,
      columns: [...columnsFrom('f', table.key), ...dimensionJoins(table, 'f').columns],
      where: scope.prune ? and(stale.where!, currentPartitionIn(table, scope.prune, 'f')) : stale.where,
    },
    on: and(sameKey('t', 's', table.key), ...scope.prune ? [currentPartitionIn(table, scope.prune, 't')] : []),
    branches: [{
      when: 'matched',
      then: 'update',
      set: [...enriched.map(name => ({ column: name, value: assigned('s', name, table.enriched[name]) })), { column: 'processed_at', value: timestamp(processedAt) }],
    }],
  };
}

/** Rows (as `f`, their dimensions joined) whose enriched values differ from what the dimensions say now. */
export function staleRows(table: SilverTable, changes: DimensionChanges): Extract<Query, { kind: 'select' }> | undefined {
  const affected = affectedRows(table, 'f', changes);
  if (!affected) return undefined;
  const dimensions = dimensionJoins(table, 'f');
  const differs: SqlExpression[] = dimensions.columns.map(({ as, expression }) => isDistinct(column('f', as), expression));
  return {
    kind: 'select',
    with: affected.with,
    columns: [item(column('f', table.key[0]), table.key[0])],
    from: { kind: 'table', table: table.target, as: 'f' },
    joins: [...affected.joins, ...dimensions.joins],
    where: and(affected.condition, or(...differs)),
  };
}
