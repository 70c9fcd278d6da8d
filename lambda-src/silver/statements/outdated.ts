import { bigint, column, compare, count, item } from '../../sql/build';
import type { Query, SqlExpression } from '../../sql/nodes';
import type { SilverTable } from '../silver-table';

/** How many changes among a run's files an older definition has encoded. */
export function outdatedChanges(table: SilverTable, run: string, epoch: number): Query {
  return {
    kind: 'select',
    columns: [item(count(), 'outdated')],
    from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' },
    where: olderThan('b', epoch),
  };
}

/** How many rows of the table are as an older definition made them. */
export function outdatedRows(table: SilverTable, epoch: number): Query {
  return { kind: 'select', columns: [item(count(), 'outdated')], from: { kind: 'table', table: table.target, as: 't' }, where: olderThan('t', epoch) };
}

function olderThan(alias: string, epoch: number): SqlExpression {
  return compare(column(alias, '_epoch'), '<', bigint(epoch));
}
