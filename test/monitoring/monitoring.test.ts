import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaAction, SsmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AlarmSetting, MedallionAnalyticsPipeline, MetricDetail, OperationsDashboard, type MonitoringOptions } from '../../src';
import { ALARM_NAMES, ALARMS } from '../../src/monitoring/alarm-catalogue';
import { Monitoring } from '../../src/monitoring/monitoring';
import { PipelineMetrics } from '../../src/monitoring/pipeline-metrics';
import { METRICS } from '../../src/spec/metrics';
import { customers, minimal } from '../pipeline/pipelines';

const DOCS = path.join(__dirname, '..', '..', 'docs');
const NOT_ASKED_FOR = 'quarantine-rate';
/** Only where somebody listens for refreshes. */
const OF_LISTENERS = 'gold-unannounced';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Threshold: number;
  readonly TreatMissingData: string;
  readonly EvaluationPeriods: number;
  readonly Period?: number;
  readonly ComparisonOperator: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly InsufficientDataActions?: readonly unknown[];
}

/** By name without the pipeline's. */
function alarmsOf(template: Template): { readonly [name: string]: AlarmProperties } {
  return Object.fromEntries(Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties: properties }) => {
    const alarm = properties as AlarmProperties;
    return [alarm.AlarmName.replace(/^shop-/, ''), alarm];
  }));
}

/** All stages there are, whether a pipeline has them or not. */
function everything(options: MonitoringOptions, silverSchedule = ScheduleExpression.rate(Duration.minutes(30))): Template {
  const stack = new Stack(new App(), 'Shop');
  const target = (id: string) => Function.fromFunctionName(stack, id, id);
  const monitoring = new Monitoring(stack, 'Monitoring', {
    pipeline: 'shop',
    metrics: new PipelineMetrics('shop'),
    options,
    bronzeFunction: target('bronze'),
    silverSchedule,
    deadLetters: new Queue(stack, 'DeadLetters'),
  });
  monitoring.watchStage('silver', target('silver'), silverSchedule);
  monitoring.watchStage('gold', target('gold'), ScheduleExpression.rate(Duration.hours(1)));
  monitoring.watchAnnouncements();
  for (const operation of ['rebuild', 'redrive', 'backfill'] as const) monitoring.watchOperation(operation, target(operation).metricErrors());
  monitoring.watchStage('maintenance', target('maintenance'), ScheduleExpression.rate(Duration.days(1)));
  return Template.fromStack(stack);
}

describe('the alarms of a pipeline that says nothing about them', () => {
  const alarms = alarmsOf(minimal().template);

  test('are those of the catalogue, for the stages that it has', () => {
    const expected = ALARM_NAMES.filter(name => ![NOT_ASKED_FOR, OF_LISTENERS].includes(name) && !name.startsWith('maintenance-'));
    expect(Object.keys(alarms).filter(name => !name.startsWith('maintenance-')).sort()).toEqual([...expected].sort());
  });

  test('each say in a sentence what is wrong, and where it is written what to do', () => {
    for (const [name, { AlarmDescription: description }] of Object.entries(alarms)) {
      expect(description).toMatch(new RegExp(`^[A-Z].*\\. What to do: https://.*/docs/runbook\\.md#${name}$`));
      expect(description.length).toBeLessThanOrEqual(1024);
    }
  });

  test('tell nobody', () => {
    for (const alarm of Object.values(alarms)) expect(alarm).not.toHaveProperty('AlarmActions');
  });

  test('stay quiet while nothing happens: only a stage that does not start is told by silence', () => {
    const treating = (missing: string) => Object.keys(alarms).filter(name => alarms[name].TreatMissingData === missing).sort();
    expect(treating('breaching')).toEqual([]);
    expect(treating('missing')).toEqual(['gold-did-not-run', 'maintenance-did-not-run', 'silver-did-not-run']);
  });

  test('give the stream\'s age in the unit of Lambda, and freshness in the unit of the metric', () => {
    expect(alarms['bronze-iterator-age-warning'].Threshold).toBe(6 * 3_600_000);
    expect(alarms['bronze-iterator-age-critical'].Threshold).toBe(18 * 3_600_000);
    expect(alarms['freshness-missed']).toMatchObject({ Threshold: 3600, Period: 1800, ComparisonOperator: 'GreaterThanThreshold' });
  });
});

