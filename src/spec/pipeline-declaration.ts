import type { Duration } from 'aws-cdk-lib';
import type { DashboardDeclaration } from './dashboard-declaration';
import type {
  EnrichmentSpec, GoldAggregateSpec, GoldMetricsSpec, GoldSnapshotSpec, KeyMetricSpec, MeasureSpec, Named, PartitionSpec, SilverTableSpec,
} from './pipeline-spec';
import type { RetentionSpec } from './retention';

/** A pipeline as its props say it: pure data, neither checked nor parsed. Expressions are still text. */
export interface PipelineDeclaration {
  readonly timeZone: string;
  readonly retention: RetentionSpec;
  readonly tables: Named<SilverTableDeclaration>;
  readonly gold: Named<GoldTableDeclaration>;
  readonly dashboards: Named<DashboardDeclaration>;
}

export interface SilverTableDeclaration extends Omit<SilverTableSpec, 'definitionHash' | 'expectations'> {
  readonly partitionBy: readonly PartitionSpec[];
  readonly enrichments: readonly EnrichmentSpec[];
  readonly expectations: Named<ExpectationDeclaration>;
}

export interface ExpectationDeclaration {
  readonly action: 'warn' | 'drop' | 'quarantine' | 'fail';
  readonly predicate: string;
}

export type GoldTableDeclaration = GoldAggregateDeclaration | GoldSnapshotDeclaration | GoldMetricsDeclaration;

interface GoldTableDeclarationBase {
  readonly silverTable: string;
  readonly where?: string;
  readonly refresh: RefreshDeclaration;
}

export interface GoldAggregateDeclaration extends GoldTableDeclarationBase, Pick<GoldAggregateSpec, 'kind'> {
  readonly groupBy: Named<string>;
  readonly measures: Named<MeasureDeclaration>;
}

export interface GoldSnapshotDeclaration extends GoldTableDeclarationBase, Pick<GoldSnapshotSpec, 'kind'> {
  readonly columns: Named<string>;
}

export interface GoldMetricsDeclaration extends GoldTableDeclarationBase, Pick<GoldMetricsSpec, 'kind' | 'timeColumn'> {
  readonly metrics: Named<KeyMetricDeclaration>;
}

export interface MeasureDeclaration extends Pick<MeasureSpec, 'aggregate' | 'column'> {
  readonly where?: string;
}

export interface KeyMetricDeclaration extends Pick<KeyMetricSpec, 'aggregate' | 'column' | 'previous'> {
  readonly where?: string;
  readonly window: WindowDeclaration;
}

/** Without a time zone, the pipeline's counts. */
export type WindowDeclaration =
  | { readonly kind: 'today'; readonly timeZone?: string }
  | { readonly kind: 'last'; readonly duration: Duration; readonly timeZone?: string }
  | { readonly kind: 'all-time' };

export type RefreshDeclaration =
  | { readonly kind: 'changed' | 'full' }
  | { readonly kind: 'delta'; readonly column: string; readonly window: Duration };
