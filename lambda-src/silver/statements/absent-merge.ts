import { column, columnsFrom, commonTable, isNotNull } from '../../sql/build';
import type { Statement } from '../../sql/nodes';
import type { SilverTable } from '../silver-table';
import { latestChanges } from './changes';
import { newer, sameKey } from './newer';

/** Columns of the absent table beside the key, and where they come from in `latest`. */
export const ABSENT_COLUMNS = {
  _sequence: '_sequence',
  _epoch: '_epoch',
  _reason: '_absence',
  _event_timestamp: '_event_timestamp',
  _event_id: '_event_id',
  _bronze_file: '_file',
} as const;

/** Keeps, for every key that the run removes, the change that removed it: a late older change must not bring the item back. */
export function absentMerge(table: SilverTable, run: string): Statement {
  const entries = Object.entries(ABSENT_COLUMNS);
  const values = entries.map(([name]) => ({ column: name, value: column('s', name) }));
  return {
    kind: 'merge',
    purpose: `note the keys that leave ${table.name}`,
    target: table.absent,
    source: {
      kind: 'select',
      with: latestChanges(table, run),
      columns: [...columnsFrom('l', table.key), ...entries.map(([name, from]) => ({ expression: column('l', from), as: name }))],
      from: commonTable('latest', 'l'),
      where: isNotNull(column('l', '_absence')),
    },
    on: sameKey('t', 's', table.key),
    branches: [
      { when: 'matched', and: newer('s', 't'), then: 'update', set: values },
      { when: 'not-matched', then: 'insert', values: [...table.key.map(name => ({ column: name, value: column('s', name) })), ...values] },
    ],
  };
}
