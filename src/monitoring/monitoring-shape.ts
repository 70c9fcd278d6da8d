import { Token } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';
import { closestName } from '../expression/closest-name';
import { cdkObject, listOf, made, mapOf, oneOf, optional, struct } from '../model/shape';
import { GIVE_UP_HOURS, STREAM_RETENTION_HOURS } from '../spec/stream-retention';
import { ALARM_NAMES, type AlarmName } from './alarm-catalogue';
import { AlarmSetting } from './alarm-setting';
import { MetricDetail, OperationsDashboard, type MonitoringOptions } from './monitoring-options';

/** What is wrong with monitoring options. */
export function monitoringProblems(path: string, value: unknown): readonly Problem[] {
  const misfits = SHAPE(path, value);
  if (misfits.length > 0) return misfits;
  const { alarms = {}, freshnessTarget } = value as MonitoringOptions;
  return [
    ...Object.keys(alarms).filter(name => !(ALARM_NAMES as readonly string[]).includes(name)).map(name => unknownAlarm(path, name)),
    ...Object.entries(TOO_LATE).flatMap(([name, late]) => tooLate(`${path}.alarms.${name}`, late, alarms[name]?._threshold() ?? 0)),
    ...alarms['freshness-missed']?._threshold() !== undefined && freshnessTarget ? [twoTargets(path)] : [],
    ...freshnessTarget && !isPositive(freshnessTarget.toMilliseconds()) ? [noTarget(path)] : [],
  ];
}

interface TooLate {
  /** From when on there is nothing left to warn of. */
  readonly hours: number;
  readonly what: string;
  /** A threshold that does warn. */
  readonly better: number;
}

const GIVEN_UP: TooLate = {
  hours: GIVE_UP_HOURS, what: `batches are given up when they are ${GIVE_UP_HOURS} hours old, so it would never go off`, better: 12,
};

const TOO_LATE: { readonly [name in AlarmName]?: TooLate } = {
  'bronze-iterator-age-warning': GIVEN_UP,
  'bronze-iterator-age-critical': GIVEN_UP,
  'stream-paused': {
    hours: STREAM_RETENTION_HOURS, what: `streams forget changes after ${STREAM_RETENTION_HOURS} hours, so it would go off when they are lost`, better: 4,
  },
};

const SHAPE = struct<MonitoringOptions>({
  alarmTopic: optional(cdkObject('topicArn', 'a Topic is expected', "alarmTopic: new Topic(this, 'Alarms')")),
  alarmActions: optional(listOf(cdkObject('bind', 'an IAlarmAction is expected', 'new SnsAction(topic)'), 'alarmActions: [new SnsAction(topic)]')),
  okActions: optional(oneOf([true, false], 'true or false is expected', 'okActions: true')),
  freshnessTarget: optional(cdkObject('toMilliseconds', 'a Duration is expected', 'freshnessTarget: Duration.hours(1)')),
  alarms: optional(mapOf(made(() => AlarmSetting, 'AlarmSetting.threshold(5)'), "alarms: { 'quarantine-rate': AlarmSetting.threshold(5) }")),
  metricDetail: optional(oneOf(Object.values(MetricDetail), 'a MetricDetail is expected', 'metricDetail: MetricDetail.TABLE')),
  dashboard: optional(oneOf(Object.values(OperationsDashboard), 'an OperationsDashboard is expected', 'dashboard: OperationsDashboard.NONE')),
}, "monitoring: { alarmTopic: new Topic(this, 'Alarms') }");

function unknownAlarm(path: string, name: string): Problem {
  const near = closestName(name, ALARM_NAMES);
  return {
    path: `${path}.alarms.${name}`,
    what: 'there is no such alarm',
    fix: near === undefined ? `use one of ${ALARM_NAMES.join(', ')}` : `did you mean '${near}'?`,
  };
}

function tooLate(path: string, { hours, what, better }: TooLate, threshold: number): Problem[] {
  if (threshold < hours) return [];
  return [{ path, what, value: `${threshold} hours`, fix: `give less than ${hours}, such as AlarmSetting.threshold(${better})` }];
}

function twoTargets(path: string): Problem {
  return { path: `${path}.alarms.freshness-missed`, what: 'freshnessTarget gives a threshold too', fix: 'leave one of them out' };
}

function noTarget(path: string): Problem {
  return { path: `${path}.freshnessTarget`, what: 'a plain duration of more than 0 is expected', fix: 'freshnessTarget: Duration.hours(1)' };
}

function isPositive(value: number): boolean {
  return !Token.isUnresolved(value) && value > 0;
}
