/** The event by which a pipeline tells that Gold tables are new; constructs and handlers take its form from here. */
export const REFRESHED_EVENT = { source: 'cdk-medallion-analytics', detailType: 'Gold tables refreshed' } as const;

/** Its detail. What is added later does not change what is there; only another `version` may. */
export interface RefreshedDetail {
  readonly version: 1;
  /** The pipeline's name. */
  readonly pipeline: string;
  /** Number of the run that refreshed them. It only grows, and an event that comes twice has the same. */
  readonly run: number;
  /** The Gold tables whose refresh was committed, in the order of their names. */
  readonly tables: readonly string[];
  /** ISO: rows that the run computed have this `computed_at` or a later one. */
  readonly computedAt: string;
  /** ISO: what had reached the change logs by then is in all of the tables. Missing where that is not known yet. */
  readonly dataAsOf?: string;
}
