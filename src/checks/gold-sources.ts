import type { GoldTableDeclaration } from '../spec/pipeline-declaration';
import type { Check, CheckContext } from './check';
import { entry, unknownName } from './lookup';
import type { Problem } from './problem';
import type { TableColumns } from './table-columns';

/** A Gold table reads a Silver table of the pipeline, filtered by a predicate that holds. */
export const checkGoldSources: Check = context => Object.entries(context.declaration.gold).flatMap(([name, gold]): readonly Problem[] => {
  const columns = entry(context.columns, gold.silverTable);
  if (!columns) return [unknownName(`gold.${name}.silverTable`, 'Silver table', gold.silverTable, Object.keys(context.declaration.tables))];
  return gold.where === undefined ? [] : context.expressions.predicate(`gold.${name}.where`, gold.where, columns).problems;
});

/** Asks `check` for each Gold table of a kind whose Silver table exists. */
export function eachGold<K extends GoldTableDeclaration['kind']>(
  context: CheckContext,
  kind: K,
  check: (path: string, gold: Extract<GoldTableDeclaration, { kind: K }>, columns: TableColumns) => readonly Problem[],
): Problem[] {
  return Object.entries(context.declaration.gold).flatMap(([name, gold]) => {
    const columns = entry(context.columns, gold.silverTable);
    return gold.kind === kind && columns ? check(`gold.${name}`, gold as Extract<GoldTableDeclaration, { kind: K }>, columns) : [];
  });
}
