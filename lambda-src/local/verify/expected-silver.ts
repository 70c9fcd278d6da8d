import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { duckDbExpression } from '../../sql/duckdb';
import { name } from '../quote';
import { converted } from './conversion';

/** What Silver must hold, told by the raw items alone: no change log, no sequence, no MERGE. */
export function expectedSilver(spec: PipelineSpec, table: string, items: string, expectedTable: (silverTable: string) => string): string {
  const { columns, key, expectations, enrichments } = spec.tables[table];
  const own = Object.entries(columns).map(([column, { type }]) => `${converted(type, name(column))} AS ${name(column)}`);
  // A key that does not convert is rejected, and a rule that says FALSE keeps the row out; one that fails on a row does not.
  const conditions = [
    ...key.map(column => `${name(column)} IS NOT NULL`),
    ...Object.values(expectations)
      .filter(({ action }) => action === 'drop' || action === 'quarantine')
      .map(({ predicate }) => `TRY(${duckDbExpression(predicate.tree)}) IS DISTINCT FROM FALSE`),
  ];
  const enriched = enrichments.flatMap((enrichment, index) =>
    Object.entries(enrichment.columns).map(([column, from]) => `d${index}.${name(from)} AS ${name(column)}`));
  const joins = enrichments.map((enrichment, index) => {
    const on = Object.entries(enrichment.on).map(([column, dimensionKey]) => `d${index}.${name(dimensionKey)} = o.${name(column)}`);
    return `LEFT JOIN ${expectedTable(enrichment.table)} d${index} ON ${on.join(' AND ')}`;
  });
  return `WITH typed AS (SELECT ${own.join(', ')} FROM ${items}),
kept AS (SELECT * FROM typed WHERE ${conditions.join(' AND ')})
SELECT ${['o.*', ...enriched].join(', ')} FROM kept o ${joins.join(' ')}`;
}

/** Dimensions before the tables that they enrich. */
export function dimensionsFirst(spec: PipelineSpec): string[] {
  const ordered = new Set<string>();
  const add = (table: string): void => {
    if (ordered.has(table)) return;
    for (const enrichment of spec.tables[table].enrichments) add(enrichment.table);
    ordered.add(table);
  };
  Object.keys(spec.tables).forEach(add);
  return [...ordered];
}