describe('options', () => {
  test.each([undefined, true])('an alarm tells the topic, and does what else is asked, when it goes off; when it is over with okActions: %s', okActions => {
    const alarmTopic = Topic.fromTopicArn(new Stack(new App(), 'Other'), 'T', 'arn:aws:sns:eu-west-1:111122223333:alarms');
    const alarms = alarmsOf(everything({ alarmTopic, alarmActions: [new SsmAction('A' as never)], okActions }));
    for (const [name, { AlarmActions: actions, OKActions: over, InsufficientDataActions: silent }] of Object.entries(alarms)) {
      expect(silent).toEqual(name.endsWith('-did-not-run') ? actions : undefined);
      expect(actions).toHaveLength(2);
      expect(actions).toContain('arn:aws:sns:eu-west-1:111122223333:alarms');
      expect(over).toEqual(okActions ? actions : undefined);
    }
  });

  test('one function may be what all alarms start', () => {
    const stack = new Stack(new App(), 'Shop');
    const pager = new Function(stack, 'Pager', { runtime: Runtime.NODEJS_LATEST, handler: 'index.handler', code: Code.fromInline('//') });
    const pipeline = new MedallionAnalyticsPipeline(stack, 'Analytics', {
      tables: { customers: customers(stack) }, monitoring: { alarmActions: [new LambdaAction(pager, { useUniquePermissionId: true })] },
    });
    pipeline.onRefreshed('SendReport');
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::Lambda::Permission', { Principal: 'lambda.alarms.cloudwatch.amazonaws.com' },
      Object.keys(pipeline.alarms).length);
  });

  test('every alarm of the catalogue exists where all stages do and a rate is chosen', () => {
    const alarms = alarmsOf(everything({ alarms: { [NOT_ASKED_FOR]: AlarmSetting.threshold(5) } }));
    expect(Object.keys(alarms).sort()).toEqual([...ALARM_NAMES].sort());
    expect(alarms[NOT_ASKED_FOR].Threshold).toBe(5);
  });

  test('a threshold is in the unit of the alarm, and an alarm that is off is not there', () => {
    const alarms = alarmsOf(everything({
      alarms: {
        'bronze-iterator-age-warning': AlarmSetting.threshold(2), 'freshness-missed': AlarmSetting.threshold(90), 'poisoned-files': AlarmSetting.off(),
      },
    }));
    expect(alarms['bronze-iterator-age-warning'].Threshold).toBe(7_200_000);
    expect(alarms['freshness-missed'].Threshold).toBe(5400);
    expect(alarms).not.toHaveProperty('poisoned-files');
  });

  test.each([
    ['rate(5 minutes)', { Threshold: 600, Period: 300 }],
    ['rate(1 day)', { Threshold: 172_800, Period: 86_400 }],
    ['cron(0 6 ? * MON-FRI *)', { Threshold: 86_400, Period: 86_400 }],
  ])('the freshness target follows the schedule %s', (expression, expected) => {
    expect(alarmsOf(everything({}, ScheduleExpression.expression(expression)))['freshness-missed']).toMatchObject(expected);
  });

  test('a freshness target that is given holds', () => {
    expect(alarmsOf(everything({ freshnessTarget: Duration.minutes(10) }))['freshness-missed'].Threshold).toBe(600);
  });

  test.each([
    ['rate(1 minute)', { Period: 300, EvaluationPeriods: 3 }], ['rate(30 minutes)', { Period: 1800, EvaluationPeriods: 3 }],
    ['rate(2 days)', { Period: 86_400, EvaluationPeriods: 6 }], ['cron(0 6 ? * MON-FRI *)', { Period: 86_400, EvaluationPeriods: 4 }],
  ])('a stage with the schedule %s is missed within what CloudWatch can look back on', (expression, expected) => {
    expect(alarmsOf(everything({}, ScheduleExpression.expression(expression)))['silver-did-not-run']).toMatchObject(expected);
  });

  test('a stage that starts less often than CloudWatch looks back is not missed', () => {
    expect(alarmsOf(everything({}, ScheduleExpression.rate(Duration.days(3))))).not.toHaveProperty('silver-did-not-run');
  });

  test('metrics of tables are asked for of every function that sends any', () => {
    const { template } = minimal({ monitoring: { metricDetail: MetricDetail.TABLE } });
    const modes = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Architectures: ['arm64'] } }))
      .map(({ Properties: { Environment: { Variables: variables } } }) => (variables as { readonly METRIC_DETAIL?: string }).METRIC_DETAIL);
    expect(modes.filter(mode => mode !== undefined).length).toBeGreaterThanOrEqual(4);
    expect(modes).not.toContain('pipeline');
  });

  test('what cannot be is refused at synth, all of it at once, with the fix', () => {
    const refused = (monitoring: object) => { try { minimal({ monitoring }); return ''; } catch (error) { return (error as Error).message; } };
    const wrong = refused({ freshnessTarget: Duration.seconds(0), alarms: { 'posioned-files': AlarmSetting.off(), 'x': AlarmSetting.off() } });
    expect(wrong).toContain("monitoring.alarms.posioned-files: there is no such alarm. Fix: did you mean 'poisoned-files'?");
    expect(wrong).toContain('monitoring.alarms.x: there is no such alarm. Fix: use one of bronze-iterator-age-warning, ');
    expect(wrong).toContain('monitoring.freshnessTarget: a plain duration of more than 0 is expected');
    expect(refused({ alarms: { 'silver-failed': AlarmSetting.threshold(0) } })).toContain('more than 0 (0). Fix: AlarmSetting.threshold(5), or AlarmSetting.off()');
    expect(refused({ alarms: { 'silver-failed': AlarmSetting.threshold(NaN) } })).toContain('(NaN)');
    const token = new CfnParameter(new Stack(), 'P', { type: 'Number' }).valueAsNumber;
    expect(refused({ alarms: { 'silver-failed': AlarmSetting.threshold(token) } })).toContain('(a token)');
    expect(refused({ alarms: { 'silver-failed': 5 } })).toContain('monitoring.alarms.silver-failed: an AlarmSetting is expected (5)');
    expect(refused({ freshnessTarget: Duration.hours(1), alarms: { 'freshness-missed': AlarmSetting.threshold(5) } })).toContain('leave one of them out');
    expect(refused({ alarms: { 'bronze-iterator-age-critical': AlarmSetting.threshold(48) } }))
      .toMatch(/bronze-iterator-age-critical: batches are given up .* \(48 hours\). Fix: give less than 20/);
    expect(refused({ alarms: { 'bronze-iterator-age-warning': AlarmSetting.threshold(20) } })).toContain('would never go off (20 hours)');
    expect(refused({ alarms: { 'bronze-iterator-age-warning': AlarmSetting.threshold(19.5) } })).toBe('');
    expect(refused({ alarms: { 'stream-paused': AlarmSetting.threshold(24) } }))
      .toMatch(/stream-paused: streams forget changes after 24 hours.* \(24 hours\)\. Fix: give less than 24, such as AlarmSetting.threshold\(4\)/);
    expect(refused({ alarms: { 'stream-paused': AlarmSetting.threshold(23) } })).toBe('');
    expect(refused({ alarmtopic: 1 })).toContain('alarmTopic');
    expect(refused({ dashboard: true })).toContain('an OperationsDashboard is expected');
  });
});

