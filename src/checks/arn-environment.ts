import { Arn, ArnFormat, CfnResource, Token } from 'aws-cdk-lib';
import type { IEnvironmentAware, ResourceEnvironment } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';

/** Where something is by its ARN: what is imported has the environment of the stack that imports it, whatever its ARN says. */
export function arnEnvironment(arn: string, { account, region }: ResourceEnvironment): ResourceEnvironment {
  if (Token.isUnresolved(arn)) return { account, region };
  const said = Arn.split(arn, ArnFormat.NO_RESOURCE_NAME);
  return { account: said.account || account, region: said.region || region };
}

/** Whether an account or a region is another one; where either is only known at deploy, nobody can say so before. */
export function isAnother(there: string | undefined, here: string): there is string {
  return there !== undefined && !Token.isUnresolved(there) && !Token.isUnresolved(here) && there !== here;
}

/** Where the app makes something; undefined for what is imported by its name alone, which is one of wherever it is used. */
export function madeIn(resource: (IConstruct & IEnvironmentAware) | undefined): ResourceEnvironment | undefined {
  return resource && CfnResource.isCfnResource(resource) ? resource.env : undefined;
}
