import type { SqlType } from '../expression/sql-type';
import type { TableColumns } from './table-columns';

/** What to write instead of a name with dots, where the columns tell what was meant. */
export function insteadOfDottedName([first, ...rest]: readonly string[], { data }: TableColumns): string {
  const column: SqlType | undefined = Object.hasOwn(data, first) ? data[first] : undefined;
  const path = `'$.${rest.join('.')}'`;
  switch (column?.kind) {
    case 'row': return `fields of a struct cannot be read in an expression yet: declare the attribute as Column.json() too, such as '${first}_json', `
      + `and use json_extract_scalar(${first}_json, ${path})`;
    case 'varchar': return `if '${first}' holds JSON text, use json_extract_scalar(${first}, ${path})`;
    case 'map': return `use element_at(${first}, '${rest.join('.')}')`;
    case undefined: return `name a column of the table alone${ownColumn(rest, data)}; bring a column of another Silver table in with Enrichment.join`;
    default: return `'${first}' has no fields: name the column alone`;
  }
}

function ownColumn(rest: readonly string[], data: TableColumns['data']): string {
  const last = rest[rest.length - 1];
  return Object.hasOwn(data, last) ? `, as '${last}'` : '';
}
