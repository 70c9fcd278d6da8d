import { and, assigned, column, columnsFrom, commonTable, isNotNull, isNull, timestamp } from '../../sql/build';
import type { Assignment, Statement } from '../../sql/nodes';
import type { MergeScope } from '../merge-scope';
import { currentPartitionIn, movesIn } from '../merge-scope';
import type { SilverTable } from '../silver-table';
import { enrichedChanges } from './changes';
import { joinOnKey, newer, sameKey } from './newer';

/** Brings a run's changes into the table; a change that is not newer than the row changes nothing. */
export function silverMerge(table: SilverTable, run: string, processedAt: Date, scope: MergeScope): Statement {
  const names = [...Object.keys(table.data), '_event_timestamp', '_sequence', '_epoch', '_errors'];
  const set: Assignment[] = [
    ...names.filter(name => !table.key.includes(name)).map(name => ({ column: name, value: assigned('s', name, table.data[name]) })),
    { column: 'processed_at', value: timestamp(processedAt) },
  ];
  return {
    kind: 'merge',
    purpose: `bring the changes into ${table.name}`,
    target: table.target,
    source: {
      kind: 'select',
      with: enrichedChanges(table, run),
      columns: columnsFrom('e', [...names, '_absence']),
      from: commonTable('enriched', 'e'),
      ...scope.moves ? {
        joins: [joinOnKey(table.target, 'c', 'e', table.key)],
        where: movesIn(table, scope.moves, 'c', 'e'),
      } : {},
    },
    on: and(sameKey('t', 's', table.key), ...scope.prune ? [currentPartitionIn(table, scope.prune, 't')] : []),
    branches: [
      { when: 'matched', and: and(newer('s', 't'), isNotNull(column('s', '_absence'))), then: 'delete' },
      { when: 'matched', and: newer('s', 't'), then: 'update', set },
      {
        when: 'not-matched',
        and: isNull(column('s', '_absence')),
        then: 'insert',
        values: [...table.key.map(name => ({ column: name, value: column('s', name) })), ...set],
      },
    ],
  };
}