describe('the dashboard', () => {
  const body = (template: Template) => JSON.stringify(Object.values(template.findResources('AWS::CloudWatch::Dashboard'))[0].Properties);

  test('is called as the pipeline and shows nothing that nobody sends', () => {
    const { template, pipeline } = minimal();
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'shop' });
    const shown = [...body(template).matchAll(/MedallionAnalytics\\",\\"(\w+)\\"/g)].map(([, name]) => name);
    expect(shown.length).toBeGreaterThan(8);
    const known: readonly string[] = Object.values(METRICS).map(({ name }) => name);
    expect(shown.filter(name => !known.includes(name))).toEqual([]);
    expect(pipeline.dashboard).toBeDefined();
  });

  test('is left out on demand', () => {
    const { template, pipeline } = minimal({ monitoring: { dashboard: OperationsDashboard.NONE } });
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    expect(pipeline.dashboard).toBeUndefined();
  });
});

describe('metrics', () => {
  const { pipeline, stack } = minimal();

  test('are found by name, with unit and statistic, and can be changed like any other', () => {
    const metric = pipeline.metric('Freshness', { period: Duration.hours(1), dimensionsMap: { Table: 'silver.customers' } });
    expect(metric.toMetricConfig().metricStat).toMatchObject({ namespace: 'MedallionAnalytics', metricName: 'Freshness', statistic: 'Maximum', unitFilter: 'Seconds' });
    expect(stack.resolve(metric.dimensions)).toEqual({ Pipeline: 'shop', Table: 'silver.customers' });
    expect(pipeline.metricBytesScanned({ statistic: 'Maximum' }).statistic).toBe('Maximum');
  });

  test('that no pipeline sends are refused with the one that was probably meant', () => {
    expect(() => pipeline.metric('Freshnes')).toThrow('did you mean "Freshness"?');
    expect(() => pipeline.metric('Nonsense')).toThrow('use one of ChangesIngested, ');
  });

  test('have methods that give the metric they are called after', () => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(pipeline)).filter(name => /^metric[A-Z]/.test(name));
    expect(methods.length).toBeGreaterThan(5);
    for (const method of methods) {
      const { metricName } = (pipeline as unknown as { [method: string]: () => { metricName: string } })[method]();
      expect(method).toBe(`metric${metricName}`);
    }
  });
});

