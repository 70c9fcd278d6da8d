import { closestName } from '../expression/closest-name';
import type { SqlType } from '../expression/sql-type';
import type { Named } from '../spec/pipeline-spec';
import type { Problem } from './problem';
import type { TableColumns } from './table-columns';

/** The entry of that very name: `constructor` is a name like any other. */
export function entry<T>(record: Named<T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A name that means nothing, with the one that was probably meant. */
export function unknownName(path: string, kind: string, name: string, candidates: readonly string[]): Problem {
  const closest = closestName(name, candidates);
  const choice = candidates.length > 0 ? `use one of ${[...candidates].sort().join(', ')}` : 'declare it first';
  return { path, what: `there is no ${kind} of that name`, value: name, fix: closest ? `did you mean '${closest}'?` : choice };
}

/** A column that should be there; `undefined` if another check already reports why its type is not known. */
export function columnOf(table: TableColumns, name: string, path: string): { type: SqlType } | { problem: Problem } | undefined {
  const type = entry(table.data, name);
  if (type) return { type };
  if (table.unresolved.has(name)) return undefined;
  return { problem: unknownName(path, 'column', name, Object.keys(table.data)) };
}
