import { columnsOf } from '../expression/columns-of';
import type { SqlType } from '../expression/sql-type';
import type { GoldTableSpec, Named, PipelineSpec } from './pipeline-spec';
import { dataColumns } from './silver-columns';

/**
 * The columns of a Silver table by which Gold tables group or filter: a refresh must know their old and new values.
 * Undefined if no Gold table reads the Silver table.
 */
export function goldColumnsUsed(spec: PipelineSpec, silverTable: string): Named<SqlType> | undefined {
  const readers = Object.values(spec.gold).filter(gold => gold.silverTable === silverTable);
  if (readers.length === 0) return undefined;
  const types = dataColumns(spec, silverTable);
  const key = spec.tables[silverTable].key;
  const names = new Set(readers.flatMap(columnsThatPlaceARow).filter(name => !key.includes(name)));
  return Object.fromEntries([...names].sort().map(name => [name, types[name]]));
}

/** The columns by which it groups or filters. */
export function columnsThatPlaceARow(gold: GoldTableSpec): string[] {
  const where = gold.where ? columnsOf(gold.where.tree) : [];
  if (gold.kind !== 'aggregate') return where;
  return [...where, ...Object.values(gold.groupBy).flatMap(group => columnsOf(group.tree))];
}
