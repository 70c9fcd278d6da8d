import type { Duration } from 'aws-cdk-lib';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/** How the lake is kept in shape, and how long it keeps what it does not need to be right. */
export interface MaintenanceOptions {
  /**
   * When tables are compacted and vacuumed, bookkeeping is pruned, and Bronze is looked through for files that were missed. Only
   * tables that have changed cost something.
   *
   * @default - at 03:40 every day, in the pipeline's time zone
   */
  readonly schedule?: ScheduleExpression;

  /**
   * Whether the schedule is on. Without it start `maintenanceFunction` yourself, at least once a day: it also finds files that no
   * run has taken, and has them merged.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How long snapshots of the Iceberg tables stay readable (`FOR TIMESTAMP AS OF`), at least an hour. A change is applied to the
   * tables that are there. The SQL: `TBLPROPERTIES ('vacuum_max_snapshot_age_seconds' = '432000')`.
   *
   * @default Duration.days(5)
   */
  readonly snapshotRetention?: Duration;

  /**
   * How long it is remembered that a key has left a Silver table, counted from the change that removed it, so that an older change
   * that comes later does not bring the row back. At least a day longer than `failureRetention` and `rejectedRetention`, and than
   * the 49 days that an export can reach back: 35 when it is made, and 14 in which it can be loaded. With `bronzeRetention` it is
   * remembered longer than the change logs are kept by the longest of these, and while they have copies that a rebuild has made. What
   * a quarantine rule holds back is remembered for ever.
   *
   * @default Duration.days(90)
   */
  readonly absentRetention?: Duration;

  /**
   * How long batches that Lambda gave up are kept; until then they can be put through again. They hold items as they are, also
   * values that a column hides. Whole days.
   *
   * @default Duration.days(30)
   */
  readonly failureRetention?: Duration;

  /**
   * How long records that could not be read are kept; until then they can be put through again. Whole days.
   *
   * @default Duration.days(30)
   */
  readonly rejectedRetention?: Duration;

  /**
   * How long the change logs are kept, longer than `absentRetention`. Without its changes of long ago a table can neither be built
   * anew from Bronze, as a changed definition asks for, nor can be told how an old row came to be. Whole days.
   *
   * @default - for ever
   */
  readonly bronzeRetention?: Duration;
}
