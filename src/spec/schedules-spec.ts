import { Token } from 'aws-cdk-lib';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { SchedulesSpec } from './pipeline-spec';

/** Leaves out what only a deploy decides. */
export function schedulesSpec(schedules: { readonly [stage in keyof SchedulesSpec]-?: ScheduleExpression }): SchedulesSpec {
  const known = Object.entries(schedules).filter(([, { expressionString }]) => !Token.isUnresolved(expressionString));
  return Object.fromEntries(known.map(([stage, { expressionString }]) => [stage, expressionString]));
}
