import { Stack, Token } from 'aws-cdk-lib';
import type { AlarmActionConfig, IAlarm, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { arnEnvironment, isAnother } from '../checks/arn-environment';

/** An action of a user's, of which only what it is bound to tells where it is: CloudWatch reaches none in another region. */
export class CheckedAction implements IAlarmAction {
  private arn?: string;

  public constructor(private readonly monitoring: Construct, private readonly path: string, private readonly action: IAlarmAction) {
    monitoring.node.addValidation({ validate: () => this.problems() });
  }

  public bind(scope: Construct, alarm: IAlarm): AlarmActionConfig {
    const config = this.action.bind(scope, alarm);
    this.arn = config.alarmActionArn;
    return config;
  }

  private problems(): string[] {
    const { account, region } = Stack.of(this.monitoring);
    if (this.arn === undefined || Token.isUnresolved(this.arn) || !this.arn.startsWith('arn:')) return [];
    const { region: other } = arnEnvironment(this.arn, { account, region });
    return isAnother(other, region) ? [`${this.path}: it is in another region than the pipeline, which is in ${region} (${other}). Fix: use one in ${region}`] : [];
  }
}
