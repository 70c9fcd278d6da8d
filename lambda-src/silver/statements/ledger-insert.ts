import { column, columnsFrom, commonTable, isNull, item, text } from '../../sql/build';
import type { Query, SelectItem, Statement } from '../../sql/nodes';
import type { SilverTable } from '../silver-table';
import { affectedRows, type DimensionChanges } from './affected';
import { enrichedChanges } from './changes';
import { dimensionJoins } from './dimensions';
import { sameKey } from './newer';

/**
 * Writes down the old and the new values by which Gold places the rows that a run touches. It comes before the MERGE: after a
 * crash the old value can no longer be read anywhere else. Undefined if no Gold table reads the table.
 */
export function ledgerInsert(table: SilverTable, run: string, dimensionChanges: DimensionChanges): Statement | undefined {
  if (!table.tracked) return undefined;
  const names = [...table.key, ...Object.keys(table.tracked)];
  const row = (alias: string): SelectItem[] => [item(text(run), '_run'), ...columnsFrom(alias, names)];
  const before: Query = {
    kind: 'select',
    columns: row('t'),
    from: { kind: 'table', table: table.target, as: 't' },
    joins: [{ type: 'inner', relation: commonTable('latest', 'l'), on: sameKey('t', 'l', table.key) }],
  };
  const after: Query = { kind: 'select', columns: row('e'), from: commonTable('enriched', 'e'), where: isNull(column('e', '_absence')) };
  const affected = affectedRows(table, 'f', dimensionChanges);
  const reEnriched = affected ? reEnrichedRows(table, run, affected) : [];
  return {
    kind: 'insert',
    purpose: `note the values that ${table.name} is about to change`,
    target: table.ledger,
    columns: ['_run', ...names],
    query: {
      kind: 'union',
      with: [...enrichedChanges(table, run), ...affected?.with ?? []],
      queries: [before, after, ...reEnriched],
    },
  };
}

/** Facts that point at changed dimension rows, as they are and as the dimensions' present rows will make them. */
function reEnrichedRows(table: SilverTable, run: string, affected: NonNullable<ReturnType<typeof affectedRows>>): Query[] {
  const names = [...table.key, ...Object.keys(table.tracked!)];
  const dimensions = dimensionJoins(table, 'f');
  const now = new Map(dimensions.columns.map(({ as, expression }) => [as, expression]));
  const rows = (columns: readonly SelectItem[]): Query => ({
    kind: 'select',
    columns: [item(text(run), '_run'), ...columns],
    from: { kind: 'table', table: table.target, as: 'f' },
    joins: [...affected.joins, ...dimensions.joins],
    where: affected.condition,
  });
  return [
    rows(columnsFrom('f', names)),
    rows(names.map(name => item(now.get(name) ?? column('f', name), name))),
  ];
}
