import type { Expression } from './expression';

/** The columns that an expression reads, each once, in order of appearance. */
export function columnsOf(tree: Expression): string[] {
  return [...new Set(namesIn(tree))];
}

/** What an expression is directly made of. */
export function partsOf(tree: Expression): readonly Expression[] {
  switch (tree.kind) {
    case 'column': case 'literal': return [];
    case 'call': return tree.arguments;
    case 'cast': case 'try-cast': return [tree.expression];
    case 'case': return [
      ...present(tree.operand), ...tree.branches.flatMap(branch => [branch.when, branch.then]), ...present(tree.otherwise),
    ];
    case 'and': case 'or': return tree.operands;
    case 'not': case 'negate': case 'is-null': case 'is-not-null': return [tree.operand];
    case 'binary': case 'is-distinct': case 'is-not-distinct': return [tree.left, tree.right];
    case 'between': case 'not-between': return [tree.operand, tree.low, tree.high];
    case 'in': case 'not-in': return [tree.operand, ...tree.values];
    case 'like': case 'not-like': return [tree.operand, tree.pattern, ...present(tree.escape)];
  }
}

function namesIn(tree: Expression): string[] {
  return tree.kind === 'column' ? [tree.name] : partsOf(tree).flatMap(namesIn);
}

function present(tree: Expression | undefined): Expression[] {
  return tree ? [tree] : [];
}
