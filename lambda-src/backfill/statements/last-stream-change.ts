import { TIMESTAMP } from '../../../src/expression/sql-type';
import type { SilverTable } from '../../silver/silver-table';
import { fromStream } from '../../silver/statements/newer';
import { column, item } from '../../sql/build';
import type { Query, TableName } from '../../sql/nodes';

/** When the latest change of the stream happened that Silver or its absent table has; up to two rows. */
export function lastStreamChange(table: SilverTable): Query {
  const last = (name: TableName): Query => ({
    kind: 'select',
    columns: [item({ kind: 'aggregate', function: 'max', arguments: [column('t', '_event_timestamp')], type: TIMESTAMP }, 'last')],
    from: { kind: 'table', table: name, as: 't' },
    where: fromStream('t'),
  });
  return { kind: 'union-all', queries: [last(table.target), last(table.absent)] };
}
