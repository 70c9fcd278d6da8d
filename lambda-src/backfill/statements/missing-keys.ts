import { INTEGER, VARCHAR } from '../../../src/expression/sql-type';
import type { SilverTable } from '../../silver/silver-table';
import { newer, sameKey } from '../../silver/statements/newer';
import { bigint, column, columnsFrom, commonTable, equal, isNull, item, not, nothing, text } from '../../sql/build';
import type { Query } from '../../sql/nodes';

/**
 * Keys of rows, and of changes that a rule holds back, which are older than a full export and not among what was loaded of it: their
 * delete has been lost. `run` lists the loaded files and those that say of keys that they are gone.
 *
 * @param time the export's, epoch microseconds
 */
export function missingKeys(table: SilverTable, run: string, time: bigint, limit: number): Query {
  const known = ['_sequence', '_event_timestamp', '_epoch'];
  const present: Query = {
    kind: 'union-all',
    queries: [
      { kind: 'select', columns: columnsFrom('t', [...table.key, ...known]), from: { kind: 'table', table: table.target, as: 't' } },
      {
        kind: 'select',
        columns: columnsFrom('a', [...table.key, ...known]),
        from: { kind: 'table', table: table.absent, as: 'a' },
        where: not(equal(column('a', '_reason'), text('deleted'))),
      },
    ],
  };
  const loaded: Query = {
    kind: 'select',
    distinct: true,
    columns: table.key.map(name => item(table.fromBronze('b', name), name)),
    from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' },
  };
  const removal: Query = {
    kind: 'select',
    columns: [
      item(nothing(VARCHAR), '_sequence'),
      item({ kind: 'from-micros', operand: bigint(time) }, '_event_timestamp'),
      item(nothing(INTEGER), '_epoch'),
    ],
  };
  return {
    kind: 'select',
    distinct: true,
    with: [{ name: 'present', query: present }, { name: 'loaded', query: loaded }, { name: 'removal', query: removal }],
    columns: columnsFrom('p', table.key),
    from: commonTable('present', 'p'),
    joins: [
      { type: 'left', relation: commonTable('loaded', 'l'), on: sameKey('l', 'p', table.key) },
      { type: 'inner', relation: commonTable('removal', 'x'), on: newer('x', 'p') },
    ],
    where: isNull(column('l', table.key[0])),
    limit,
  };
}
