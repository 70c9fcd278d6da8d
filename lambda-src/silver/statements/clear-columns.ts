import type { SqlType } from '../../../src/expression/sql-type';
import type { Named } from '../../../src/spec/pipeline-spec';
import { and, column, columnsFrom, isNotNull, nothing, or, timestamp } from '../../sql/build';
import type { Query, SqlExpression, Statement } from '../../sql/nodes';
import { currentPartitionIn, type MergeScope } from '../merge-scope';
import type { SilverTable } from '../silver-table';
import { sameKey } from './newer';
import { partitionItems } from './probes';

/** Empties columns that the table still has but that are declared no more: a value that nobody keeps would only mislead. */
export function clearColumns(table: SilverTable, columns: Named<SqlType>, processedAt: Date, scope: MergeScope): Statement {
  const inScope = (alias: string): SqlExpression[] => scope.prune ? [currentPartitionIn(table, scope.prune, alias)] : [];
  return {
    kind: 'merge',
    purpose: `empty the columns ${Object.keys(columns).join(', ')} of ${table.name}`,
    target: table.target,
    source: {
      kind: 'select',
      columns: columnsFrom('f', table.key),
      from: { kind: 'table', table: table.target, as: 'f' },
      where: and(filled(columns, 'f'), ...inScope('f')),
    },
    on: and(sameKey('t', 's', table.key), ...inScope('t')),
    branches: [{
      when: 'matched',
      then: 'update',
      set: [
        ...Object.entries(columns).map(([name, type]) => ({ column: name, value: nothing(type) })),
        { column: 'processed_at', value: timestamp(processedAt) },
      ],
    }],
  };
}

/** The partitions of the rows that have a value in one of the columns. */
export function filledPartitions(table: SilverTable, columns: Named<SqlType>): Query {
  return {
    kind: 'select',
    distinct: true,
    columns: partitionItems(table, 'f', 'from'),
    from: { kind: 'table', table: table.target, as: 'f' },
    where: filled(columns, 'f'),
  };
}

function filled(columns: Named<SqlType>, alias: string): SqlExpression {
  return or(...Object.keys(columns).map(name => isNotNull(column(alias, name))));
}