describe('the documents', () => {
  const sections = (file: string) => fs.readFileSync(path.join(DOCS, file), 'utf8');

  test('the runbook has one section for each alarm, called as it, and no other', () => {
    const headings = [...sections('runbook.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual([...ALARM_NAMES].sort());
  });

  test('every section says what it means and what to do', () => {
    for (const section of sections('runbook.md').split(/^## /m).slice(1)) {
      expect(section).toMatch(/\*\*What it means\.\*\*/);
      expect(section).toMatch(/\*\*(What to do\.|How to look and what to do\.)\*\*/);
    }
  });

  test('the runbook links only to sections that it has', () => {
    for (const [, target] of sections('runbook.md').matchAll(/\]\(#([\w-]+)\)/g)) expect(ALARM_NAMES).toContain(target);
  });

  test('the tables list every alarm and every metric, with unit and default', () => {
    const text = sections('monitoring.md');
    for (const { name, unit, meaning } of Object.values(METRICS)) expect(text).toContain(`| \`${name}\` | ${unit} | ${meaning} |`);
    const rows = new Map([...text.matchAll(/^\| `([a-z-]+)` \| (.+) \| (\w+) \|$/gm)].map(([, name, threshold, unit]) => [name, { threshold, unit }]));
    expect([...rows.keys()].sort()).toEqual([...ALARM_NAMES].sort());
    for (const [name, spec] of Object.entries(ALARMS)) {
      expect(rows.get(name)!.unit).toBe(spec.unit);
      if ('threshold' in spec) expect(rows.get(name)!.threshold).toContain(String(spec.threshold));
    }
  });
});

describe('a start that a schedule cannot deliver', () => {
  const { template } = minimal();

  test('is tried again for an hour and then kept in one queue for all schedules', () => {
    template.allResourcesProperties('AWS::Scheduler::Schedule', {
      Target: {
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
      },
    });
    template.resourceCountIs('AWS::SQS::Queue', 1);
  });

  test('is kept encrypted, and is read with TLS only', () => {
    template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
  });
});
