import type {
  Between, Binary, Call, Case, Cast, ColumnReference, DistinctFrom, InList, IsNull, Like, Literal, Logical, Unary,
} from '../../src/expression/expression';
import type { SqlType } from '../../src/expression/sql-type';
import type { PartitionSpec } from '../../src/spec/pipeline-spec';

/** An expression of a generated statement: everything a user may write, and what only the library writes. */
export type SqlExpression =
  | ColumnReference | Literal | Call<SqlExpression> | Cast<SqlExpression> | Case<SqlExpression> | Logical<SqlExpression>
  | Unary<SqlExpression> | Binary<SqlExpression> | IsNull<SqlExpression> | DistinctFrom<SqlExpression> | Between<SqlExpression>
  | InList<SqlExpression> | Like<SqlExpression>
  | Aggregate | RowNumber | Lead | Later | FromMicros | FromJson | GrafanaTimeFilter | GrafanaBound | GrafanaChoice;

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly function: 'count' | 'count-distinct' | 'sum' | 'min' | 'max' | 'avg' | 'max_by';
  /** None for `count(*)`, the value and what it is greatest by for `max_by`, else one. */
  readonly arguments: readonly SqlExpression[];
  readonly where?: SqlExpression;
  /** Type of the result. */
  readonly type: SqlType;
}

export interface RowNumber {
  readonly kind: 'row-number';
  /** None: all rows are numbered together. */
  readonly partitionBy: readonly SqlExpression[];
  readonly orderBy: readonly OrderItem[];
}

/** The value of the next row; NULL in the last. */
export interface Lead {
  readonly kind: 'lead';
  readonly operand: SqlExpression;
  readonly partitionBy: readonly SqlExpression[];
  readonly orderBy: readonly OrderItem[];
}

/** A time so many days or hours later, of the same type. */
export interface Later {
  readonly kind: 'later';
  readonly time: SqlExpression;
  readonly type: 'date' | 'timestamp';
  readonly count: SqlExpression;
  readonly unit: 'day' | 'hour';
}

/** Bronze keeps timestamps as epoch microseconds. */
export interface FromMicros {
  readonly kind: 'from-micros';
  readonly operand: SqlExpression;
}

/** Bronze keeps nested values as JSON text with every number as a string. */
export interface FromJson {
  readonly kind: 'from-json';
  readonly operand: SqlExpression;
  readonly type: SqlType;
}

/**
 * How exactly a dashboard's time range is put into SQL: a date, or a timestamp to the hour or to the minute. A text that changes with
 * every second would find none of Athena's results again.
 */
export type GrafanaPrecision = 'date' | 'hour' | 'minute';

/** Whether a time lies in the range that a reader of a dashboard looks at, by macros of Grafana's Athena plugin. */
export interface GrafanaTimeFilter {
  readonly kind: 'grafana-time-filter';
  readonly operand: SqlExpression;
  readonly precision: GrafanaPrecision;
}

/** Where that range begins or ends: the beginning of that day, hour or minute. */
export interface GrafanaBound {
  readonly kind: 'grafana-bound';
  readonly bound: 'from' | 'to';
  readonly precision: GrafanaPrecision;
}

/** The values that a reader has chosen for a dashboard's variable, as a list of texts. */
export interface GrafanaChoice {
  readonly kind: 'grafana-choice';
  readonly variable: string;
}

export interface OrderItem {
  readonly expression: SqlExpression;
  readonly direction: 'asc' | 'desc';
}

/** A table by layer; the dialect knows the databases' real names. */
export interface TableName {
  readonly layer: 'bronze' | 'silver' | 'gold' | 'bookkeeping';
  readonly name: string;
}

export type Relation =
  | { readonly kind: 'table'; readonly table: TableName; readonly as: string }
  | { readonly kind: 'bronze-run'; readonly run: BronzeRun; readonly as: string }
  | { readonly kind: 'subquery'; readonly query: Query; readonly as: string }
  | { readonly kind: 'common-table'; readonly name: string; readonly as: string }
  | Sequence;

