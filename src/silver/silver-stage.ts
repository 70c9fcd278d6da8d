import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISchedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { HandlerFunction } from '../shipping/handler-function';
import { invokeAccess } from '../shipping/invoke-access';
import { ScheduledInvocation } from '../shipping/scheduled-invocation';
import { functionStart } from '../shipping/start-target';
import { ENVIRONMENT } from '../spec/environment';
import { DEPLOYMENT_KEY, JOURNAL_PREFIX, PAUSED_KEY, REBUILDS_PREFIX, RUNS_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';

export interface SilverStageProps {
  readonly lake: Lake;
  readonly specJson: string;
  readonly schedule: ScheduleExpression;
  /** Started after a run that changed something. */
  readonly goldFunction: IFunction;
  /** Started while a definition's change is being carried out. */
  readonly rebuildFunction: IFunction;
}

/** Brings new Bronze files into the Silver tables. */
export class SilverStage extends Construct {
  public readonly handler: HandlerFunction;
  public readonly schedule: ISchedule;

  public constructor(scope: Construct, id: string, props: SilverStageProps) {
    super(scope, id);
    const { access } = props.lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'silver',
      description: 'Merges new Bronze files into Silver tables',
      specJson: props.specJson,
      environment: {
        ...props.lake.environment,
        [ENVIRONMENT.goldFunction]: props.goldFunction.functionArn,
        [ENVIRONMENT.rebuildFunction]: props.rebuildFunction.functionArn,
      },
      // It waits for Athena nearly all the time; lists of file names are the most that it holds.
      memorySize: 256,
      timeout: Duration.minutes(15),
    });
    // The next start repeats what failed; Lambda's own repetition would only come too early.
    this.handler.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.handler.allow(
      ...access.runQueries(),
      ...access.readTables('bronze'),
      ...access.writeTables('silver', 'bookkeeping'),
      ...access.readObjects(DEPLOYMENT_KEY, PAUSED_KEY, JOURNAL_PREFIX, REBUILDS_PREFIX, RUNS_PREFIX),
      ...access.writeObjects(JOURNAL_PREFIX, REBUILDS_PREFIX, RUNS_PREFIX),
    );
    this.handler.role.addToPolicy(invokeAccess(props.goldFunction));
    this.handler.role.addToPolicy(invokeAccess(props.rebuildFunction));
    this.schedule = new ScheduledInvocation(this, 'Schedule', {
      target: functionStart(this.handler.function),
      schedule: props.schedule,
      deadLetters: props.lake.deadLetters,
      description: 'Starts the Silver stage',
    }).schedule;
  }
}
