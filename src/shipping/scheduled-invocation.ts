import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, type ISchedule, type ScheduleExpression, type ScheduleTargetConfig } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { invokeAccess } from './invoke-access';

export interface ScheduledInvocationProps {
  readonly function: IFunction;
  readonly schedule: ScheduleExpression;
  readonly description: string;
}

/** Starts a stage again and again. Its role may invoke this one function, and not its versions as CDK's own target would. */
export class ScheduledInvocation extends Construct {
  public readonly schedule: ISchedule;

  public constructor(scope: Construct, id: string, props: ScheduledInvocationProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        // Nobody else's schedule may borrow the role.
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(invokeAccess(props.function));
    const target: ScheduleTargetConfig = { arn: props.function.functionArn, role };
    this.schedule = new Schedule(this, 'Schedule', {
      description: props.description,
      schedule: props.schedule,
      target: { bind: () => target },
    });
    // A schedule's first start must find the role's policy.
    this.schedule.node.addDependency(role);
  }
}
