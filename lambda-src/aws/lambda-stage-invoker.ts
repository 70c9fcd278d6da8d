import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { InvocationOutcome, StageInvoker } from '../operations/invoke-stage';
import { CLIENT_SETTINGS } from './client-settings';

/** A function runs for 15 minutes at the most; asked twice it would run twice. */
const PATIENT = { maxAttempts: 1, requestHandler: { ...CLIENT_SETTINGS.requestHandler, requestTimeout: 16 * 60 * 1000 } };

/** Invokes Lambda functions and waits for their answers. */
export class LambdaStageInvoker implements StageInvoker {
  private readonly client = new LambdaClient(PATIENT);

  public async invoke(functionName: string, payload: object): Promise<InvocationOutcome> {
    const output = await this.client.send(new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(payload)) }));
    const text = output.Payload?.transformToString() ?? '';
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    return output.FunctionError === undefined ? { state: 'succeeded', answer } : { state: 'failed', message: messageOf(answer, output.FunctionError) };
  }
}

function messageOf(answer: unknown, functionError: string): string {
  const { errorType, errorMessage } = (answer ?? {}) as { readonly errorType?: string; readonly errorMessage?: string };
  return [errorType, errorMessage].filter(part => part !== undefined).join(': ') || functionError;
}
