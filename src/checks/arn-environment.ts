import { Arn, ArnFormat, Token } from 'aws-cdk-lib';
import type { ResourceEnvironment } from 'aws-cdk-lib/interfaces';

/** Where something is by its ARN: what is imported has the environment of the stack that imports it, whatever its ARN says. */
export function arnEnvironment(arn: string, { account, region }: ResourceEnvironment): ResourceEnvironment {
  if (Token.isUnresolved(arn)) return { account, region };
  const said = Arn.split(arn, ArnFormat.NO_RESOURCE_NAME);
  return { account: said.account || account, region: said.region || region };
}
