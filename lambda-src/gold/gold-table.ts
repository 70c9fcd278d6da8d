import type { SqlType } from '../../src/expression/sql-type';
import { goldColumns } from '../../src/spec/gold-columns';
import type { GoldTableSpec, Named, PipelineSpec } from '../../src/spec/pipeline-spec';
import type { TableDescription } from '../ports/query-engine';
import { SilverTable } from '../silver/silver-table';
import { and, assigned, bool, timestamp } from '../sql/build';
import type { Assignment, SqlExpression, TableName } from '../sql/nodes';
import { qualified } from '../sql/user-expression';

/** Runs of Silver whose touched rows a refresh takes: after one, up to another. */
export interface RunRange {
  readonly after: string;
  readonly upTo: string;
}

/** How much of a Gold table one refresh computes again. */
export type RefreshScope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'touched'; readonly runs: RunRange }
  | { readonly kind: 'window'; readonly column: string; readonly start: Date; readonly startDay: string };

/** A Gold table as the statements about it need it. */
export class GoldTable<S extends GoldTableSpec = GoldTableSpec> {
  public readonly target: TableName;
  public readonly silver: SilverTable;
  public readonly columns: Named<SqlType>;

  /** @param retired columns that the table has, but that are declared no more: a refresh of everything empties them */
  public constructor(
    public readonly spec: PipelineSpec,
    public readonly name: string,
    public readonly definition: S,
    public readonly retired: Named<SqlType> = {},
  ) {
    this.target = { layer: 'gold', name };
    this.silver = new SilverTable(spec, definition.silverTable);
    this.columns = goldColumns(spec, name);
  }

  /** The same table, knowing which of its columns are declared no more. */
  public found({ columns }: TableDescription): GoldTable<S> {
    const retired = Object.fromEntries(Object.entries(columns).filter(([name]) => !Object.hasOwn(this.columns, name)));
    return new GoldTable(this.spec, this.name, this.definition, retired);
  }

  /** What a refresh writes to a row. */
  public assignments(names: readonly string[], computedAt: Date): Assignment[] {
    const values = names.map(name => ({ column: name, value: assigned('s', name, this.columns[name]) }));
    return [...values, { column: 'computed_at', value: timestamp(computedAt) }];
  }

  /** The table's filter over Silver rows under that alias, together with other conditions. */
  public filter(alias: string, ...others: readonly SqlExpression[]): SqlExpression {
    const conditions = [...this.definition.where ? [qualified(this.definition.where.tree, alias)] : [], ...others];
    return conditions.length === 0 ? bool('true') : and(...conditions);
  }
}
