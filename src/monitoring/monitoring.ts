import { Duration } from 'aws-cdk-lib';
import {
  Alarm, ComparisonOperator, MathExpression, TreatMissingData, type Dashboard, type IAlarmAction, type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ALARMS, runbookSection, type AlarmName, type AlarmSpec } from './alarm-catalogue';
import { CheckedAction } from './checked-action';
import { OperationsDashboard, type MonitoringOptions } from './monitoring-options';
import { operationsDashboard } from './operations-dashboard';
import type { PipelineMetrics } from './pipeline-metrics';
import { intervalOf, periodOf } from './schedule-interval';

export interface MonitoringProps {
  /** Name of the pipeline; those of its alarms begin with it. */
  readonly pipeline: string;
  readonly metrics: PipelineMetrics;
  readonly options: MonitoringOptions;
  readonly bronzeFunction: IFunction;
  readonly silverSchedule: ScheduleExpression;
  /** Where starts end up that a schedule could not deliver. */
  readonly deadLetters: IQueue;
}

/** What is started by hand, by another stage or by an event. */
export type Operation = 'rebuild' | 'redrive' | 'backfill';

/** A stage that a schedule starts. */
export type ScheduledStage = 'silver' | 'gold' | 'maintenance';

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);
const LONGEST_WATCH = Duration.days(7);

/** The pipeline's alarms and its dashboard. Whoever adds a stage has it watched with `watchStage`. */
export class Monitoring extends Construct {
  public readonly alarms: { readonly [name in AlarmName]?: Alarm } = {};
  public readonly dashboard?: Dashboard;
  private readonly actions: readonly IAlarmAction[];

  public constructor(scope: Construct, id: string, private readonly props: MonitoringProps) {
    super(scope, id);
    this.actions = (props.options.alarmActions ?? []).map((action, index) => new CheckedAction(this, `monitoring.alarmActions[${index}]`, action));
    this.watchBronze();
    this.watchData();
    if ((props.options.dashboard ?? OperationsDashboard.CREATE) === OperationsDashboard.CREATE) {
      this.dashboard = operationsDashboard(this, props);
    }
  }

  /** Alarms when a stage fails, and when its schedule starts it no more. */
  public watchStage(stage: ScheduledStage, target: IFunction, schedule: ScheduleExpression): void {
    const period = periodOf(schedule);
    this.alarm(`${stage}-failed`, {
      metric: target.metricErrors({ period }),
      // No start, no failure; that there is no start is another alarm's business.
      missing: TreatMissingData.NOT_BREACHING,
    });
    const interval = intervalOf(schedule);
    // A cron expression may leave out a week-end.
    const patience = interval ? 3 * interval.toSeconds() : 4 * period.toSeconds();
    if (patience > LONGEST_WATCH.toSeconds()) return;
    this.alarm(`${stage}-did-not-run`, {
      metric: target.metricInvocations({ period }),
      operator: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: Math.max(3, Math.ceil(patience / period.toSeconds())),
      // Lambda sends nothing while nothing starts, and that is the very thing to tell. Taken as a breach, it would be told of a pipeline
      // that has just been deployed too; an alarm that has never had data does not change its state for want of it.
      missing: TreatMissingData.MISSING,
    });
  }

  /** An alarm when an operation fails; that none is started tells nothing. */
  public watchOperation(operation: Operation, failures: IMetric): void {
    this.alarm(`${operation}-failed`, { metric: failures, missing: TreatMissingData.NOT_BREACHING });
  }

  /** An alarm when refreshes are not announced, if there is none yet. Where nobody listens it would cost for nothing. */
  public watchAnnouncements(): Alarm | undefined {
    if (this.alarms['gold-unannounced']) return undefined;
    return this.alarm('gold-unannounced', {
      metric: this.props.metrics.metric('announcementsFailed', { period: FIVE_MINUTES }),
      // It is only sent when there is something to tell of.
      missing: TreatMissingData.NOT_BREACHING,
    });
  }

