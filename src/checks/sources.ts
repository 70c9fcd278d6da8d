import type { Check } from './check';
import type { Problem } from './problem';

/** A DynamoDB table is captured once, into one change log. */
export const checkSources: Check = ({ declaration, sources }) => [
  ...repeated(Object.keys(declaration.tables), name => declaration.tables[name].bronzeName, (name, other) => ({
    path: `tables.${name}.bronzeName`,
    what: `'${other}' has that Bronze name too`,
    value: declaration.tables[name].bronzeName,
    fix: 'give each table its own change log',
  })),
  ...repeated(Object.keys(sources), name => sources[name].identity, (name, other) => ({
    path: `tables.${name}`,
    what: `'${other}' already reads that DynamoDB table`,
    fix: `put the columns of both into '${other}'; Gold tells kinds of items apart by its where, such as "sk LIKE 'ORDER#%'"`,
  })),
];

function repeated(
  names: readonly string[], valueOf: (name: string) => string, problem: (name: string, other: string) => Problem,
): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const name of [...names].sort()) {
    const other = first.get(valueOf(name));
    if (other === undefined) first.set(valueOf(name), name);
    else problems.push(problem(name, other));
  }
  return problems;
}
