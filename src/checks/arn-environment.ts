import { Arn, ArnFormat, CfnResource, Token } from 'aws-cdk-lib';
import type { IEnvironmentAware, ResourceEnvironment } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';

/** Where something is by its ARN: what is imported has the environment of the stack that imports it, whatever its ARN says. */
export function arnEnvironment(arn: string, { account, region }: ResourceEnvironment): ResourceEnvironment {
  if (Token.isUnresolved(arn)) return { account, region };
  const said = Arn.split(arn, ArnFormat.NO_RESOURCE_NAME);
  return { account: said.account || account, region: said.region || region };
}

/** Where the app makes something; undefined for what is imported by its name alone, which is one of wherever it is used. */
export function madeIn(resource: (IConstruct & IEnvironmentAware) | undefined): ResourceEnvironment | undefined {
  return resource && CfnResource.isCfnResource(resource) ? resource.env : undefined;
}
