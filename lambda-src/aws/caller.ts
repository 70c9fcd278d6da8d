import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CLIENT_SETTINGS } from './client-settings';

/** The ARN of the user or role whose credentials these are; anybody may ask. */
export async function callerArn(): Promise<string> {
  const { Arn: arn } = await new STSClient(CLIENT_SETTINGS).send(new GetCallerIdentityCommand({}));
  return arn!;
}
