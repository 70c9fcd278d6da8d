import { VARCHAR } from '../../../src/expression/sql-type';
import { and, bool, column, columnsFrom, equal, isDistinct, isNotNull, isNull, item, nothing, or, table } from '../../sql/build';
import type { Query, SqlExpression, Statement } from '../../sql/nodes';
import type { GoldTable } from '../gold-table';

/** A source row with NULL under this name says that the table's row is to go. */
export const PRESENT = '_present';

/** The rows that one refresh computes anew, and how they meet the rows of the table. */
export interface Replacement {
  readonly source: Query;
  readonly on: SqlExpression;
  readonly key: readonly string[];
  readonly values: readonly string[];
  readonly computedAt: Date;
}

/** A source row with TRUE under this name is about rows that still have values of columns that are declared no more. */
const FORMER = '_former';

/** One statement, so that readers see the old rows or the new ones; a row whose values are as they were is not written again. */
export function replaceRows(gold: GoldTable, replacement: Replacement): Statement {
  const { source, on, key, values, computedAt } = Object.keys(gold.retired).length > 0 ? afterFormerRows(gold, replacement) : replacement;
  const update = {
    when: 'matched' as const,
    and: or(...values.map(name => isDistinct(column('t', name), column('s', name)))),
    then: 'update' as const,
    set: gold.assignments(values, computedAt),
  };
  return {
    kind: 'merge',
    purpose: `refresh ${gold.name}`,
    target: gold.target,
    source,
    on,
    branches: [
      { when: 'matched', and: isNull(column('s', PRESENT)), then: 'delete' },
      ...values.length > 0 ? [update] : [],
      { when: 'not-matched', and: isNotNull(column('s', PRESENT)), then: 'insert', values: gold.assignments([...key, ...values], computedAt) },
    ],
  };
}

/**
 * What the columns held that are declared no more may have told rows apart: those that have a value there are deleted, whatever
 * their key, and what is computed is inserted beside them.
 */
function afterFormerRows(gold: GoldTable, { source, on, key, values, computedAt }: Replacement): Replacement {
  const filled = (alias: string): SqlExpression => or(...Object.keys(gold.retired).map(name => isNotNull(column(alias, name))));
  const fresh: Query = {
    kind: 'select',
    columns: [...columnsFrom('n', [...key, ...values, PRESENT]), item(bool('false'), FORMER)],
    from: { kind: 'subquery', query: source, as: 'n' },
  };
  const former: Query = {
    kind: 'select',
    distinct: true,
    columns: [
      ...columnsFrom('p', key), ...values.map(name => item(nothing(gold.columns[name]), name)), item(nothing(VARCHAR), PRESENT), item(bool('true'), FORMER),
    ],
    from: table(gold.target, 'p'),
    where: filled('p'),
  };
  return { source: { kind: 'union-all', queries: [fresh, former] }, on: and(on, equal(filled('t'), column('s', FORMER))), key, values, computedAt };
}
