import { Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  AlarmSetting, Column, Enrichment, Expectation, GoldTable, KeyMetric, Measure, MedallionAnalyticsPipeline, MetricDetail,
  OperationsDashboard, Partition, Privacy, Refresh, SilverTable, Source, TimestampFormat, TtlDeletes, Window,
  type MedallionAnalyticsPipelineProps,
} from '../../../src';
import { parcelsDashboard } from './parcels-dashboard';

/** Every kind of column, rule, table, panel and option, so that each crosses from every language. */
export class EveryKindStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const depots = new TableV2(this, 'Depots', {
      partitionKey: { name: 'Depot', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const parcels = new TableV2(this, 'Parcels', {
      partitionKey: { name: 'Parcel', type: AttributeType.STRING },
      sortKey: { name: 'Leg', type: AttributeType.NUMBER },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });

    new MedallionAnalyticsPipeline(this, 'Analytics', {
      ...this.operation(),
      tables: {
        depots: SilverTable.of(Source.dynamoDb(depots), {
          key: ['depot'], columns: { depot: Column.string('Depot'), region: Column.string() },
        }),
        parcels: SilverTable.of(Source.dynamoDb(parcels), {
          bronzeName: 'parcel_log',
          key: ['parcel', 'leg'],
          columns: {
            parcel: Column.string('Parcel'),
            leg: Column.integer('Leg'),
            depot: Column.string('Depot'),
            insured: Column.bool('Insured'),
            scans: Column.bigint('Scans'),
            weight: Column.doublePrecision('Weight'),
            postage: Column.decimal(10, 2, 'Postage'),
            posted_on: Column.date('PostedOn'),
            scanned_at: Column.timestamp('ScannedAt'),
            sorted_at: Column.timestamp('SortedAt', TimestampFormat.epochSeconds()),
            loaded_at: Column.timestamp('LoadedAt', TimestampFormat.epochMilliseconds()),
            due_at: Column.timestamp('DueAt', TimestampFormat.pattern('dd.MM.yyyy HH:mm', TimeZone.EUROPE_BERLIN)),
            label: Column.binary('Label'),
            notes: Column.json('Notes'),
            stops: Column.list(Column.string(), 'Stops'),
            doors: Column.set(Column.integer(), 'Doors'),
            fees: Column.map(Column.decimal(8, 2), 'Fees'),
            size: Column.struct({ width: Column.doublePrecision('Width'), height: Column.doublePrecision('Height') }, 'Size'),
            email: Column.string('Email'),
          },
          ttlDeletes: TtlDeletes.KEEP,
          partitionBy: [Partition.month('posted_on'), Partition.bucket('parcel', 8)],
          enrichments: [Enrichment.join('depots', { on: { depot: 'depot' }, columns: { region: 'region' } })],
          expectations: {
            weight_known: Expectation.warn('weight IS NOT NULL'),
            no_test: Expectation.drop("parcel NOT LIKE 'TEST-%'"),
            postage_not_negative: Expectation.quarantine('postage >= 0'),
            leg_positive: Expectation.fail('leg > 0'),
          },
          privacy: { 'Email': Privacy.hash(), 'Recipient.Street': Privacy.drop() },
        }),
      },
      gold: {
        daily_parcels: GoldTable.aggregate({
          silverTable: 'parcels',
          where: 'region IS NOT NULL',
          groupBy: { day: 'posted_on', region: 'region' },
          measures: {
            parcels: Measure.count(),
            insured: Measure.count({ where: 'insured' }),
            depots: Measure.countDistinct('depot'),
            postage: Measure.sum('postage', { where: 'postage < 100' }),
            mean_weight: Measure.avg('weight'),
            lightest: Measure.min('weight'),
            heaviest: Measure.max('weight'),
          },
          refresh: Refresh.delta('day', Duration.days(14)),
        }),
        parcel_list: GoldTable.snapshot({
          silverTable: 'parcels',
          columns: { parcel: 'parcel', leg: 'leg', heavy: "CASE WHEN weight > 20 THEN 'yes' ELSE 'no' END" },
          refresh: Refresh.full(),
        }),
        figures: GoldTable.metrics({
          silverTable: 'parcels',
          timeColumn: 'scanned_at',
          metrics: {
            scans_today: KeyMetric.count(Window.today(TimeZone.ASIA_TOKYO)),
            insured_week: KeyMetric.count(Window.last(Duration.days(7)), { where: 'insured', withPreviousPeriod: true }),
            postage: KeyMetric.sum('postage', Window.allTime()),
          },
          refresh: Refresh.changed(),
        }),
      },
      dashboards: { parcels: parcelsDashboard() },
      timeZone: TimeZone.EUROPE_BERLIN,
    });
  }

  private operation(): Omit<MedallionAnalyticsPipelineProps, 'tables'> {
    return {
      name: 'parcels',
      ingestion: { batchSize: 500, batchingWindow: Duration.seconds(30), parallelizationFactor: 2 },
      silverSchedule: ScheduleExpression.rate(Duration.minutes(15)),
      goldSchedule: ScheduleExpression.cron({ minute: '5' }),
      monitoring: {
        alarmTopic: new Topic(this, 'Alarms'),
        freshnessTarget: Duration.minutes(90),
        alarms: { 'quarantine-rate': AlarmSetting.threshold(2.5), 'stream-paused': AlarmSetting.off() },
        metricDetail: MetricDetail.TABLE,
        dashboard: OperationsDashboard.NONE,
      },
      maintenance: {
        schedule: ScheduleExpression.rate(Duration.days(1)), snapshotRetention: Duration.days(3), bronzeRetention: Duration.days(400),
      },
      removalPolicy: RemovalPolicy.RETAIN,
      architecture: Architecture.X86_64,
      logRetention: RetentionDays.ONE_YEAR,
      functions: { bronze: { memorySize: 2048 }, silver: { timeout: Duration.minutes(10) } },
      backfill: { healOnIteratorAge: false },
      grafana: { directory: 'grafana' },
      hashKey: new Secret(this, 'HashKey'),
    };
  }
}
