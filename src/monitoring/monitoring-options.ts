import type { Duration } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AlarmSetting } from './alarm-setting';

/** Of what metrics are sent. CloudWatch charges for each metric and month, pro rata for the hours in which it is sent. */
export enum MetricDetail {
  /** Of the whole pipeline. */
  PIPELINE = 'pipeline',

  /** Of the whole pipeline and of each table: up to a dozen metrics a table more. */
  TABLE = 'table',
}

/** Whether there is a CloudWatch dashboard. */
export enum OperationsDashboard {
  /** One dashboard. An account's first three are free, any other costs 3 dollars a month. */
  CREATE = 'create',

  /** None. */
  NONE = 'none',
}

/** How the pipeline is watched. Alarms are on without any of this; they then show in CloudWatch and tell nobody. */
export interface MonitoringOptions {
  /**
   * Gets a message when an alarm goes off, and with `okActions` another when it is over.
   *
   * @default - nobody is told
   */
  readonly alarmTopic?: ITopic;

  /**
   * What else is done, in the pipeline's region, when an alarm goes off, and with `okActions` when it is over. One function for all
   * alarms is `new LambdaAction(fn, { useUniquePermissionId: true })`; without that the CDK lets it be the action of one alarm only.
   *
   * @default - nothing
   */
  readonly alarmActions?: IAlarmAction[];

  /**
   * Whether topic and actions are told as well when an alarm is over, as systems need that close incidents by themselves. After a
   * first deploy each alarm then tells them once, since CloudWatch did not know before that all is well.
   *
   * @default false
   */
  readonly okActions?: boolean;

  /**
   * How long a change may wait in Bronze before Silver has it; the alarm `freshness-missed` goes off when one waits longer. A run
   * that finds nothing new counts as no wait at all, so a quiet source never misses the target.
   *
   * @default - twice the interval of `silverSchedule`; one day if that is a cron expression
   */
  readonly freshnessTarget?: Duration;

  /**
   * Alarms by name: another threshold, or none. docs/monitoring.md lists names, units and defaults.
   *
   * @default - every alarm with its default threshold, and no `quarantine-rate`
   */
  readonly alarms?: { [name: string]: AlarmSetting };

  /**
   * Of what metrics are sent.
   *
   * @default MetricDetail.PIPELINE
   */
  readonly metricDetail?: MetricDetail;

  /**
   * Whether there is a CloudWatch dashboard.
   *
   * @default OperationsDashboard.CREATE
   */
  readonly dashboard?: OperationsDashboard;
}