  private watchBronze(): void {
    const { bronzeFunction, metrics } = this.props;
    for (const level of ['warning', 'critical'] as const) {
      this.alarm(`bronze-iterator-age-${level}`, {
        metric: bronzeFunction.metric('IteratorAge', { statistic: 'Maximum', period: FIVE_MINUTES }),
        scale: HOUR.toMilliseconds(),
        periods: 3,
        // A stream without changes has no age.
        missing: TreatMissingData.NOT_BREACHING,
      });
    }
    this.alarm('bronze-failed', {
      metric: bronzeFunction.metricErrors({ period: FIVE_MINUTES }),
      // Lambda tries a batch again by itself, so a failure or two tell nothing yet.
      periods: 3,
      // No batch, no failure.
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm('rejected-records', {
      metric: metrics.metric('recordsRejected', { period: FIVE_MINUTES }),
      // It is only sent when there are some.
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm('sequence-anomalies', {
      metric: metrics.metric('sequenceAnomalies', { period: FIVE_MINUTES }),
      // It is only sent when there are some.
      missing: TreatMissingData.NOT_BREACHING,
    });
  }

  private watchData(): void {
    const { metrics, silverSchedule, deadLetters } = this.props;
    const period = periodOf(silverSchedule);
    this.alarm('freshness-missed', {
      metric: metrics.metric('freshness', { period }),
      scale: Duration.minutes(1).toSeconds(),
      threshold: this.freshnessTarget().toMinutes({ integral: false }),
      operator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // Every run sends it, with 0 when nothing was new. A run that is missing tells nothing of the wait; silver-did-not-run tells of it.
      missing: TreatMissingData.IGNORE,
    });
    this.alarm('failed-batches', {
      metric: metrics.metric('failedBatches', { period }),
      // It is only sent while there are some.
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm('stream-paused', {
      metric: metrics.metric('hoursPaused', { period }),
      // It is only sent while something is paused.
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm('poisoned-files', {
      metric: metrics.metric('poisonedFiles', { period }),
      // It is only sent while there are some.
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm('quarantine-rate', {
      metric: new MathExpression({
        label: 'Quarantined items in percent',
        expression: '100 * quarantined / merged',
        usingMetrics: { quarantined: metrics.metric('itemsQuarantined'), merged: metrics.metric('itemsMerged') },
        period,
      }),
      // No item was held back, or none changed.
      missing: TreatMissingData.NOT_BREACHING,
    });
    this.alarm('schedule-dead-letters', {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      // SQS stops counting a queue that has been empty for some hours.
      missing: TreatMissingData.NOT_BREACHING,
    });
  }

  private freshnessTarget(): Duration {
    const { options, silverSchedule } = this.props;
    const interval = intervalOf(silverSchedule);
    return options.freshnessTarget ?? (interval ? Duration.seconds(2 * interval.toSeconds()) : Duration.days(1));
  }

  private alarm(name: AlarmName, rule: AlarmRuleProps): Alarm | undefined {
    const spec: AlarmSpec = ALARMS[name];
    const setting = this.props.options.alarms?.[name];
    const threshold = setting ? setting._threshold() : rule.threshold ?? spec.threshold;
    if (threshold === undefined) return undefined;
    const alarm = new Alarm(this, name, {
      alarmName: `${this.props.pipeline}-${name}`,
      alarmDescription: `${spec.sentence} What to do: ${runbookSection(name)}`,
      metric: rule.metric,
      threshold: threshold * (rule.scale ?? 1),
      evaluationPeriods: rule.periods ?? 1,
      comparisonOperator: rule.operator ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: rule.missing,
    });
    const { alarmTopic, okActions = false } = this.props.options;
    for (const action of [...alarmTopic ? [new SnsAction(alarmTopic)] : [], ...this.actions]) {
      alarm.addAlarmAction(action);
      // CloudWatch also does it when the alarm's first data come, in which there is nothing to tell.
      if (okActions) alarm.addOkAction(action);
      if (rule.missing === TreatMissingData.MISSING) alarm.addInsufficientDataAction(action);
    }
    (this.alarms as { [name in AlarmName]?: Alarm })[name] = alarm;
    return alarm;
  }
}

interface AlarmRuleProps {
  readonly metric: IMetric;
  readonly missing: TreatMissingData;
  /** In the alarm's unit; where the catalogue's does not hold. */
  readonly threshold?: number;
  /** How much of the metric's unit one of the alarm's is. */
  readonly scale?: number;
  readonly operator?: ComparisonOperator;
  /** How many in a row. */
  readonly periods?: number;
}