/** A row for each whole number from 0 to the last; may name columns of the relation that it is joined to. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly last: SqlExpression;
  readonly as: string;
  readonly column: string;
}

/** The Bronze files that one run's manifest lists. */
export interface BronzeRun {
  readonly bronzeName: string;
  readonly run: string;
}

export type Join =
  | { readonly type: 'left' | 'inner'; readonly relation: Relation; readonly on: SqlExpression }
  | { readonly type: 'cross'; readonly relation: Sequence };

export interface SelectItem {
  readonly expression: SqlExpression;
  readonly as: string;
}

export interface Select {
  readonly kind: 'select';
  readonly with?: readonly { readonly name: string; readonly query: Query }[];
  readonly distinct?: true;
  readonly columns: readonly SelectItem[];
  readonly from?: Relation;
  readonly joins?: readonly Join[];
  readonly where?: SqlExpression;
  readonly groupBy?: readonly SqlExpression[];
  readonly orderBy?: readonly OrderItem[];
  readonly limit?: number;
}

export interface Union {
  readonly kind: 'union' | 'union-all';
  readonly with?: readonly { readonly name: string; readonly query: Query }[];
  readonly queries: readonly Query[];
}

export type Query = Select | Union;

export interface Assignment {
  readonly column: string;
  readonly value: SqlExpression;
}

export type MergeBranch =
  | { readonly when: 'matched'; readonly and?: SqlExpression; readonly then: 'delete' }
  | { readonly when: 'matched'; readonly and?: SqlExpression; readonly then: 'update'; readonly set: readonly Assignment[] }
  | { readonly when: 'not-matched'; readonly and?: SqlExpression; readonly then: 'insert'; readonly values: readonly Assignment[] };

/** Aliases are fixed: the target is `t`, the source `s`. */
export interface Merge {
  readonly kind: 'merge';
  readonly target: TableName;
  readonly source: Query;
  readonly on: SqlExpression;
  readonly branches: readonly MergeBranch[];
}

export interface InsertSelect {
  readonly kind: 'insert';
  readonly target: TableName;
  readonly columns: readonly string[];
  readonly query: Query;
}

/** Takes rows away. Columns in the condition stand without a table: neither engine gives a DELETE's target an alias. */
export interface Delete {
  readonly kind: 'delete';
  readonly target: TableName;
  readonly where: SqlExpression;
}

/** What is kept of an Iceberg table's past. */
export interface TableProperties {
  /** A snapshot that is older may be expired, and with it the files that only it needs. */
  readonly snapshotRetentionSeconds: number;
}

export interface CreateTable {
  readonly kind: 'create-table';
  readonly table: TableName;
  readonly columns: { readonly [name: string]: SqlType };
  readonly partitionBy: readonly PartitionSpec[];
  /** The engine's own if there are none. */
  readonly properties?: TableProperties;
}

export interface SetProperties {
  readonly kind: 'set-properties';
  readonly table: TableName;
  readonly properties: TableProperties;
}

/** Writes small files, and rows apart from the notes that they are overwritten, together into larger files. */
export interface Optimize {
  readonly kind: 'optimize';
  readonly table: TableName;
  /** Which partitions: of partition columns alone, without a table. All if undefined. */
  readonly where?: SqlExpression;
}

/** Expires snapshots by the table's properties, and removes the files that no snapshot needs. */
export interface Vacuum {
  readonly kind: 'vacuum';
  readonly table: TableName;
}

export interface CreateView {
  readonly kind: 'create-view';
  readonly view: TableName;
  readonly query: Query;
}

export interface AddColumns {
  readonly kind: 'add-columns';
  readonly table: TableName;
  readonly columns: { readonly [name: string]: SqlType };
}

/** Gives a column a type that holds every value of the former one. */
export interface WidenColumn {
  readonly kind: 'widen-column';
  readonly table: TableName;
  readonly column: string;
  readonly type: SqlType;
}

/** `purpose` says in words what the statement is for; it never reaches the SQL text. */
export type Statement = { readonly purpose: string } & (
  | Merge | InsertSelect | Delete | CreateTable | AddColumns | WidenColumn | SetProperties | CreateView | Optimize | Vacuum
);
