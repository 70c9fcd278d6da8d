import { AspectPriority, Aspects, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Alarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, type OnEventOptions } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Architecture, type IEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression, type ISchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { aws_athena as athena } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { BackfillStage } from './backfill/backfill-stage';
import { HEALING_ALARM } from './backfill/healing-alarm';
import { BronzeStage } from './bronze/bronze-stage';
import { BronzeTables } from './bronze/bronze-tables';
import { hashKeyOf } from './bronze/hashing';
import { RedriveStage } from './bronze/redrive-stage';
import { StreamReaders } from './bronze/stream-readers';
import { accountProblems } from './checks/accounts';
import { warnOfAlarmsElsewhere } from './checks/alarms-elsewhere';
import { warnOfDottedAttributes } from './checks/dotted-attributes';
import { functionProblems } from './checks/functions';
import { healingProblems } from './checks/healing';
import { ingestionProblems } from './checks/ingestion';
import { regionProblems } from './checks/regions';
import { DeploymentRecord } from './exposure/deployment-record';
import { FirstSteps } from './exposure/first-steps';
import { GoldStage } from './gold/gold-stage';
import { GrafanaOutput } from './grafana/grafana-output';
import { declareRetention } from './maintenance/declare-retention';
import type { MaintenanceOptions } from './maintenance/maintenance-options';
import { MaintenanceStage } from './maintenance/maintenance-stage';
import { Monitoring } from './monitoring/monitoring';
import { PipelineMetrics } from './monitoring/pipeline-metrics';
import { periodOf } from './monitoring/schedule-interval';
import type { MedallionAnalyticsPipelineProps } from './pipeline-props';
import { RebuildStage } from './rebuild/rebuild-stage';
import { SchemaStage } from './schema/schema-stage';
import { settleFunctions } from './shipping/function-settings';
import { publishSpec } from './shipping/publish-spec';
import { SilverStage } from './silver/silver-stage';
import { compilePipeline } from './spec/compile-pipeline';
import { REFRESHED_EVENT } from './spec/refreshed-event';
import { retentionOf } from './spec/retention';
import { schedulesSpec } from './spec/schedules-spec';
import { Lake } from './storage/lake';
import { lifecycleRules } from './storage/lifecycle-rules';
import { PipelineIdentity } from './storage/pipeline-identity';

/**
 * A medallion lakehouse for DynamoDB tables: their streams go to Bronze (Parquet on S3), the current items to Silver and
 * aggregates of them to Gold (Iceberg tables that Athena and any other engine can read).
 */
export class MedallionAnalyticsPipeline extends Construct {
  /**
   * The lifecycle rules that a pipeline gives its bucket, for a `bucket` of yours: `new Bucket(this, 'Lake', { lifecycleRules:
   * MedallionAnalyticsPipeline.lifecycleRules(maintenance), … })`. None of them touches tables, or change logs without `bronzeRetention`.
   *
   * @param maintenance the same as the pipeline's
   */
  public static lifecycleRules(maintenance?: MaintenanceOptions): LifecycleRule[] {
    return lifecycleRules(declareRetention(maintenance));
  }

  /** Holds the whole lake: change logs, Iceberg tables, the pipeline's own records and query results. */
  public readonly bucket: IBucket;

  /** The Athena workgroup in which the pipeline's statements run, and those of `grantQuery`. */
  public readonly workgroup: athena.IWorkGroupRef;

  /** Its name, to choose at the Athena console. */
  public readonly workgroupName: string;

  /** Holds the log of all access to the bucket; undefined with a bucket of yours. */
  public readonly accessLogsBucket?: IBucket;

  /** Reads the stream of each Silver table's source, by table. */
  public readonly eventSourceMappings: { [silverTable: string]: IEventSourceMapping };

  /** Starts Silver. */
  public readonly silverScheduleResource: ISchedule;

  /** Starts Gold. */
  public readonly goldScheduleResource: ISchedule;

  /** Tells the command line where everything is: `/cdk-medallion-analytics/<name>`. */
  public readonly deploymentParameter: IStringParameter;

  /** Takes the streams into the change logs. */
  public readonly bronzeFunction: IFunction;

