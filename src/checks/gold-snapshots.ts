import type { Expression } from '../expression/expression';
import type { GoldSnapshotDeclaration } from '../spec/pipeline-declaration';
import type { Check, CheckContext } from './check';
import { eachGold } from './gold-sources';
import type { Problem } from './problem';
import type { TableColumns } from './table-columns';

/** A snapshot has one row for each Silver row, so it shows the Silver key, and each of its columns has a type. */
export const checkGoldSnapshots: Check = context => eachGold(context, 'snapshot', (path, snapshot, columns) => {
  if (Object.keys(snapshot.columns).length === 0) {
    return [{ path: `${path}.columns`, what: 'no column', fix: 'name at least the key columns' }];
  }
  const problems = Object.entries(snapshot.columns)
    .flatMap(([name, text]) => context.expressions.value(`${path}.columns.${name}`, text, columns).problems);
  return problems.length > 0 ? problems : missingKeys(context, path, snapshot, columns);
});

/** Silver key column to the snapshot's column that holds it as it is: the first by name. */
export function snapshotKey(columns: { readonly [name: string]: Expression }, key: readonly string[]): { [silver: string]: string } {
  const names = Object.keys(columns).sort();
  const pairs = key.flatMap(column => {
    const name = names.find(candidate => {
      const tree = columns[candidate];
      return tree.kind === 'column' && tree.name === column;
    });
    return name === undefined ? [] : [[column, name] as const];
  });
  return Object.fromEntries(pairs);
}

function missingKeys(
  context: CheckContext, path: string, { silverTable, columns }: GoldSnapshotDeclaration, silver: TableColumns,
): Problem[] {
  const trees = Object.entries(columns).flatMap(([name, text]) => {
    const { expression } = context.expressions.value(`${path}.columns.${name}`, text, silver);
    return expression ? [[name, expression.tree] as const] : [];
  });
  const { key } = context.declaration.tables[silverTable];
  const shown = snapshotKey(Object.fromEntries(trees), key);
  return key.filter(column => !Object.hasOwn(shown, column)).map(column => ({
    path: `${path}.columns`, what: `the key column '${column}' is missing`, fix: `add ${column}: '${column}'`,
  }));
}
