from aws_cdk import (
    Duration, RemovalPolicy, Stack, TimeZone, aws_dynamodb as dynamodb, aws_lambda as lambda_, aws_logs as logs, aws_scheduler as scheduler,
    aws_secretsmanager as secretsmanager, aws_sns as sns,
)
from cdk_medallion_analytics import (
    AlarmSetting, BackfillOptions, Column, Enrichment, Expectation, GoldTable, GrafanaOptions, IngestionOptions, KeyMetric,
    MaintenanceOptions, Measure, MedallionAnalyticsPipeline, MetricDetail, MonitoringOptions, OperationsDashboard, Partition,
    PipelineFunctionOptions, PipelineFunctionsOptions, Privacy, Refresh, SilverTable, Source, TimestampFormat, TtlDeletes, Window,
)
from constructs import Construct

from parcels_dashboard import parcels_dashboard


class EveryKindStack(Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        depots = dynamodb.TableV2(
            self, "Depots",
            partition_key=dynamodb.Attribute(name="Depot", type=dynamodb.AttributeType.STRING),
            dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        parcels = dynamodb.TableV2(
            self, "Parcels",
            partition_key=dynamodb.Attribute(name="Parcel", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="Leg", type=dynamodb.AttributeType.NUMBER),
            dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )

        MedallionAnalyticsPipeline(
            self, "Analytics",
            name="parcels",
            ingestion=IngestionOptions(batch_size=500, batching_window=Duration.seconds(30), parallelization_factor=2),
            silver_schedule=scheduler.ScheduleExpression.rate(Duration.minutes(15)),
            gold_schedule=scheduler.ScheduleExpression.cron(minute="5"),
            monitoring=MonitoringOptions(
                alarm_topic=sns.Topic(self, "Alarms"),
                freshness_target=Duration.minutes(90),
                alarms={"quarantine-rate": AlarmSetting.threshold(2.5), "stream-paused": AlarmSetting.off()},
                metric_detail=MetricDetail.TABLE,
                dashboard=OperationsDashboard.NONE,
            ),
            maintenance=MaintenanceOptions(
                schedule=scheduler.ScheduleExpression.rate(Duration.days(1)),
                snapshot_retention=Duration.days(3),
                bronze_retention=Duration.days(400),
            ),
            removal_policy=RemovalPolicy.RETAIN,
            architecture=lambda_.Architecture.X86_64,
            log_retention=logs.RetentionDays.ONE_YEAR,
            functions=PipelineFunctionsOptions(
                bronze=PipelineFunctionOptions(memory_size=2048), silver=PipelineFunctionOptions(timeout=Duration.minutes(10)),
            ),
            backfill=BackfillOptions(heal_on_iterator_age=False),
            grafana=GrafanaOptions(directory="grafana"),
            hash_key=secretsmanager.Secret(self, "HashKey"),
            tables={
                "depots": SilverTable.of(
                    Source.dynamo_db(depots), key=["depot"], columns={"depot": Column.string("Depot"), "region": Column.string()},
                ),
                "parcels": SilverTable.of(
                    Source.dynamo_db(parcels),
                    bronze_name="parcel_log",
                    key=["parcel", "leg"],
                    columns={
                        "parcel": Column.string("Parcel"),
                        "leg": Column.integer("Leg"),
                        "depot": Column.string("Depot"),
                        "insured": Column.bool("Insured"),
                        "scans": Column.bigint("Scans"),
                        "weight": Column.double_precision("Weight"),
                        "postage": Column.decimal(10, 2, "Postage"),
                        "posted_on": Column.date("PostedOn"),
                        "scanned_at": Column.timestamp("ScannedAt"),
                        "sorted_at": Column.timestamp("SortedAt", TimestampFormat.epoch_seconds()),
                        "loaded_at": Column.timestamp("LoadedAt", TimestampFormat.epoch_milliseconds()),
                        "due_at": Column.timestamp("DueAt", TimestampFormat.pattern("dd.MM.yyyy HH:mm", TimeZone.EUROPE_BERLIN)),
                        "label": Column.binary("Label"),
                        "notes": Column.json("Notes"),
                        "stops": Column.list(Column.string(), "Stops"),
                        "doors": Column.set(Column.integer(), "Doors"),
                        "fees": Column.map(Column.decimal(8, 2), "Fees"),
                        "size": Column.struct(
                            {"width": Column.double_precision("Width"), "height": Column.double_precision("Height")}, "Size",
                        ),
                        "email": Column.string("Email"),
                    },
                    ttl_deletes=TtlDeletes.KEEP,
                    partition_by=[Partition.month("posted_on"), Partition.bucket("parcel", 8)],
                    enrichments=[Enrichment.join("depots", on={"depot": "depot"}, columns={"region": "region"})],
                    expectations={
                        "weight_known": Expectation.warn("weight IS NOT NULL"),
                        "no_test": Expectation.drop("parcel NOT LIKE 'TEST-%'"),
                        "postage_not_negative": Expectation.quarantine("postage >= 0"),
                        "leg_positive": Expectation.fail("leg > 0"),
                    },
                    privacy={"Email": Privacy.hash(), "Recipient.Street": Privacy.drop()},
                ),
            },
            gold={
                "daily_parcels": GoldTable.aggregate(
                    silver_table="parcels",
                    where="region IS NOT NULL",
                    group_by={"day": "posted_on", "region": "region"},
                    measures={
                        "parcels": Measure.count(),
                        "insured": Measure.count(where="insured"),
                        "depots": Measure.count_distinct("depot"),
                        "postage": Measure.sum("postage", where="postage < 100"),
                        "mean_weight": Measure.avg("weight"),
                        "lightest": Measure.min("weight"),
                        "heaviest": Measure.max("weight"),
                    },
                    refresh=Refresh.delta("day", Duration.days(14)),
                ),
                "parcel_list": GoldTable.snapshot(
                    silver_table="parcels",
                    columns={"parcel": "parcel", "leg": "leg", "heavy": "CASE WHEN weight > 20 THEN 'yes' ELSE 'no' END"},
                    refresh=Refresh.full(),
                ),
                "figures": GoldTable.metrics(
                    silver_table="parcels",
                    time_column="scanned_at",
                    metrics={
                        "scans_today": KeyMetric.count(Window.today(TimeZone.ASIA_TOKYO)),
                        "insured_week": KeyMetric.count(Window.last(Duration.days(7)), where="insured", with_previous_period=True),
                        "postage": KeyMetric.sum("postage", Window.all_time()),
                    },
                    refresh=Refresh.changed(),
                ),
            },
            dashboards={"parcels": parcels_dashboard()},
            time_zone=TimeZone.EUROPE_BERLIN,
        )
