import { sameType, typeName, type SqlType } from '../../src/expression/sql-type';
import type { Named, PartitionSpec } from '../../src/spec/pipeline-spec';
import type { TableDescription } from '../ports/query-engine';
import type { ManagedTable } from './tables';

/** What a deploy has to do to a table that exists, or why it cannot. Columns that are declared no more stay: nothing is dropped. */
export interface TableChanges {
  readonly missing: Named<SqlType>;
  readonly widened: Named<SqlType>;
  readonly problems: readonly string[];
}

const NOTHING: TableChanges = { missing: {}, widened: {}, problems: [] };

export function tableChanges(managed: ManagedTable, found: TableDescription | undefined): TableChanges {
  if (!found) return NOTHING;
  const { create, growth } = managed;
  const at = `${create.table.layer}.${create.table.name}`;
  const present = Object.entries(create.columns).filter(([name]) => found.columns[name]);
  const missing = Object.fromEntries(Object.entries(create.columns).filter(([name]) => !found.columns[name]));
  const surplus = Object.keys(found.columns).filter(name => !(name in create.columns));
  const different = present.filter(([name, type]) => !fits(found.columns[name], type) && !widens(found.columns[name], type));
  const fix = create.table.layer === 'gold'
    ? 'give the table a new name'
    : 'declare it under another column name; the column that is there stays, empty';
  return {
    missing,
    widened: Object.fromEntries(present.filter(([name, type]) => widens(found.columns[name], type))),
    problems: [
      ...different.map(([name, type]) => `${at}.${name} is ${typeName(found.columns[name])} and would become ${typeName(type)}. Fix: ${fix}`),
      ...growth === 'fixed' && Object.keys(missing).length + surplus.length > 0 ? [otherColumns(at, Object.keys(missing), surplus)] : [],
      ...partitionProblems(at, create.partitionBy, found.partitionBy),
    ],
  };
}

/** Whether every value of the one type is a value of the other, and the engines change a column so: no more than these. */
export function widens(from: SqlType, to: SqlType): boolean {
  if (from.kind === 'decimal' && to.kind === 'decimal') return to.scale === from.scale && to.precision > from.precision;
  return from.kind === 'integer' && to.kind === 'bigint';
}

/** A column that is wider than declared holds what is declared: it has stayed so when a deploy was rolled back. */
function fits(present: SqlType, declared: SqlType): boolean {
  return sameType(present, declared) || widens(declared, present);
}

function otherColumns(at: string, missing: readonly string[], surplus: readonly string[]): string {
  const differences = [
    ...missing.length > 0 ? [`without the columns ${missing.join(', ')}`] : [],
    ...surplus.length > 0 ? [`with the columns ${surplus.join(', ')}, which are declared no more`] : [],
  ];
  return `${at} exists ${differences.join(' and ')}: it is made of the key, and a key cannot change. `
    + 'Fix: keep the key columns and their names, or give the Silver table a new name';
}

function partitionProblems(at: string, declared: readonly PartitionSpec[], found: readonly PartitionSpec[] | undefined): string[] {
  if (!found || partitionText(found) === partitionText(declared)) return [];
  return [`${at} is partitioned by ${partitionText(found)} and would be by ${partitionText(declared)}. `
    + 'Fix: keep the former partitioning, or give the table a new name and, as bronzeName, the change log that it has now'];
}

function partitionText(partitions: readonly PartitionSpec[]): string {
  const texts = partitions.map(partition => {
    switch (partition.transform) {
      case 'identity': return partition.column;
      case 'bucket': return `bucket(${partition.buckets}, ${partition.column})`;
      default: return `${partition.transform}(${partition.column})`;
    }
  });
  return texts.join(', ') || 'nothing';
}
