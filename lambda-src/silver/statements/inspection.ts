import type { Row } from '../../ports/query-engine';
import { and, column, commonTable, count, equal, isFalse, isNotNull, isNull, item, not, text } from '../../sql/build';
import type { Query } from '../../sql/nodes';
import { qualified } from '../../sql/user-expression';
import type { SilverTable } from '../silver-table';
import { latestChanges } from './changes';
import { dimensionAlias, dimensionJoins } from './dimensions';

/** What a run is about to do, counted in keys. */
export interface Inspection {
  readonly keys: number;
  readonly removed: number;
  readonly conversionErrors: number;
  /** Keys whose latest change violates the rule, whatever its action. */
  readonly violations: { readonly [expectation: string]: number };
  /** Keys that point at a dimension row which does not exist. */
  readonly unmatched: { readonly [dimension: string]: number };
}

/** Counts what the run's files hold, before anything is written. */
export function inspection(table: SilverTable, run: string): Query {
  const live = not(equal(column('l', '_event_name'), text('REMOVE')));
  return {
    kind: 'select',
    with: latestChanges(table, run),
    columns: [
      item(count(), 'keys'),
      item(count(isNotNull(column('l', '_absence'))), 'removed'),
      item(count(isNotNull(column('l', '_errors'))), 'conversion_errors'),
      ...table.expectations.map(({ predicate }, index) => item(count(and(live, isFalse(qualified(predicate.tree, 'l')))), `violations${index}`)),
      ...table.enrichments.map((enrichment, index) => {
        const [own, key] = Object.entries(enrichment.on)[0];
        return item(count(and(live, isNotNull(column('l', own)), isNull(column(dimensionAlias(index), key)))), `unmatched${index}`);
      }),
    ],
    from: commonTable('latest', 'l'),
    joins: dimensionJoins(table, 'l').joins,
  };
}

export function inspectionOf(table: SilverTable, [row]: readonly Row[]): Inspection {
  const number = (name: string) => Number(row[name]);
  return {
    keys: number('keys'),
    removed: number('removed'),
    conversionErrors: number('conversion_errors'),
    violations: Object.fromEntries(table.expectations.map(({ name }, index) => [name, number(`violations${index}`)])),
    unmatched: Object.fromEntries(table.enrichments.map((enrichment, index) => [enrichment.table, number(`unmatched${index}`)])),
  };
}
