import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISchedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { HandlerFunction } from '../shipping/handler-function';
import { ScheduledInvocation } from '../shipping/scheduled-invocation';
import { functionStart } from '../shipping/start-target';
import { REFRESHED_EVENT } from '../spec/refreshed-event';
import { DEPLOYMENT_KEY, JOURNAL_PREFIX } from '../spec/storage-layout';
import type { Lake } from '../storage/lake';

export interface GoldStageProps {
  readonly lake: Lake;
  readonly specJson: string;
  readonly schedule: ScheduleExpression;
}

/** Brings what Silver changed, and what time alone changed, into the Gold tables. */
export class GoldStage extends Construct {
  public readonly handler: HandlerFunction;
  public readonly schedule: ISchedule;

  public constructor(scope: Construct, id: string, props: GoldStageProps) {
    super(scope, id);
    const { access } = props.lake;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'gold',
      description: 'Refreshes Gold tables from Silver',
      specJson: props.specJson,
      environment: props.lake.environment,
      // It waits for Athena nearly all the time.
      memorySize: 256,
      timeout: Duration.minutes(15),
    });
    // The next start repeats what failed; Lambda's own repetition would only come too early.
    this.handler.function.configureAsyncInvoke({ retryAttempts: 0 });
    this.handler.allow(
      ...access.runQueries(),
      ...access.readTables('silver', 'bookkeeping'),
      ...access.writeTables('gold'),
      ...access.readObjects(DEPLOYMENT_KEY, JOURNAL_PREFIX),
      ...access.writeObjects(JOURNAL_PREFIX),
    );
    this.handler.role.addToPolicy(new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
      conditions: { StringEquals: { 'events:source': REFRESHED_EVENT.source } },
    }));
    this.schedule = new ScheduledInvocation(this, 'Schedule', {
      target: functionStart(this.handler.function),
      schedule: props.schedule,
      deadLetters: props.lake.deadLetters,
      description: 'Starts the Gold stage, for windows that move without a change of data',
    }).schedule;
  }
}
