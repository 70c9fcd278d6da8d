package shop;

import static java.util.Map.entry;

import io.github.cdkmedallionanalytics.*;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

public class EveryKindStack extends Stack {
    public EveryKindStack(final Construct scope, final String id) {
        super(scope, id);
        TableV2 depots = TableV2.Builder.create(this, "Depots")
            .partitionKey(Attribute.builder().name("Depot").type(AttributeType.STRING).build())
            .dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES)
            .build();
        TableV2 parcels = TableV2.Builder.create(this, "Parcels")
            .partitionKey(Attribute.builder().name("Parcel").type(AttributeType.STRING).build())
            .sortKey(Attribute.builder().name("Leg").type(AttributeType.NUMBER).build())
            .dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES)
            .build();

        MedallionAnalyticsPipeline.Builder.create(this, "Analytics")
            .name("parcels")
            .ingestion(IngestionOptions.builder().batchSize(500).batchingWindow(Duration.seconds(30)).parallelizationFactor(2).build())
            .silverSchedule(ScheduleExpression.rate(Duration.minutes(15)))
            .goldSchedule(ScheduleExpression.cron(CronOptionsWithTimezone.builder().minute("5").build()))
            .monitoring(MonitoringOptions.builder()
                .alarmTopic(new Topic(this, "Alarms"))
                .freshnessTarget(Duration.minutes(90))
                .alarms(Map.of("quarantine-rate", AlarmSetting.threshold(2.5), "stream-paused", AlarmSetting.off()))
                .metricDetail(MetricDetail.TABLE)
                .dashboard(OperationsDashboard.NONE)
                .build())
            .maintenance(MaintenanceOptions.builder()
                .schedule(ScheduleExpression.rate(Duration.days(1)))
                .snapshotRetention(Duration.days(3))
                .bronzeRetention(Duration.days(400))
                .build())
            .removalPolicy(RemovalPolicy.RETAIN)
            .architecture(Architecture.X86_64)
            .logRetention(RetentionDays.ONE_YEAR)
            .functions(PipelineFunctionsOptions.builder()
                .bronze(PipelineFunctionOptions.builder().memorySize(2048).build())
                .silver(PipelineFunctionOptions.builder().timeout(Duration.minutes(10)).build())
                .build())
            .backfill(BackfillOptions.builder().healOnIteratorAge(false).build())
            .grafana(GrafanaOptions.builder().directory("grafana").build())
            .hashKey(new Secret(this, "HashKey"))
            .tables(Map.of("depots", depotsTable(depots), "parcels", parcelsTable(parcels)))
            .gold(Map.of("daily_parcels", dailyParcels(), "parcel_list", parcelList(), "figures", figures()))
            .dashboards(Map.of("parcels", ParcelsDashboard.create()))
            .timeZone(TimeZone.EUROPE_BERLIN)
            .build();
    }

    private static SilverTable depotsTable(TableV2 depots) {
        return SilverTable.of(Source.dynamoDb(depots), SilverTableOptions.builder()
            .key(List.of("depot"))
            .columns(Map.of("depot", Column.string("Depot"), "region", Column.string()))
            .build());
    }

    private static SilverTable parcelsTable(TableV2 parcels) {
        return SilverTable.of(Source.dynamoDb(parcels), SilverTableOptions.builder()
            .bronzeName("parcel_log")
            .key(List.of("parcel", "leg"))
            .columns(Map.ofEntries(
                entry("parcel", Column.string("Parcel")),
                entry("leg", Column.integer("Leg")),
                entry("depot", Column.string("Depot")),
                entry("insured", Column.bool("Insured")),
                entry("scans", Column.bigint("Scans")),
                entry("weight", Column.doublePrecision("Weight")),
                entry("postage", Column.decimal(10, 2, "Postage")),
                entry("posted_on", Column.date("PostedOn")),
                entry("scanned_at", Column.timestamp("ScannedAt")),
                entry("sorted_at", Column.timestamp("SortedAt", TimestampFormat.epochSeconds())),
                entry("loaded_at", Column.timestamp("LoadedAt", TimestampFormat.epochMilliseconds())),
                entry("due_at", Column.timestamp("DueAt", TimestampFormat.pattern("dd.MM.yyyy HH:mm", TimeZone.EUROPE_BERLIN))),
                entry("label", Column.binary("Label")),
                entry("notes", Column.json("Notes")),
                entry("stops", Column.list(Column.string(), "Stops")),
                entry("doors", Column.set(Column.integer(), "Doors")),
                entry("fees", Column.map(Column.decimal(8, 2), "Fees")),
                entry("size", Column.struct(
                    Map.of("width", Column.doublePrecision("Width"), "height", Column.doublePrecision("Height")), "Size")),
                entry("email", Column.string("Email"))))
            .ttlDeletes(TtlDeletes.KEEP)
            .partitionBy(List.of(Partition.month("posted_on"), Partition.bucket("parcel", 8)))
            .enrichments(List.of(Enrichment.join("depots", JoinOptions.builder()
                .on(Map.of("depot", "depot"))
                .columns(Map.of("region", "region"))
                .build())))
            .expectations(Map.of(
                "weight_known", Expectation.warn("weight IS NOT NULL"),
                "no_test", Expectation.drop("parcel NOT LIKE 'TEST-%'"),
                "postage_not_negative", Expectation.quarantine("postage >= 0"),
                "leg_positive", Expectation.fail("leg > 0")))
            .privacy(Map.of("Email", Privacy.hash(), "Recipient.Street", Privacy.drop()))
            .build());
    }

    private static GoldTable dailyParcels() {
        return GoldTable.aggregate(GoldAggregateOptions.builder()
            .silverTable("parcels")
            .where("region IS NOT NULL")
            .groupBy(Map.of("day", "posted_on", "region", "region"))
            .measures(Map.of(
                "parcels", Measure.count(),
                "insured", Measure.count(MeasureOptions.builder().where("insured").build()),
                "depots", Measure.countDistinct("depot"),
                "postage", Measure.sum("postage", MeasureOptions.builder().where("postage < 100").build()),
                "mean_weight", Measure.avg("weight"),
                "lightest", Measure.min("weight"),
                "heaviest", Measure.max("weight")))
            .refresh(Refresh.delta("day", Duration.days(14)))
            .build());
    }

    private static GoldTable parcelList() {
        return GoldTable.snapshot(GoldSnapshotOptions.builder()
            .silverTable("parcels")
            .columns(Map.of("parcel", "parcel", "leg", "leg", "heavy", "CASE WHEN weight > 20 THEN 'yes' ELSE 'no' END"))
            .refresh(Refresh.full())
            .build());
    }

    private static GoldTable figures() {
        return GoldTable.metrics(GoldMetricsOptions.builder()
            .silverTable("parcels")
            .timeColumn("scanned_at")
            .metrics(Map.of(
                "scans_today", KeyMetric.count(Window.today(TimeZone.ASIA_TOKYO)),
                "insured_week", KeyMetric.count(
                    Window.last(Duration.days(7)), KeyMetricOptions.builder().where("insured").withPreviousPeriod(true).build()),
                "postage", KeyMetric.sum("postage", Window.allTime())))
            .refresh(Refresh.changed())
            .build());
    }
}
