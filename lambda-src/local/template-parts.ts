import { readFileSync } from 'node:fs';
import type { DeployedParts } from '../cost/workload';
import type { FoundPipeline } from './find-pipelines';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly ScheduleExpression?: unknown };
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

const HOURS = { minute: 1 / 60, minutes: 1 / 60, hour: 1, hours: 1, day: 24, days: 24 };
/** What the construct sets where nothing else is said; also for schedules that are no plain rates. */
const USUAL = { silver: 48, gold: 24 };

/** What a pipeline's template deploys. An app that leaves out the paths of its resources counts as having the usual parts. */
export function templateParts({ path, template }: Pick<FoundPipeline, 'path' | 'template'>): DeployedParts {
  const { Resources: resources = {} } = JSON.parse(readFileSync(template, 'utf8')) as { readonly Resources?: { readonly [id: string]: Resource } };
  const own = Object.values(resources).filter(({ Metadata }) => Metadata?.['aws:cdk:path']?.startsWith(`${path}/`));
  const count = (type: string) => own.filter(({ Type }) => Type === type).length;
  const runsPerDay = (stage: 'silver' | 'gold') => {
    const inStage = `${path}/${stage === 'silver' ? 'Silver' : 'Gold'}/`.toLowerCase();
    const schedule = own.find(({ Type, Metadata }) => Type === 'AWS::Scheduler::Schedule' && Metadata!['aws:cdk:path']!.toLowerCase().startsWith(inStage));
    return startsPerDay(schedule?.Properties?.ScheduleExpression) ?? USUAL[stage];
  };
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    keys: count('AWS::KMS::Key'),
    silverRunsPerDay: runsPerDay('silver'),
    goldRunsPerDay: runsPerDay('gold'),
  };
}

function startsPerDay(expression: unknown): number | undefined {
  const [, number, unit] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(String(expression)) ?? [];
  return number === undefined ? undefined : 24 / (Number(number) * HOURS[unit as keyof typeof HOURS]);
}
