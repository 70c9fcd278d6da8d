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
   * Alarms on the age of the records that the Bronze function reads. When one begins to ring and when it has stopped, the time
   * whose changes the stream may have lost is exported and loaded.
   *
   * @default - gaps are healed by hand
   */
  readonly healOn?: IAlarm[];
}
