import type { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Access } from '../query/access';
import { acknowledgeWildcard } from './acknowledge-wildcard';
import { functionLogs } from './function-logs';
import { functionSettings } from './function-settings';
import type { Handler } from './handler-assets';
import { handlerCode } from './handler-code';

export interface HandlerFunctionProps {
  readonly handler: Handler;
  readonly description: string;
  readonly specJson: string;
  readonly environment: { readonly [name: string]: string };
  /** In MiB, unless the user says otherwise; a Lambda's share of a CPU grows with it. */
  readonly memorySize: number;
  readonly timeout: Duration;
}

/** One of the pipeline's Lambdas, with a role that can do nothing but what `allow` adds. */
export class HandlerFunction extends Construct {
  public readonly function: Function;
  public readonly role: Role;

  public constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { architecture, functions } = functionSettings(this);
    const { memorySize, timeout } = { ...props, ...functions[props.handler] };
    const logGroup = functionLogs(this, 'Logs');
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: props.description });
    logGroup.grantWrite(this.role);
    this.function = new Function(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture,
      handler: `${props.handler}.handler`,
      code: handlerCode(this, props.handler, props.specJson),
      memorySize,
      timeout,
      environment: { ...props.environment },
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
  }

  public allow(...accesses: readonly Access[]): void {
    for (const { actions, resources, conditions, wildcardReason } of accesses) {
      this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }));
      if (wildcardReason === undefined) continue;
      for (const resource of resources) acknowledgeWildcard(this.role, resource, wildcardReason);
    }
  }
}
