import type { Check, CheckContext } from './check';
import type { Problem } from './problem';
import type { TableColumns } from './table-columns';

const OWN_COLUMNS = "an expectation sees the table's own columns only: use one of them, by its name alone";

/** Expectations are predicates over a change itself, so what it means does not depend on other tables' state. */
export const checkExpectations: Check = context => Object.entries(context.declaration.tables).flatMap(([name, table]) => {
  return Object.entries(table.expectations).flatMap(([rule, { predicate }]) => expectationProblems(context, name, rule, predicate));
});

function expectationProblems(context: CheckContext, table: string, rule: string, predicate: string): readonly Problem[] {
  const path = `tables.${table}.expectations.${rule}`;
  const { problems } = context.expressions.predicate(path, predicate, ownColumnsOnly(context.columns[table]));
  return problems.map(problem => {
    const column = /there is no column '(.*)' here/.exec(problem.what)?.[1];
    const enriched = column !== undefined && isEnriched(context.columns[table], column);
    if (enriched) return { ...problem, what: `'${column}' comes from an enrichment`, fix: OWN_COLUMNS };
    // What an enrichment would bring in is not seen here.
    return problem.fix.includes('Enrichment.join') ? { ...problem, fix: OWN_COLUMNS } : problem;
  });
}

/** The columns that an expectation sees. */
export function ownColumnsOnly(columns: TableColumns): TableColumns {
  return { own: columns.own, data: columns.own, unresolved: new Set() };
}

function isEnriched(columns: TableColumns, name: string): boolean {
  return columns.unresolved.has(name) || (Object.hasOwn(columns.data, name) && !Object.hasOwn(columns.own, name));
}
