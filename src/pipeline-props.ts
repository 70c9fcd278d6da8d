import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { aws_athena as athena } from 'aws-cdk-lib/interfaces';
import type { BackfillOptions } from './backfill/backfill-options';
import type { IngestionOptions } from './bronze/ingestion-options';
import type { GrafanaOptions } from './grafana/grafana-options';
import type { MaintenanceOptions } from './maintenance/maintenance-options';
import type { PipelineDefinition } from './model/pipeline-definition';
import type { MonitoringOptions } from './monitoring/monitoring-options';
import type { PipelineFunctionsOptions } from './shipping/pipeline-functions-options';

/** What to build and how it runs. */
export interface MedallionAnalyticsPipelineProps extends PipelineDefinition {
  /**
   * By what the pipeline is known in its account and region: the Glue databases (`<name>_silver`, `<name>_gold`, …), the Athena
   * workgroup, the bucket and the commands' `--pipeline` derive from it. At most 100 characters a-z, 0-9 and _, beginning with a
   * letter; one for each environment, such as `shop_dev` and `shop_prod`. With a name the construct may move to another place in
   * its stack and keeps all data; another name is another pipeline, which begins with nothing.
   *
   * @default - made from the construct's path, and so another one when the construct moves
   */
  readonly name?: string;

  /**
   * How the streams of the source tables are read.
   *
   * @default - batches of up to 10,000 changes or 6 MB, gathered for a minute
   */
  readonly ingestion?: IngestionOptions;

  /**
   * When new Bronze files are merged into Silver. Each run that finds something costs a few Athena statements a table; one
   * that finds nothing costs none.
   *
   * @default ScheduleExpression.rate(Duration.minutes(30))
   */
  readonly silverSchedule?: ScheduleExpression;

  /**
   * When Gold looks whether a window has moved. After a Silver run that changed something Gold runs in any case.
   *
   * @default ScheduleExpression.rate(Duration.hours(1))
   */
  readonly goldSchedule?: ScheduleExpression;

  /**
   * How the pipeline is watched: whom alarms tell, the freshness target, thresholds, metrics of each table, the dashboard.
   *
   * @default - alarms that tell nobody, a dashboard, metrics of the pipeline as a whole
   */
  readonly monitoring?: MonitoringOptions;

  /**
   * How tables are kept in shape, and how long is kept what is not needed to be right.
   *
   * @default - every night; snapshots for 5 days, failed batches and rejected records for 30, deleted keys for 90, Bronze for ever
   */
  readonly maintenance?: MaintenanceOptions;

  /**
   * What becomes of bucket, databases and tables when the pipeline is taken out of the app or its stack is deleted. Retained data
   * is taken up again by giving the next pipeline the same `name` and the retained `bucket`.
   *
   * `DESTROY` deletes every object, all versions of it, and the tables, at once and for good. It does so in two steps: the first
   * deploy with `DESTROY` only notes it, and only what is taken away after that deploy is deleted. A `bucket` of your own is
   * never deleted or emptied, whatever stands here.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * A bucket of yours for the whole lake, or the one that an earlier deploy has retained: with `Bucket.fromBucketName(…)` and the
   * former `name`, and the former `encryptionKey` if there was one, the pipeline goes on where it was. It must be in the stack's region
   * and for this pipeline alone. Give it what the pipeline gives its own: no public access, TLS only, versions, and
   * `lifecycleRules: MedallionAnalyticsPipeline.lifecycleRules()`.
   *
   * @default - one is created
   */
  readonly bucket?: IBucket;

  /**
   * A KMS key of yours for all that the pipeline keeps: the bucket, query results and logs. Its policy must let IAM decide, as a
   * key of the CDK does; of one that is imported it must also let CloudWatch Logs use it (docs/security.md). With a
   * `bucket` that an earlier deploy has retained give the key of that deploy; a bucket of yours that has another one says so:
   * `Bucket.fromBucketAttributes(this, 'Lake', { bucketArn, encryptionKey })`.
   *
   * @default - keys that AWS manages
   */
  readonly encryptionKey?: IKey;

  /**
   * An Athena workgroup of yours for all statements: `CfnWorkGroup.fromWorkGroupName(this, 'Team', 'team')`. It must be in the
   * pipeline's account and region, run engine version 3 and put results below `athena-results/` of the pipeline's bucket, where the
   * functions may write; a limit of bytes for each query also stops merges.
   *
   * @default - one is created
   */
  readonly workgroup?: athena.IWorkGroupRef;

  /**
   * What the functions run on.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;

  /**
   * How long the functions' logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Memory and timeout of single functions: `{ bronze: { memorySize: 2048 } }`.
   *
   * @default - as each stage needs it
   */
  readonly functions?: PipelineFunctionsOptions;

  /**
   * When tables are filled from exports of their DynamoDB tables, beside by hand.
   *
   * @default - by hand only
   */
  readonly backfill?: BackfillOptions;

  /**
   * Where the Grafana files go, and how Grafana gets at the data. The files are written at synth if there are dashboards.
   *
   * @default - to the cloud assembly
   */
  readonly grafana?: GrafanaOptions;

  /**
   * The secret by which `Privacy.hash()` hashes: its whole value is the key, 16 bytes or more, random. Its value must never change: the
   * pipeline notices and takes no more changes until the former one is back. Retain it as long as the data; without it the data
   * stays readable, but nothing can be added.
   *
   * @default - none, and no attribute can be hashed
   */
  readonly hashKey?: ISecret;
}
