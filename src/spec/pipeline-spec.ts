import type { Expression } from '../expression/expression';
import type { SqlType } from '../expression/sql-type';
import type { ColumnSpec } from './column-type';
import type { DashboardSpec } from './dashboard-spec';
import type { RetentionSpec } from './retention';

/** The version of this format; a reader refuses a greater one. */
export const SPEC_VERSION = 1;

/** A map by the user's own names. */
export interface Named<T> {
  readonly [name: string]: T;
}

/**
 * A pipeline as pure data: what the props say, checked and parsed. Handlers, the local runner and the SQL compiler read
 * nothing else. It holds no token and no physical name; those reach a handler through its environment.
 */
export interface PipelineSpec {
  readonly specVersion: typeof SPEC_VERSION;
  /** IANA name: where a day begins for windows that name no zone of their own. */
  readonly timeZone: string;
  readonly tables: Named<SilverTableSpec>;
  readonly gold: Named<GoldTableSpec>;
  readonly dashboards: Named<DashboardSpec>;
  /** The defaults if undefined. */
  readonly retention?: RetentionSpec;
  /** For readers; no function has it, so that none is deployed again because of it. */
  readonly schedules?: SchedulesSpec;
}

/** When stages start by the clock, as EventBridge Scheduler writes it: `rate(30 minutes)`, `cron(0 3 * * ? *)`. */
export interface SchedulesSpec {
  readonly silver?: string;
  readonly gold?: string;
}

export interface SilverTableSpec {
  /** Changes whenever the rows would: definition epochs count its values. */
  readonly definitionHash: string;
  /** Name of the Bronze change log. */
  readonly bronzeName: string;
  /** Key columns, partition key first. */
  readonly key: readonly string[];
  readonly columns: Named<ColumnSpec>;
  readonly ttlDeletes: 'remove' | 'keep';
  readonly partitionBy: readonly PartitionSpec[];
  readonly enrichments: readonly EnrichmentSpec[];
  readonly expectations: Named<ExpectationSpec>;
  /** Item attributes, or dotted paths to members of maps, whose values Bronze must not write; missing if there are none. */
  readonly privacy?: Named<PrivacyRule>;
}

export type PrivacyRule = 'hash' | 'drop';

export type PartitionSpec =
  | { readonly transform: 'identity' | 'year' | 'month' | 'day' | 'hour'; readonly column: string }
  | { readonly transform: 'bucket'; readonly column: string; readonly buckets: number };

export interface EnrichmentSpec {
  /** The Silver table joined to. */
  readonly table: string;
  /** Own column to key column of the joined table: its whole key. */
  readonly on: Named<string>;
  /** New column to column of the joined table. */
  readonly columns: Named<string>;
}

/** What a user wrote, what it parses to, and its type. */
export interface UserExpression {
  readonly text: string;
  readonly tree: Expression;
  readonly type: SqlType;
}

export interface ExpectationSpec {
  readonly action: 'warn' | 'drop' | 'quarantine' | 'fail';
  /** A row violates the rule when this is FALSE; NULL passes, as in a SQL CHECK. */
  readonly predicate: UserExpression;
}

export type GoldTableSpec = GoldAggregateSpec | GoldSnapshotSpec | GoldMetricsSpec;

interface GoldTableSpecBase {
  readonly definitionHash: string;
  readonly silverTable: string;
  /** Rows of Silver that count. */
  readonly where?: UserExpression;
  readonly refresh: RefreshSpec;
}

export interface GoldAggregateSpec extends GoldTableSpecBase {
  readonly kind: 'aggregate';
  readonly groupBy: Named<UserExpression>;
  readonly measures: Named<MeasureSpec>;
}

/** One row for each Silver row. */
export interface GoldSnapshotSpec extends GoldTableSpecBase {
  readonly kind: 'snapshot';
  readonly columns: Named<UserExpression>;
  /** Silver key column to the column of this table that holds it. */
  readonly key: Named<string>;
}

/** Rows of metric_name, metric_value, window_start, window_end. */
export interface GoldMetricsSpec extends GoldTableSpecBase {
  readonly kind: 'metrics';
  readonly timeColumn: string;
  readonly metrics: Named<KeyMetricSpec>;
  /** Type of metric_value: wide enough for every metric of the table. */
  readonly valueType: SqlType;
}

export interface MeasureSpec {
  readonly aggregate: 'count' | 'count-distinct' | 'sum' | 'avg' | 'min' | 'max';
  /** The Silver column; `count` has none. */
  readonly column?: string;
  /** Rows of the group that count. */
  readonly where?: UserExpression;
  readonly type: SqlType;
}

export interface KeyMetricSpec {
  readonly aggregate: 'count' | 'sum';
  readonly column?: string;
  readonly where?: UserExpression;
  readonly window: WindowSpec;
  /** Computed over the period before the window too. */
  readonly previous?: true;
}

/**
 * Times that count. `today`: the calendar day; `last`: from the start of the day (hour) `count` days (hours) ago to the end
 * of the present day (hour); both in `timeZone`.
 */
export type WindowSpec =
  | { readonly kind: 'today'; readonly timeZone: string }
  | { readonly kind: 'last'; readonly unit: 'day' | 'hour'; readonly count: number; readonly timeZone: string }
  | { readonly kind: 'all-time' };

/** `delta` recomputes the groups whose `column` lies in the window, and no others. */
export type RefreshSpec =
  | { readonly kind: 'changed' | 'full' }
  | { readonly kind: 'delta'; readonly column: string; readonly window: WindowSpec };
