import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { invokeAccess } from './invoke-access';

/** What a schedule starts, and the right to do so. */
export interface StartTarget {
  readonly arn: string;
  readonly access: PolicyStatement;
  /** What it is given, as JSON; nothing if undefined. */
  readonly input?: object;
}

export function functionStart(target: IFunction): StartTarget {
  return { arn: target.functionArn, access: invokeAccess(target) };
}

export function executionStart({ stateMachineArn: arn }: IStateMachine, input: object): StartTarget {
  return { arn, access: new PolicyStatement({ actions: ['states:StartExecution'], resources: [arn] }), input };
}