  /**
   * Puts failed batches and rejected records through Bronze again; invoke it by hand, with `{}` as payload or
   * `{"tables": ["orders"], "dryRun": true}`. It answers with a report as JSON; where that has a `next`, send it as the next payload.
   */
  public readonly redriveFunction: IFunction;

  /** Merges change logs into Silver; invoke it without a payload to run the stage now. */
  public readonly silverFunction: IFunction;

  /** Refreshes Gold; invoke it without a payload to run the stage now. */
  public readonly goldFunction: IFunction;

  /** Compacts, vacuums and prunes; invoke it without a payload to run the stage now. */
  public readonly maintenanceFunction: IFunction;

  /**
   * Encodes change logs again after a change of definition; Silver starts it. Invoked with `{ "replay": { "table": "orders",
   * "actions": ["quarantine"] } }` it puts changes through again that rules hold back.
   */
  public readonly rebuildFunction: IFunction;

  /** Creates and checks the Iceberg tables at each deploy. */
  public readonly schemaFunction: IFunction;

  /** Fills tables from exports: started with `{"kind": "full"}`, `repair`, `window` or `heal`, see docs/backfill.md. */
  public readonly backfillStateMachine: IStateMachine;

  /** Glue database of the change logs. */
  public readonly bronzeDatabaseName: string;

  /** Glue database of the Silver tables. */
  public readonly silverDatabaseName: string;

  /** Glue database of the Gold tables. */
  public readonly goldDatabaseName: string;

  /** Glue database in which the pipeline keeps account of its runs. */
  public readonly bookkeepingDatabaseName: string;

  /** The alarms by name; docs/runbook.md has a section for each. */
  public readonly alarms: { [name: string]: Alarm };

  /** The CloudWatch dashboard, if there is one. */
  public readonly dashboard?: Dashboard;

  private readonly lake: Lake;
  private readonly monitoring: Monitoring;
  private readonly metrics: PipelineMetrics;

