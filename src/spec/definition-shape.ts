import { RemovalPolicy } from 'aws-cdk-lib';
import type { BackfillOptions } from '../backfill/backfill-options';
import type { IngestionOptions } from '../bronze/ingestion-options';
import type { Problem } from '../checks/problem';
import type { GrafanaOptions } from '../grafana/grafana-options';
import type { MaintenanceOptions } from '../maintenance/maintenance-options';
import { GoldTable } from '../model/gold-table';
import { GrafanaDashboard } from '../model/grafana-dashboard';
import { ANYTHING, cdkObject, listOf, made, mapOf, number, oneOf, optional, struct, text, type Shape } from '../model/shape';
import { SilverTable } from '../model/silver-table';
import { monitoringProblems } from '../monitoring/monitoring-shape';
import type { MedallionAnalyticsPipelineProps } from '../pipeline-props';
import type { PipelineFunctionOptions, PipelineFunctionsOptions } from '../shipping/pipeline-functions-options';

/** What in a definition is of another kind than it should be: only JavaScript and `any` let that through. */
export function definitionShapeProblems(definition: unknown): readonly Problem[] {
  return PROPS('', definition);
}

const TABLES = 'tables: { orders: SilverTable.of(Source.dynamoDb(table), { key, columns }) }';

const DURATION = cdkObject('toSeconds', 'a Duration is expected', 'Duration.days(30)');

const INGESTION = struct<IngestionOptions>({
  batchSize: optional(number('the batch size', 'batchSize: 10_000')),
  batchingWindow: optional(cdkObject('toMilliseconds', 'a Duration is expected', 'batchingWindow: Duration.seconds(60)')),
  parallelizationFactor: optional(number('the parallelization factor', 'parallelizationFactor: 2')),
}, 'ingestion: { batchingWindow: Duration.seconds(60) }');

const FUNCTION = optional(struct<PipelineFunctionOptions>({
  memorySize: optional(number('the memory', 'memorySize: 2048')),
  timeout: optional(cdkObject('toSeconds', 'a Duration is expected', 'timeout: Duration.minutes(10)')),
}, 'bronze: { memorySize: 2048 }'));

const PROPS = struct<MedallionAnalyticsPipelineProps>({
  tables: mapOf(made(() => SilverTable, 'SilverTable.of(Source.dynamoDb(table), { key, columns })'), TABLES),
  gold: optional(mapOf(made(() => GoldTable, 'GoldTable.aggregate(…)'), 'gold: { daily_sales: GoldTable.aggregate(…) }')),
  dashboards: optional(mapOf(made(() => GrafanaDashboard, "GrafanaDashboard.of('Shop', { panels })"),
    "dashboards: { shop: GrafanaDashboard.of('Shop', { panels }) }")),
  timeZone: optional(cdkObject('timezoneName', 'a TimeZone is expected', "timeZone: TimeZone.of('Europe/Berlin')")),
  name: ANYTHING,
  ingestion: optional(INGESTION),
  silverSchedule: schedule('silverSchedule: ScheduleExpression.rate(Duration.minutes(30))'),
  goldSchedule: schedule('goldSchedule: ScheduleExpression.rate(Duration.hours(1))'),
  removalPolicy: optional(oneOf(
    [RemovalPolicy.RETAIN, RemovalPolicy.DESTROY, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE],
    'buckets and databases can be retained or destroyed', 'removalPolicy: RemovalPolicy.RETAIN',
  )),
  bucket: optional(cdkObject('bucketArn', 'a bucket of the CDK is expected', "bucket: Bucket.fromBucketName(this, 'Lake', 'name')")),
  encryptionKey: optional(cdkObject('keyArn', 'a KMS key of the CDK is expected', "encryptionKey: new Key(this, 'Key')")),
  workgroup: optional(cdkObject('workGroupRef', 'an Athena workgroup of the CDK is expected', "workgroup: CfnWorkGroup.fromWorkGroupName(this, 'Team', 'team')")),
  architecture: optional(cdkObject('dockerPlatform', 'an Architecture is expected', 'architecture: Architecture.ARM_64')),
  logRetention: optional(number('the number of days', 'logRetention: RetentionDays.ONE_MONTH')),
  functions: optional(struct<PipelineFunctionsOptions>({
    bronze: FUNCTION,
    redrive: FUNCTION,
    rebuild: FUNCTION,
    backfill: FUNCTION,
    silver: FUNCTION,
    gold: FUNCTION,
    maintenance: FUNCTION,
    schema: FUNCTION,
  }, 'functions: { bronze: { memorySize: 2048 } }')),
  maintenance: optional(struct<MaintenanceOptions>({
    schedule: schedule("maintenance: { schedule: ScheduleExpression.cron({ minute: '40', hour: '3' }) }"),
    enabled: optional(oneOf([true, false], 'true or false is expected', 'maintenance: { enabled: false }')),
    snapshotRetention: optional(DURATION),
    absentRetention: optional(DURATION),
    failureRetention: optional(DURATION),
    rejectedRetention: optional(DURATION),
    bronzeRetention: optional(DURATION),
  }, 'maintenance: { snapshotRetention: Duration.days(7) }')),
  backfill: optional(struct<BackfillOptions>({
    atFirstDeploy: optional(oneOf([true, false], 'true or false is expected', 'atFirstDeploy: true')),
    healOn: optional(listOf(cdkObject('alarmArn', 'an alarm of the CDK is expected', 'healOn: [alarm]'), 'healOn: [alarm]')),
    healOnIteratorAge: optional(oneOf([true, false], 'true or false is expected', 'healOnIteratorAge: true')),
  }, 'backfill: { atFirstDeploy: true }')),
  grafana: optional(struct<GrafanaOptions>({
    directory: optional(text('the directory', "grafana: { directory: 'grafana' }")),
    role: optional(cdkObject('roleArn', 'a role of the CDK is expected', 'grafana: { role }')),
  }, "grafana: { directory: 'grafana' }")),
  monitoring: optional(monitoringProblems),
  hashKey: optional(cdkObject('secretArn', 'a secret of the CDK is expected', "hashKey: new Secret(this, 'HashKey')")),
}, `new MedallionAnalyticsPipeline(this, 'Pipeline', { ${TABLES} })`);

function schedule(fix: string): Shape {
  return optional(cdkObject('expressionString', 'a ScheduleExpression of aws-scheduler is expected', fix));
}
