import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Starts a function and does not wait for what it does. */
export async function startFunction(client: LambdaClient, functionArn: string): Promise<void> {
  await client.send(new InvokeCommand({ FunctionName: functionArn, InvocationType: 'Event' }));
}
