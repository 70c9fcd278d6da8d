import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';

/** When tables are filled from exports beside by hand. An export costs money by the size of the table; see docs/backfill.md. */
export interface BackfillOptions {
  /**
   * Whether each table is loaded in full after the deploy that adds it, so that items which are older than its stream are complete.
   * It takes point-in-time recovery on every source table.
   *
   * @default false
   */
  readonly atFirstDeploy?: boolean;

  /**
   * Whether gaps are healed by themselves: when the pipeline's own alarm `bronze-iterator-age-critical` begins to ring and when it has
   * stopped, the time whose changes the streams may have lost is exported and loaded, of every table. It takes point-in-time recovery
   * on every source table.
   *
   * @default false
   */
  readonly healOnIteratorAge?: boolean;

  /**
   * Other alarms on the age of the records that the Bronze function reads; of one in another account or region EventBridge tells only if
   * its events are forwarded to the default event bus here. When one begins to ring and when it has stopped, the time whose changes the
   * stream may have lost is exported and loaded.
   *
   * @default - none
   */
  readonly healOn?: IAlarm[];
}
