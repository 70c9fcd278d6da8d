import type { SqlType } from '../expression/sql-type';
import type { PipelineDeclaration } from '../spec/pipeline-declaration';
import type { Named } from '../spec/pipeline-spec';
import { mapValues, sqlTypeOf } from '../spec/silver-columns';

/** The columns of a Silver table as far as a declaration that may be wrong tells them. */
export interface TableColumns {
  readonly own: Named<SqlType>;
  /** Own and enriched. */
  readonly data: Named<SqlType>;
  /** Enriched columns whose type is not known, since their join is wrong. */
  readonly unresolved: ReadonlySet<string>;
}

export function tableColumns(declaration: PipelineDeclaration): Named<TableColumns> {
  return mapValues(declaration.tables, (_, name) => columnsOfTable(declaration, name, []));
}

function columnsOfTable(declaration: PipelineDeclaration, name: string, chain: readonly string[]): TableColumns {
  const table = declaration.tables[name];
  const own = mapValues(table.columns, column => sqlTypeOf(column.type));
  const enriched: (readonly [string, SqlType])[] = [];
  const unresolved = new Set<string>();
  for (const enrichment of table.enrichments) {
    const known = Object.hasOwn(declaration.tables, enrichment.table) && ![...chain, name].includes(enrichment.table);
    const joined = known ? columnsOfTable(declaration, enrichment.table, [...chain, name]).data : {};
    for (const [column, from] of Object.entries(enrichment.columns)) {
      if (Object.hasOwn(joined, from)) enriched.push([column, joined[from]]);
      else unresolved.add(column);
    }
  }
  return { own, data: { ...Object.fromEntries(enriched), ...own }, unresolved };
}
