import { Annotations, Duration, type TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression, type ISchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { HandlerFunction } from '../shipping/handler-function';
import { ScheduledInvocation } from '../shipping/scheduled-invocation';
import { functionStart } from '../shipping/start-target';
import { DEPLOYMENT_KEY, JOURNAL_PREFIX, REBUILDS_PREFIX, RUNS_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';
import type { MaintenanceOptions } from './maintenance-options';

export interface MaintenanceStageProps {
  readonly lake: Lake;
  readonly specJson: string;
  readonly options: MaintenanceOptions;
  /** Where a night is at night. */
  readonly timeZone?: TimeZone;
}

/** Keeps tables in shape, prunes what nothing needs any more, and finds files that were missed. */
export class MaintenanceStage extends Construct {
  public readonly handler: HandlerFunction;
  public readonly schedule: ISchedule;
  public readonly runsAt: ScheduleExpression;

  public constructor(scope: Construct, id: string, { lake, specJson, options, timeZone }: MaintenanceStageProps) {
    super(scope, id);
    const { access } = lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'maintenance',
      description: 'Compacts, vacuums and prunes the tables of the lake',
      specJson,
      environment: lake.environment,
      // It waits for Athena nearly all the time; lists of file names are the most that it holds.
      memorySize: 256,
      timeout: Duration.minutes(15),
    });
    // The next start repeats what failed; Lambda's own repetition would only come too early.
    this.handler.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.handler.allow(
      ...access.runQueries(),
      // Without the right to delete, VACUUM succeeds and leaves everything as it is.
      ...access.writeTables('silver', 'gold', 'bookkeeping'),
      ...access.pruneTableVersions('silver', 'gold', 'bookkeeping'),
      ...access.readObjects(DEPLOYMENT_KEY, JOURNAL_PREFIX, REBUILDS_PREFIX, RUNS_PREFIX),
      ...access.writeObjects(JOURNAL_PREFIX),
      ...access.deleteObjects(RUNS_PREFIX),
    );
    this.runsAt = options.schedule ?? ScheduleExpression.cron({ minute: '40', hour: '3', timeZone });
    this.schedule = new ScheduledInvocation(this, 'Schedule', {
      target: functionStart(this.handler.function),
      schedule: this.runsAt,
      description: 'Starts Maintenance',
      deadLetters: lake.deadLetters,
      enabled: options.enabled,
    }).schedule;
    if (options.bronzeRetention) this.warnOfShortBronze(options.bronzeRetention);
  }

  private warnOfShortBronze(retention: Duration): void {
    Annotations.of(this).addWarningV2('cdk-medallion-analytics:bronzeRetention', `Bronze keeps changes for ${retention.toDays()} days only: `
      + 'a changed definition cannot be applied to rows whose last change is older (rebuild), nor can be told which changes made them '
      + '(explain), and a lost Silver table cannot be made again from Bronze alone. Leave out maintenance.bronzeRetention to keep all.');
  }
}
