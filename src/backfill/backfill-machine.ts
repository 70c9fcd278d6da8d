import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice, Condition, CustomState, DefinitionBody, Fail, JsonPath, LogLevel, Map, Pass, StateMachine, Succeed, Wait, WaitTime,
  type IChainable,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../shipping/acknowledge-wildcard';
import { functionLogs } from '../shipping/function-logs';
import { invokeAccess } from '../shipping/invoke-access';

export interface BackfillMachineProps {
  readonly handler: IFunction;
}

/** Tables that are backfilled side by side. */
const WIDTH = 4;

/** Nothing that a table needs takes so long. */
const TIMEOUT = Duration.days(7);

/** What passes when tried again. An export that was refused, or is corrupt, does not. */
const TRANSIENT = [
  'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.TooManyRequestsException', 'Lambda.Unknown',
  'Sandbox.Timedout', 'BackfillBusyError', 'LimitExceededException', 'ThrottlingException', 'TimeoutError',
];

/**
 * Runs backfills to their end, which may take hours: it only asks the handler again and again to go on. One table's failure stops no
 * other; the execution then ends in `BackfillFailed` with the cause of each.
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
      timeout: TIMEOUT,
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        destination: functionLogs(this, 'Logs'),
      },
    });
  }

  private definition(): IChainable {
    const failed = new Fail(this, 'BackfillFailed', { errorPath: '$.failure.Error', causePath: '$.failure.Cause' });
    const plan = this.ask('Plan', { 'action': 'plan', 'input.$': '$', 'name.$': '$$.Execution.Name' }, {}).addCatch(failed, { resultPath: '$.failure' });
    const tables = new Map(this, 'Tables', { itemsPath: '$.backfills', maxConcurrency: WIDTH, itemSelector: { request: JsonPath.objectAt('$$.Map.Item.Value') } });
    const conclude = this.ask('Conclude', { 'action': 'conclude', 'ends.$': '$.ends' }, { ResultPath: null }).addCatch(failed, { resultPath: '$.failure' });
    return plan.next(tables.itemProcessor(this.oneTable())).next(new Pass(this, 'Ends', { parameters: { 'ends.$': '$' } }))
      .next(conclude).next(new Succeed(this, 'Done'));
  }

  private oneTable(): IChainable {
    const over = new Pass(this, 'TableOver');
    const advance = this.ask('Advance', { 'action': 'advance', 'request.$': '$.request' }, { ResultPath: '$.step' }).addCatch(over, { resultPath: '$.failure' });
    const wait = new Wait(this, 'Waiting', { time: WaitTime.secondsPath('$.step.seconds') });
    wait.next(advance);
    return advance.next(new Choice(this, 'WhatNext')
      .when(Condition.stringEquals('$.step.state', 'done'), over)
      .when(Condition.stringEquals('$.step.state', 'waiting'), wait)
      .otherwise(advance));
  }

  /** The CDK's own task would also allow the versions of the function, of which there are none. */
  private ask(id: string, parameters: object, output: object): CustomState {
    return new CustomState(this, id, {
      stateJson: {
        Type: 'Task',
        Resource: this.props.handler.functionArn,
        Parameters: parameters,
        Retry: [{ ErrorEquals: TRANSIENT, IntervalSeconds: 30, MaxAttempts: 10, BackoffRate: 1.5, JitterStrategy: 'FULL', MaxDelaySeconds: 600 }],
        ...output,
      },
    });
  }
}
