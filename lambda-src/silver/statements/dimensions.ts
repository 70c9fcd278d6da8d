import type { EnrichmentSpec } from '../../../src/spec/pipeline-spec';
import { and, column, equal, item } from '../../sql/build';
import type { Join, SelectItem, SqlExpression } from '../../sql/nodes';
import type { SilverTable } from '../silver-table';

/** The joins that enrich rows of the relation under that alias, and the columns they give. A dimension's row may be missing. */
export function dimensionJoins(table: SilverTable, alias: string): { readonly joins: Join[]; readonly columns: SelectItem[] } {
  const joins = table.enrichments.map((enrichment, index): Join => ({
    type: 'left',
    relation: { kind: 'table', table: { layer: 'silver', name: enrichment.table }, as: dimensionAlias(index) },
    on: pointsAt(enrichment, alias, dimensionAlias(index)),
  }));
  const columns = table.enrichments.flatMap((enrichment, index) =>
    Object.entries(enrichment.columns).map(([name, from]) => item(column(dimensionAlias(index), from), name)));
  return { joins, columns };
}

/** Whether a row points at a row of the dimension, by its whole key. */
export function pointsAt({ on }: EnrichmentSpec, alias: string, dimension: string): SqlExpression {
  return and(...Object.entries(on).map(([own, key]) => equal(column(dimension, key), column(alias, own))));
}

export function dimensionAlias(index: number): string {
  return `d${index}`;
}
