import { absentTableName, ledgerTableName, manifestTableName, quarantineViewName } from '../spec/storage-layout';
import type { Check } from './check';
import type { Problem } from './problem';

/** Tables, views and folders that belong to the pipeline get names of their own, and no two declared tables share one. */
export const checkCollidingTables: Check = ({ declaration }) => {
  const silver = Object.keys(declaration.tables);
  const gold = Object.keys(declaration.gold);
  const bronze = Object.values(declaration.tables).map(table => table.bronzeName);
  const problems: Problem[] = gold.filter(name => silver.includes(name)).map(name => ({
    path: `gold.${name}`, what: 'a Silver table has that name too', value: name, fix: 'give the Gold table another name',
  }));
  const derived = new Map<string, string>([
    ...bronze.map(name => [manifestTableName(name), `the run manifests of Bronze '${name}'`] as const),
    ...silver.map(name => [absentTableName(name), `the absent keys of '${name}'`] as const),
    ...silver.map(name => [ledgerTableName(name), `the touched values of '${name}'`] as const),
    ...silver.map(name => [quarantineViewName(name), `the quarantine view of '${name}'`] as const),
  ]);
  const declared = [
    ...silver.map(name => [`tables.${name}`, name] as const),
    ...Object.entries(declaration.tables)
      .filter(([name, table]) => table.bronzeName !== name)
      .map(([name, table]) => [`tables.${name}.bronzeName`, table.bronzeName] as const),
    ...gold.map(name => [`gold.${name}`, name] as const),
  ];
  for (const [path, name] of declared) {
    const owner = derived.get(name);
    if (owner) problems.push({ path, what: `the name of ${owner}`, value: name, fix: 'give it another name' });
  }
  return problems;
};
