import { readFileSync } from 'node:fs';
import type { DeployedParts } from '../cost/workload';
import type { FoundPipeline } from './find-pipelines';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly ScheduleExpression?: unknown; readonly Metrics?: readonly { readonly MetricStat?: unknown }[] };
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

const HOURS = { minute: 1 / 60, minutes: 1 / 60, hour: 1, hours: 1, day: 24, days: 24 };
/** What the construct sets where nothing else is said; also for schedules that are no plain rates. */
const USUAL = { silver: 48, gold: 24, alarmMetrics: 20, dashboards: 1 };

/** What a pipeline's template deploys. An app that leaves out the paths of its resources counts as having the usual parts, and no key. */
export function templateParts({ path, template }: Pick<FoundPipeline, 'path' | 'template'>): DeployedParts {
  const { Resources: resources = {} } = JSON.parse(readFileSync(template, 'utf8')) as { readonly Resources?: { readonly [id: string]: Resource } };
  const own = Object.values(resources).filter(({ Metadata }) => Metadata?.['aws:cdk:path']?.startsWith(`${path}/`));
  const count = (type: string) => own.filter(({ Type }) => Type === type).length;
  const runsPerDay = (stage: 'silver' | 'gold') => {
    const inStage = `${path}/${stage === 'silver' ? 'Silver' : 'Gold'}/`.toLowerCase();
    const schedule = own.find(({ Type, Metadata }) => Type === 'AWS::Scheduler::Schedule' && Metadata!['aws:cdk:path']!.toLowerCase().startsWith(inStage));
    return startsPerDay(schedule?.Properties?.ScheduleExpression) ?? USUAL[stage];
  };
  const alarms = own.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  return {
    alarmMetrics: own.length === 0 ? USUAL.alarmMetrics : alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    dashboards: own.length === 0 ? USUAL.dashboards : count('AWS::CloudWatch::Dashboard'),
    keys: count('AWS::KMS::Key'),
    silverRunsPerDay: runsPerDay('silver'),
    goldRunsPerDay: runsPerDay('gold'),
  };
}

/** An alarm on an expression is billed for every metric in it. */
function metricsOf({ Properties }: Resource): number {
  return Properties?.Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

function startsPerDay(expression: unknown): number | undefined {
  const [, number, unit] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(String(expression)) ?? [];
  return number === undefined ? undefined : 24 / (Number(number) * HOURS[unit as keyof typeof HOURS]);
}
