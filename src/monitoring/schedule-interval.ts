import { Duration } from 'aws-cdk-lib';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/** How often a schedule starts its target; undefined for cron expressions and single times, which keep no interval. */
export function intervalOf({ expressionString }: ScheduleExpression): Duration | undefined {
  const match = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expressionString);
  if (!match) return undefined;
  const count = Number(match[1]);
  switch (match[2] as 'minute' | 'hour' | 'day') {
    case 'minute': return Duration.minutes(count);
    case 'hour': return Duration.hours(count);
    case 'day': return Duration.days(count);
  }
}

/** An alarm that counts over one interval of a schedule: as long as CloudWatch lets a period be, and not so short that it flickers. */
export function periodOf(schedule: ScheduleExpression): Duration {
  const seconds = intervalOf(schedule)?.toSeconds() ?? 86_400;
  return Duration.seconds(Math.min(86_400, Math.max(300, seconds)));
}
