import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, type IAlarm, type IMetric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, type EventPattern } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allowHashing } from '../bronze/hashing';
import { acknowledgeWildcard } from '../shipping/acknowledge-wildcard';
import { HandlerFunction } from '../shipping/handler-function';
import { invokeAccess } from '../shipping/invoke-access';
import { ScheduledInvocation } from '../shipping/scheduled-invocation';
import { executionStart } from '../shipping/start-target';
import { ENVIRONMENT } from '../spec/environment';
import type { PipelineSpec } from '../spec/pipeline-spec';
import {
  BACKFILLS_PREFIX, BRONZE_PREFIX, DEPLOYMENT_KEY, EXPORTS_PREFIX, JOURNAL_PREFIX, PAUSED_KEY, REJECTED_PREFIX, RUNS_PREFIX,
} from '../spec/storage-layout';
import type { Lake } from '../storage/lake';
import { BackfillMachine } from './backfill-machine';
import type { BackfillOptions } from './backfill-options';
import { pointInTimeRecovery } from './point-in-time-recovery';

export interface BackfillStageProps extends BackfillOptions {
  readonly lake: Lake;
  readonly spec: PipelineSpec;
  readonly specJson: string;
  /** Silver table to its source. */
  readonly sources: { readonly [silverTable: string]: ITable };
  /** Takes what a backfill has loaded. */
  readonly silverFunction: IFunction;
}

/** Loads exports of the source tables: by hand, at first deploy, or where a stream has lost changes. Idle it costs nothing. */
export class BackfillStage extends Construct {
  public readonly handler: HandlerFunction;
  public readonly stateMachine: StateMachine;

  public constructor(scope: Construct, id: string, private readonly props: BackfillStageProps) {
    super(scope, id);
    const { lake } = props;
    this.handler = new HandlerFunction(this, 'Handler', {
      handler: 'backfill',
      description: 'Loads exports of DynamoDB tables into the Bronze change log',
      specJson: props.specJson,
      environment: { ...lake.environment, [ENVIRONMENT.silverFunction]: props.silverFunction.functionArn },
      // One CPU in full, and room for the rows of one file.
      memorySize: 2048,
      timeout: Duration.minutes(15),
    });
    this.handler.allow(
      ...lake.access.runQueries(),
      ...lake.access.readTables('bronze', 'silver', 'bookkeeping'),
      ...lake.access.readObjects(DEPLOYMENT_KEY, PAUSED_KEY, JOURNAL_PREFIX, RUNS_PREFIX, EXPORTS_PREFIX, BACKFILLS_PREFIX),
      ...lake.access.writeObjects(BRONZE_PREFIX, REJECTED_PREFIX, RUNS_PREFIX, EXPORTS_PREFIX, BACKFILLS_PREFIX),
    );
    this.handler.role.addToPolicy(invokeAccess(props.silverFunction));
    allowHashing(this.handler, lake);
    this.exportTables();
    this.stateMachine = new BackfillMachine(this, 'Machine', {
      handler: this.handler.function, tables: Object.keys(props.spec.tables).length,
    }).stateMachine;
    if (props.atFirstDeploy) this.startAtFirstDeploy();
    this.sayWhatIsNeeded();
  }

  /** Starts when one of the alarms begins to ring, and when it has stopped. */
  public healOn(alarms: readonly IAlarm[]): void {
    if (alarms.length === 0) return;
    this.start('Heal', 'Exports and loads the time that a stream may have lost', {
      source: ['aws.cloudwatch'],
      detailType: ['CloudWatch Alarm State Change'],
      resources: alarms.map(({ alarmArn }) => alarmArn),
      detail: { state: { value: ['ALARM', 'OK'] } },
    }, RuleTargetInput.fromEventPath('$.detail'));
  }

  /** Executions that failed, or took so long that they were ended. Who aborts one knows of it. */
  public metricUnfinished({ period }: MetricOptions): IMetric {
    return new MathExpression({
      label: 'Backfills that failed or took too long',
      // Neither is sent when there is none.
      expression: 'SUM(METRICS())',
      usingMetrics: { failed: this.stateMachine.metricFailed(), late: this.stateMachine.metricTimedOut() },
      period,
    });
  }

  private exportTables(): void {
    const { role } = this.handler;
    // In the order of the spec, which is sorted.
    for (const silverTable of Object.keys(this.props.spec.tables)) {
      const { tableArn, encryptionKey } = this.props.sources[silverTable];
      role.addToPolicy(new PolicyStatement({
        actions: ['dynamodb:DescribeContinuousBackups', 'dynamodb:ExportTableToPointInTime', 'dynamodb:BatchGetItem'], resources: [tableArn],
      }));
      const exports = `${tableArn}/export/*`;
      role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:DescribeExport'], resources: [exports] }));
      acknowledgeWildcard(role, exports, 'DynamoDB names an export when it begins.');
      if (encryptionKey) role.addToPolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] }));
    }
    // DynamoDB writes the export with this role's rights, and hands each object over to the owner of the bucket.
    this.handler.allow({
      actions: ['s3:PutObjectAcl'],
      resources: [this.props.lake.bucket.arnForObjects(`${EXPORTS_PREFIX}*`)],
      wildcardReason: 'DynamoDB names the objects of an export.',
    });
  }

  /** After the whole deploy, since only then the streams are read. Tables that have been loaded once are left alone. */
  private startAtFirstDeploy(): void {
    this.start('FirstDeploy', 'Loads tables in full after the deploy that adds them', {
      source: ['aws.cloudformation'],
      detailType: ['CloudFormation Stack Status Change'],
      detail: { 'stack-id': [Stack.of(this).stackId], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
    }, RuleTargetInput.fromObject({ kind: 'first' }));
    // A rule may not see events at once when it is made or changed, and the deploy that it waits for may end within seconds.
    new ScheduledInvocation(this, 'Missed', {
      target: executionStart(this.stateMachine, { kind: 'missed' }),
      schedule: ScheduleExpression.cron({ minute: '50', hour: '4' }),
      description: 'Loads tables in full whose first load has not begun',
      deadLetters: this.props.lake.deadLetters,
    });
  }

  private start(id: string, description: string, eventPattern: EventPattern, input: RuleTargetInput): void {
    new Rule(this, id, { description, eventPattern, targets: [new SfnStateMachine(this.stateMachine, { input })] });
  }

  private startsByItself(): string[] {
    const { atFirstDeploy, healOnIteratorAge, healOn = [] } = this.props;
    return [...atFirstDeploy ? ['atFirstDeploy'] : [], ...healOnIteratorAge ? ['healOnIteratorAge'] : [], ...healOn.length > 0 ? ['healOn'] : []];
  }

  /** What only shows when a table has to be exported is said while there is time. */
  private sayWhatIsNeeded(): void {
    for (const [silverTable, source] of Object.entries(this.props.sources)) {
      const recovery = pointInTimeRecovery(source);
      if (recovery === 'on') continue;
      const where = recovery === 'off' ? 'is off' : 'is not known, the table is imported: make sure that it is on';
      const text = `tables.${silverTable}: point-in-time recovery of its DynamoDB table ${where}. Backfill, heal and repair export from it; `
        + 'fix: pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true }';
      const [asked] = this.startsByItself();
      if (recovery === 'off' && asked !== undefined) Annotations.of(this).addError(`${text}, or leave out backfill.${asked}`);
      else if (recovery === 'off') Annotations.of(this).addWarningV2(`cdk-medallion-analytics:pitr-${silverTable}`, text);
      else Annotations.of(this).addInfo(text);
    }
  }
}
