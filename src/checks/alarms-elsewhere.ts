import { Annotations, Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { arnEnvironment, isAnother } from './arn-environment';

const ELSEWHERE = 'cdk-medallion-analytics:alarmElsewhere';

/** EventBridge tells of an alarm where the alarm is; its events may be forwarded, of which the app knows nothing. */
export function warnOfAlarmsElsewhere(pipeline: Construct, alarms: readonly IAlarm[]): void {
  const { account, region } = Stack.of(pipeline);
  alarms.forEach((alarm, index) => {
    const there = arnEnvironment(alarm.alarmArn, alarm.env);
    if (isAnother(there.account, account) || isAnother(there.region, region)) {
      Annotations.of(pipeline).addWarningV2(`${ELSEWHERE}-${index}`, `backfill.healOn[${index}] is an alarm in ${there.account}, ${there.region}, and `
        + `the pipeline is in ${account}, ${region}: it heals only if the alarm's events are forwarded to the default event bus here`);
    }
  });
}
