import type { Check } from './check';

/** There is something to capture. */
export const checkEmptyTables: Check = ({ declaration }) => {
  const tables = Object.entries(declaration.tables);
  if (tables.length === 0) return [{ path: 'tables', what: 'no table', fix: 'declare at least one SilverTable' }];
  return tables.filter(([, table]) => Object.keys(table.columns).length === 0).map(([name]) => ({
    path: `tables.${name}.columns`, what: 'no column', fix: 'declare at least the key columns',
  }));
};
