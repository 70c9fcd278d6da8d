import { bool, column, commonTable, isNotNull, item, or, text } from '../../sql/build';
import type { Join, Query, SelectItem, SqlExpression } from '../../sql/nodes';
import { SilverTable } from '../silver-table';
import type { CommonTable } from './changes';
import { pointsAt } from './dimensions';

/**
 * Which dimension rows a run re-enriches from: the changes in the manifest `run` of that dimension, or all rows where the table
 * does not know how far it has come.
 */
export type DimensionChanges = { readonly [dimension: string]: { readonly kind: 'run'; readonly run: string } | { readonly kind: 'everything' } };

/** Rows of a fact that point at changed dimension rows: what to join them with, and the condition that tells them. */
export interface AffectedRows {
  readonly with: readonly CommonTable[];
  readonly joins: readonly Join[];
  readonly condition: SqlExpression;
}

/**
 * Keys are taken from the dimensions' files, never from what a statement changed: after a crash the statement changes nothing,
 * and the facts would be missed.
 */
export function affectedRows(table: SilverTable, alias: string, changes: DimensionChanges): AffectedRows | undefined {
  const affected = table.enrichments.map((enrichment, index) => ({
    enrichment,
    name: `affected${index}`,
    query: affectedKeys(new SilverTable(table.spec, enrichment.table), changes),
  }));
  if (affected.some(({ query }) => query === 'everything')) return { with: [], joins: [], condition: bool('true') };
  const touched = affected.flatMap(({ enrichment, name, query }) => query === 'nothing' || query === 'everything' ? [] : [{ enrichment, name, query }]);
  if (touched.length === 0) return undefined;
  return {
    with: touched.map(({ name, query }) => ({ name, query })),
    joins: touched.map(({ enrichment, name }) => ({
      type: 'left',
      relation: commonTable(name),
      on: pointsAt(enrichment, alias, name),
    })),
    condition: or(...touched.map(({ name }) => isNotNull(column(name, '_affected')))),
  };
}

/** Keys of a dimension whose rows may have changed, by a change of their own or of what they are enriched from. */
function affectedKeys(dimension: SilverTable, changes: DimensionChanges): Query | 'everything' | 'nothing' {
  const own = changes[dimension.name];
  if (own?.kind === 'everything') return 'everything';
  const parts: Query[] = [];
  if (own) {
    parts.push({
      kind: 'select',
      columns: keyItems(dimension, name => dimension.fromBronze('b', name)),
      from: { kind: 'bronze-run', run: { bronzeName: dimension.bronzeName, run: own.run }, as: 'b' },
    });
  }
  for (const enrichment of dimension.enrichments) {
    const above = affectedKeys(new SilverTable(dimension.spec, enrichment.table), changes);
    if (above === 'everything') return 'everything';
    if (above === 'nothing') continue;
    parts.push({
      kind: 'select',
      columns: keyItems(dimension, name => column('f', name)),
      from: { kind: 'table', table: dimension.target, as: 'f' },
      joins: [{
        type: 'inner',
        relation: { kind: 'subquery', query: above, as: 'above' },
        on: pointsAt(enrichment, 'f', 'above'),
      }],
    });
  }
  if (parts.length === 0) return 'nothing';
  return { kind: 'select', distinct: true, columns: keyItems(dimension, name => column('k', name)), from: { kind: 'subquery', query: unionOf(parts), as: 'k' } };
}

function unionOf(queries: readonly Query[]): Query {
  return queries.length === 1 ? queries[0] : { kind: 'union-all', queries };
}

/** The marker stands in for a key column in tests for a match, so that every key reads the same. */
function keyItems(dimension: SilverTable, value: (name: string) => SqlExpression): SelectItem[] {
  return [...dimension.key.map(name => item(value(name), name)), item(text('yes'), '_affected')];
}
