import type { ColumnReference, Expression } from '../../src/expression/expression';

/** A user's expression over the columns of the relation under that alias. */
export function qualified(tree: Expression, alias: string): Expression {
  return mapColumns(tree, column => ({ ...column, table: alias }));
}

function mapColumns(tree: Expression, change: (column: ColumnReference) => Expression): Expression {
  if (tree.kind === 'column') return change(tree);
  return mapChildren(tree, child => mapColumns(child, change)) as Expression;
}

/** Copies a node with every expression below it changed; expressions are known by their `kind`, types are left alone. */
function mapChildren(value: unknown, change: (child: Expression) => Expression): unknown {
  if (Array.isArray(value)) return value.map(element => isExpression(element) ? change(element) : mapChildren(element, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([property, child]) => {
    if (property === 'type') return [property, child];
    return [property, isExpression(child) ? change(child) : mapChildren(child, change)];
  }));
}

function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'kind' in value;
}
