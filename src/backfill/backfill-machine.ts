import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice, Condition, CustomState, DefinitionBody, DistributedMap, Fail, JsonPath, LogLevel, Pass, StateMachine, Succeed, Wait, WaitTime,
  type IChainable,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../shipping/acknowledge-wildcard';
import { functionLogs } from '../shipping/function-logs';
import { invokeAccess } from '../shipping/invoke-access';

export interface BackfillMachineProps {
  readonly handler: IFunction;
  /** How many there are. */
  readonly tables: number;
}

/** Tables that are backfilled side by side. */
const WIDTH = 4;

/** Names the tables' own executions: `<machine>/<label>`. */
const LABEL = 'Tables';

/** Nothing that a table needs takes so long. In days. */
const LONGEST_TABLE = 7;

/** No standard execution may go on for longer. In days. */
const LONGEST_EXECUTION = 365;

/** What another try would not change, or would pay another export for. Whatever else goes wrong may pass: services have bad minutes. */
const FINAL = [
  'PointInTimeRecoveryOffError', 'ExportRefusedError', 'ExportFailedError', 'ExportCorruptError', 'BackfillRefusedError', 'BackfillFailedError',
  'KeyUnreadableError', 'HashKeyError', 'IncompatibleStateError', 'TypeError',
];

/**
 * Runs backfills to their end, which may take hours: it only asks the handler again and again to go on, in an execution of its own for
 * each table, since one may hold 25,000 events. One table's failure stops no other; the execution then ends in `BackfillFailed` with the
 * cause of each.
 */
export class BackfillMachine extends Construct {
  public readonly stateMachine: StateMachine;

  public constructor(scope: Construct, id: string, private readonly props: BackfillMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }),
      description: 'Runs backfills',
    });
    role.addToPolicy(invokeAccess(props.handler));
    acknowledgeWildcard(role, '*', 'Delivery of logs and traces, which Step Functions needs, cannot be allowed for one resource alone.');
    this.stateMachine = new StateMachine(this, 'Machine', {
      comment: 'Fills Silver tables from exports of their DynamoDB tables',
      definitionBody: DefinitionBody.fromChainable(this.definition()),
      role,
      timeout: Duration.days(Math.min(LONGEST_EXECUTION, LONGEST_TABLE * Math.ceil(props.tables / WIDTH))),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        destination: functionLogs(this, 'Logs'),
      },
    });
    this.allowItsOwn();
  }

  private definition(): IChainable {
    const failed = new Fail(this, 'BackfillFailed', { errorPath: '$.failure.Error', causePath: '$.failure.Cause' });
    const plan = this.ask('Plan', { 'action': 'plan', 'input.$': '$', 'name.$': '$$.Execution.Name' }, {}).addCatch(failed, { resultPath: '$.failure' });
    const over = { 'action': 'conclude', 'backfills.$': '$.backfills', 'ends.$': '$.ends', 'execution.$': '$$.Execution.Name' };
    const conclude = this.ask('Conclude', over, { ResultPath: null }).addCatch(failed, { resultPath: '$.failure' });
    const done = new Succeed(this, 'Done');
    const tables = new DistributedMap(this, 'Tables', {
      label: LABEL,
      itemsPath: '$.backfills',
      itemSelector: { request: JsonPath.objectAt('$$.Map.Item.Value'), execution: JsonPath.stringAt('$$.Execution.Name') },
      resultPath: '$.ends',
      maxConcurrency: WIDTH,
      // The end misses whoever has not come to it.
      toleratedFailurePercentage: 100,
    });
    return plan.next(new Choice(this, 'AnyTable')
      .when(Condition.isPresent('$.backfills[0]'), tables.itemProcessor(this.oneTable()).next(conclude).next(done))
      .otherwise(done));
  }

  private oneTable(): IChainable {
    const over = new Pass(this, 'TableOver');
    const advance = this.ask('Advance', { 'action': 'advance', 'request.$': '$.request', 'execution.$': '$.execution' }, { ResultPath: '$.step' }).addCatch(over, { resultPath: '$.failure' });
    const wait = new Wait(this, 'Waiting', { time: WaitTime.secondsPath('$.step.seconds') });
    wait.next(advance);
    return advance.next(new Choice(this, 'WhatNext')
      .when(Condition.stringEquals('$.step.state', 'working'), advance)
      .when(Condition.stringEquals('$.step.state', 'waiting'), wait)
      .otherwise(over));
  }

  /** The CDK lets the machine start, watch, stop and redrive the executions of its tables, whose names nobody knows beforehand. */
  private allowItsOwn(): void {
    const { resourceName: name } = Stack.of(this).splitArn(this.stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
    for (const resourceName of [`${name}:*`, `${name}/${LABEL}:*`]) {
      const executions = Stack.of(this).formatArn({ service: 'states', resource: 'execution', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
      acknowledgeWildcard(this.stateMachine, executions, 'Step Functions names the execution of a table when it begins.');
    }
  }

  /** The CDK's own task would also allow the versions of the function, of which there are none. */
  private ask(id: string, parameters: object, output: object): CustomState {
    return new CustomState(this, id, {
      stateJson: {
        Type: 'Task',
        Resource: this.props.handler.functionArn,
        Parameters: parameters,
        Retry: [
          { ErrorEquals: FINAL, MaxAttempts: 0 },
          { ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 10, BackoffRate: 1.5, JitterStrategy: 'FULL', MaxDelaySeconds: 600 },
        ],
        ...output,
      },
    });
  }
}
