import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { GoldTableSpec, SilverTableSpec, UserExpression } from './pipeline-spec';
import { mapValues } from './silver-columns';

/**
 * Of all that decides a Silver table's rows: not of rules that warn or fail, and not of the tables it joins, whose changes reach it
 * as changes of rows.
 */
export function silverHash(table: Omit<SilverTableSpec, 'definitionHash'>): string {
  const deciding = Object.entries(table.expectations).filter(([, { action }]) => action === 'drop' || action === 'quarantine');
  const expectations = Object.fromEntries(deciding.map(([name, { action, predicate }]) => [name, { action, predicate: predicate.tree }]));
  return hash({ ...table, expectations });
}

/** Of all that decides a Gold table's rows, its refresh included: what one has missed must not stay under another. */
export function goldHash(table: Omit<GoldTableSpec, 'definitionHash'>): string {
  return hash(withoutTexts(table));
}

/** An expression counts by what it means: white space changes nothing. */
function withoutTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  if (isUserExpression(value)) return { tree: value.tree, type: value.type };
  return mapValues(value as { [name: string]: unknown }, withoutTexts);
}

function isUserExpression(value: object): value is UserExpression {
  return 'text' in value && 'tree' in value && typeof value.text === 'string' && 'type' in value;
}

function hash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
