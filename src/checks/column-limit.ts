import { GOLD_SYSTEM_COLUMNS, SILVER_SYSTEM_COLUMNS } from '../spec/system-columns';
import type { Check } from './check';

/** Athena's MERGE with more than one WHEN clause fails above. */
const MAX_COLUMNS = 321;

export const checkColumnLimit: Check = ({ declaration }) => [
  ...Object.entries(declaration.tables).map(([name, table]) => ({
    path: `tables.${name}`,
    count: Object.keys(table.columns).length
      + table.enrichments.reduce((sum, enrichment) => sum + Object.keys(enrichment.columns).length, 0)
      + Object.keys(SILVER_SYSTEM_COLUMNS).length,
  })),
  ...Object.entries(declaration.gold).flatMap(([name, table]) => table.kind === 'metrics' ? [] : [{
    path: `gold.${name}`,
    count: Object.keys(table.kind === 'snapshot' ? table.columns : { ...table.groupBy, ...table.measures }).length
      + Object.keys(GOLD_SYSTEM_COLUMNS).length,
  }]),
].filter(({ count }) => count > MAX_COLUMNS).map(({ path, count }) => ({
  path, what: `${count} columns, the pipeline's own included`, fix: `keep ${MAX_COLUMNS} at most; hold rarely used attributes together in a Column.json()`,
}));