  /**
   * Throws PipelineDefinitionError where the definition cannot work: its message lists every problem on a line of its own, with the
   * place, the value and the fix. Languages other than TypeScript raise their own kind of error with that message.
   *
   * @param scope the stack that the pipeline becomes part of.
   * @param id its name in that stack; unless there is a `name`, another id is another pipeline.
   * @param props what to build, and how it runs.
   */
  public constructor(scope: Construct, id: string, props: MedallionAnalyticsPipelineProps) {
    super(scope, id);
    const identity = PipelineIdentity.of(this, props.name);
    const { spec, sources } = compilePipeline(this, props, identity.name, () => [
      ...ingestionProblems(props.ingestion ?? {}),
      ...regionProblems(this, props),
      ...accountProblems(this, props),
      ...functionProblems(props.functions ?? {}),
      ...healingProblems(props.backfill ?? {}, props.monitoring ?? {}),
    ]);
    warnOfDottedAttributes(this, spec);
    warnOfAlarmsElsewhere(this, props.backfill?.healOn ?? []);
    const goldSchedule = props.goldSchedule ?? ScheduleExpression.rate(Duration.hours(1));
    const silverSchedule = props.silverSchedule ?? ScheduleExpression.rate(Duration.minutes(30));
    const published = { ...spec, schedules: schedulesSpec({ silver: silverSchedule, gold: goldSchedule }) };
    publishSpec(this, published, identity.name);
    // No function shows a dashboard, so none is deployed again because of one.
    const specJson = JSON.stringify({ ...spec, dashboards: {} });

    settleFunctions(this, {
      architecture: props.architecture ?? Architecture.ARM_64,
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      encryptionKey: props.encryptionKey,
      functions: { ...props.functions },
    });
    const lake = new Lake(this, 'Lake', {
      identity,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      metricDetail: props.monitoring?.metricDetail ?? 'pipeline',
      retention: retentionOf(spec),
      bucket: props.bucket,
      encryptionKey: props.encryptionKey,
      workgroup: props.workgroup,
      hashKey: hashKeyOf(this, spec, props.hashKey),
    });
    const schema = new SchemaStage(this, 'Schema', { lake, spec, specJson, sources });
    const bronzeTables = new BronzeTables(this, 'BronzeTables', { lake, spec });
    const bronze = new BronzeStage(this, 'Bronze', { lake, spec, specJson, sources, ingestion: props.ingestion ?? {} });
    const redrive = new RedriveStage(this, 'Redrive', { lake, specJson });
    Aspects.of(this).add(new StreamReaders(this, sources), { priority: AspectPriority.READONLY });
    const gold = new GoldStage(this, 'Gold', { lake, specJson, schedule: goldSchedule });
    const rebuild = new RebuildStage(this, 'Rebuild', { lake, specJson });
    const silver = new SilverStage(this, 'Silver', {
      lake, specJson, schedule: silverSchedule, goldFunction: gold.handler.function, rebuildFunction: rebuild.handler.function,
    });
    const backfill = new BackfillStage(this, 'Backfill', {
      ...props.backfill, lake, spec, specJson, sources, silverFunction: silver.handler.function,
    });
    const maintenance = new MaintenanceStage(this, 'Maintenance', {
      lake, specJson, options: props.maintenance ?? {}, timeZone: props.timeZone,
    });
    // A deploy that the Schema stage refuses has changed none of them; streams and schedules in turn wait for the functions.
    for (const stage of [bronze, redrive, silver, gold, maintenance, rebuild, backfill]) {
      stage.handler.function.node.addDependency(schema.applied);
    }
    bronzeTables.node.addDependency(schema.applied);
    silver.handler.function.node.addDependency(bronzeTables);
    new GrafanaOutput(this, 'Grafana', { ...props.grafana, lake, spec: published });

    const record = new DeploymentRecord(this, 'Deployed', {
      lake,
      spec,
      sources,
      constructPath: this.node.path,
      functions: {
        bronze: bronze.handler.function,
        redrive: redrive.handler.function,
        silver: silver.handler.function,
        gold: gold.handler.function,
        maintenance: maintenance.handler.function,
        schema: schema.handler.function,
        rebuild: rebuild.handler.function,
        backfill: backfill.handler.function,
      },
      stateMachines: { backfill: backfill.stateMachine },
      schedules: { silver: silver.schedule, gold: gold.schedule, maintenance: maintenance.schedule },
      eventSources: bronze.eventSources,
    });
    new FirstSteps(this, 'FirstSteps', { lake, spec });

    const metrics = new PipelineMetrics(identity.name);
    const monitoring = new Monitoring(this, 'Monitoring', {
      pipeline: identity.name,
      metrics,
      options: props.monitoring ?? {},
      bronzeFunction: bronze.handler.function,
      silverSchedule,
      deadLetters: lake.deadLetters.queue,
    });
    monitoring.watchStage('silver', silver.handler.function, silverSchedule);
    monitoring.watchStage('gold', gold.handler.function, goldSchedule);
    // Who starts it by hand knows how it went.
    if (props.maintenance?.enabled ?? true) monitoring.watchStage('maintenance', maintenance.handler.function, maintenance.runsAt);
    monitoring.watchOperation('rebuild', rebuild.handler.function.metricErrors({ period: periodOf(silverSchedule) }));
    monitoring.watchOperation('redrive', redrive.handler.function.metricErrors({ period: Duration.minutes(5) }));
    monitoring.watchOperation('backfill', backfill.metricUnfinished({ period: Duration.minutes(5) }));
    // An alarm that something does not run waits until it may run.
    monitoring.node.addDependency(silver, gold, maintenance);
    // Alarms and dashboard have fixed names; all of them are there by now.
    identity.pin(monitoring);
    const ownAlarm = monitoring.alarms[HEALING_ALARM];
    backfill.healOn([...props.backfill?.healOnIteratorAge && ownAlarm ? [ownAlarm] : [], ...props.backfill?.healOn ?? []]);

    this.monitoring = monitoring;
    this.metrics = metrics;
    this.alarms = monitoring.alarms as { [name: string]: Alarm };
    this.dashboard = monitoring.dashboard;

    this.lake = lake;
    this.bucket = lake.bucket;
    this.workgroup = lake.workgroup.resource;
    this.workgroupName = lake.workgroup.name;
    this.accessLogsBucket = lake.accessLogs;
    this.eventSourceMappings = { ...bronze.eventSources };
    this.silverScheduleResource = silver.schedule;
    this.goldScheduleResource = gold.schedule;
    this.deploymentParameter = record.parameter;
    this.bronzeFunction = bronze.handler.function;
    this.redriveFunction = redrive.handler.function;
    this.silverFunction = silver.handler.function;
    this.goldFunction = gold.handler.function;
    this.maintenanceFunction = maintenance.handler.function;
    this.rebuildFunction = rebuild.handler.function;
    this.schemaFunction = schema.handler.function;
    this.backfillStateMachine = backfill.stateMachine;
    this.bronzeDatabaseName = lake.catalog.databaseName('bronze');
    this.silverDatabaseName = lake.catalog.databaseName('silver');
    this.goldDatabaseName = lake.catalog.databaseName('gold');
    this.bookkeepingDatabaseName = lake.catalog.databaseName('bookkeeping');
    if (props.grafana?.role) this.grantQuery(props.grafana.role);
  }

