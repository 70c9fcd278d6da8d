import type { Check } from './check';
import type { Problem } from './problem';

/** A row has one column of a name, wherever it comes from. */
export const checkEnrichmentColumns: Check = ({ declaration }) => Object.entries(declaration.tables).flatMap(([name, table]) => {
  const owners = new Map(Object.keys(table.columns).map(column => [column, 'the table itself']));
  const problems: Problem[] = [];
  table.enrichments.forEach((enrichment, i) => {
    for (const column of Object.keys(enrichment.columns)) {
      const owner = owners.get(column);
      if (owner) {
        problems.push({
          path: `tables.${name}.enrichments[${i}].columns.${column}`,
          what: `${owner} has a column of that name`,
          value: column,
          fix: `give it another name, such as '${enrichment.table}_${column}'`,
        });
      }
      owners.set(column, `enrichments[${i}]`);
    }
  });
  return problems;
});
