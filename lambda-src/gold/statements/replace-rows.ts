import { column, isDistinct, isNotNull, isNull, or } from '../../sql/build';
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

/** One statement, so that readers see the old rows or the new ones; a row whose values are as they were is not written again. */
export function replaceRows(gold: GoldTable, { source, on, key, values, computedAt }: Replacement): Statement {
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