  /**
   * A metric of this pipeline, of all its tables together. Throws UnknownMetricError.
   *
   * @param metricName as docs/monitoring.md lists it, such as `ItemsMerged`
   * @param options `dimensionsMap: { Table: 'silver.orders' }` for one table, if the pipeline sends metrics of tables
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return this.metrics.named(metricName, options);
  }

  /** How long the oldest Bronze file that was new to a Silver run had waited when the run ended, in seconds; by default the maximum. */
  public metricFreshness(options?: MetricOptions): Metric {
    return this.metrics.metric('freshness', options);
  }

  /** Changes of source tables that Bronze wrote down; by default the sum. */
  public metricChangesIngested(options?: MetricOptions): Metric {
    return this.metrics.metric('changesIngested', options);
  }

  /** Stream records that could not be read and were set aside; by default the sum. */
  public metricRecordsRejected(options?: MetricOptions): Metric {
    return this.metrics.metric('recordsRejected', options);
  }

  /** Items whose latest change Silver took; by default the sum. */
  public metricItemsMerged(options?: MetricOptions): Metric {
    return this.metrics.metric('itemsMerged', options);
  }

  /** Changed items that a quarantine rule holds back; by default the sum. */
  public metricItemsQuarantined(options?: MetricOptions): Metric {
    return this.metrics.metric('itemsQuarantined', options);
  }

  /** Bytes that Athena read for the pipeline's own statements, which is what it charges for; by default the sum. */
  public metricBytesScanned(options?: MetricOptions): Metric {
    return this.metrics.metric('bytesScanned', options);
  }

  /** Tables whose part of a stage failed; by default the sum. */
  public metricTablesFailed(options?: MetricOptions): Metric {
    return this.metrics.metric('tablesFailed', options);
  }

  /**
   * Does something whenever Gold tables have been refreshed: an event from `cdk-medallion-analytics` on the account's default event
   * bus, which names them (docs/monitoring.md). Every refresh is told at least once. The first use of this adds the alarm
   * `gold-unannounced`.
   *
   * @param id of the rule
   * @param options `target` is what is done. `eventPattern: { detail: { tables: ['daily_sales'] } }` narrows it to a table
   */
  public onRefreshed(id: string, options: OnEventOptions = {}): Rule {
    const scope = this.node.tryFindChild('OnRefreshed') as Construct | undefined ?? new Construct(this, 'OnRefreshed');
    const rule = new Rule(scope, id, options);
    const { source, detailType } = REFRESHED_EVENT;
    rule.addEventPattern({ source: [source], detailType: [detailType], detail: { pipeline: [this.lake.name] } });
    rule.addTarget(options.target);
    const alarm = this.monitoring.watchAnnouncements();
    // The others have their ids, which something may already refer to.
    if (alarm) this.lake.identity.pin(alarm);
    return rule;
  }

  /**
   * Lets somebody read Silver and Gold tables through the pipeline's Athena workgroup: a person, a Grafana server, a
   * function of yours. Change logs and bookkeeping stay closed, and so do the views over them (`<table>_quarantine`).
   *
   * @param grantee who may query
   */
  public grantQuery(grantee: IGrantable): Grant {
    const { access } = this.lake;
    const accesses = [...access.runQueries(), ...access.useWorkgroup(), ...access.readTables('silver', 'gold')];
    return accesses
      .map(({ actions, resources }) => Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [...resources] }))
      .reduce((all, grant) => all.combine(grant));
  }
}
