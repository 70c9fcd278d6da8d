import type { Row } from '../../ports/query-engine';
import { and, column, commonTable, count, equal, isFalse, isNotNull, isNull, item, not, or, text } from '../../sql/build';
import type { Join, Query, SqlExpression } from '../../sql/nodes';
import { qualified } from '../../sql/user-expression';
import type { SilverTable } from '../silver-table';
import { latestChanges } from './changes';
import { dimensionAlias, dimensionJoins } from './dimensions';
import { joinOnKey, newer } from './newer';

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
      ...table.expectations.map(({ action, predicate }, index) =>
        item(count(and(live, ...action === 'fail' ? [changesTheTable(table)] : [], isFalse(qualified(predicate.tree, 'l')))), `violations${index}`)),
      ...table.enrichments.map((enrichment, index) => {
        const points = Object.keys(enrichment.on).map(own => isNotNull(column('l', own)));
        const [key] = Object.values(enrichment.on);
        return item(count(and(live, ...points, isNull(column(dimensionAlias(index), key)))), `unmatched${index}`);
      }),
    ],
    from: commonTable('latest', 'l'),
    joins: [...dimensionJoins(table, 'l').joins, ...table.expectations.some(({ action }) => action === 'fail') ? presentJoins(table) : []],
  };
}

/** A change that has been overtaken must not stop the table: whether it comes early or late would then make a difference. */
function changesTheTable(table: SilverTable): SqlExpression {
  const key = table.key[0];
  return and(or(isNull(column('c', key)), newer('l', 'c')), or(isNull(column('a', key)), not(newer('a', 'l'))));
}

function presentJoins(table: SilverTable): Join[] {
  return [joinOnKey(table.target, 'c', 'l', table.key), joinOnKey(table.absent, 'a', 'l', table.key)];
}

export function inspectionOf(table: SilverTable, [row]: readonly Row[]): Inspection {
  const number = (name: string) => Number(row[name]);
  return {
    keys: number('keys'),
    removed: number('removed'),
    conversionErrors: number('conversion_errors'),
    violations: Object.fromEntries(table.expectations.map(({ name }, index) => [name, number(`violations${index}`)])),
    unmatched: table.enrichments.reduce<{ [dimension: string]: number }>((counts, { table: dimension }, index) =>
      ({ ...counts, [dimension]: (counts[dimension] ?? 0) + number(`unmatched${index}`) }), {}),
  };
}
