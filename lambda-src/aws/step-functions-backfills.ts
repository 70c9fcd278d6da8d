import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient, StartExecutionCommand, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { BackfillExecutions, ExecutionState } from '../operations/run-backfill';
import { CLIENT_SETTINGS } from './client-settings';

/** Executions of the state machine that loads exports. */
export class StepFunctionsBackfills implements BackfillExecutions {
  private readonly client = new SFNClient(CLIENT_SETTINGS);

  public constructor(private readonly stateMachineArn: string) {}

  public async start(name: string, input: object): Promise<string> {
    const { executionArn } = await this.client.send(new StartExecutionCommand({
      stateMachineArn: this.stateMachineArn, name, input: JSON.stringify(input),
    }));
    return executionArn!;
  }

  public async state(executionArn: string): Promise<ExecutionState> {
    const execution = await this.described(executionArn);
    if (execution === undefined) return { state: 'failed', message: 'there is no such execution any more' };
    switch (execution.status) {
      case 'RUNNING': case 'PENDING_REDRIVE': return { state: 'running' };
      case 'SUCCEEDED': return { state: 'succeeded', output: JSON.parse(execution.output ?? 'null') as unknown };
      default: return { state: 'failed', message: [execution.status, execution.error, execution.cause].filter(part => part).join(': ') };
    }
  }

  private async described(executionArn: string): Promise<DescribeExecutionOutput | undefined> {
    try {
      return await this.client.send(new DescribeExecutionCommand({ executionArn }));
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  }
}
