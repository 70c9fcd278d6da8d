import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleTargetInput, type ISchedule, type ScheduleExpression, type ScheduleTargetConfig } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters';
import type { StartTarget } from './start-target';

export interface ScheduledInvocationProps {
  readonly target: StartTarget;
  readonly schedule: ScheduleExpression;
  readonly description: string;
  /** Where a start ends up that could not be delivered. */
  readonly deadLetters: DeadLetters;
  /** On unless false. */
  readonly enabled?: boolean;
}

/**
 * Delivery is retried for as long as a start is not yet overtaken by the next one. Starts that come together do no harm: one of them
 * works.
 */
const RETRIES = { maximumEventAgeInSeconds: 60 * 60, maximumRetryAttempts: 10 };

/** Starts a stage again and again. Its role may start this one target, and no versions of a function as CDK's own target would. */
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
    role.addToPolicy(props.target.access);
    props.deadLetters.allowSending(role);
    const { arn, input } = props.target;
    const target: ScheduleTargetConfig = {
      arn,
      role,
      retryPolicy: RETRIES,
      deadLetterConfig: { arn: props.deadLetters.queue.queueArn },
      ...input !== undefined && { input: ScheduleTargetInput.fromObject(input) },
    };
    this.schedule = new Schedule(this, 'Schedule', {
      description: props.description,
      schedule: props.schedule,
      enabled: props.enabled,
      target: { bind: () => target },
    });
    // A schedule's first start must find the role's policy.
    this.schedule.node.addDependency(role);
  }
}
