from aws_cdk import Stack, aws_dynamodb as dynamodb, aws_sns as sns
from cdk_medallion_analytics import (
    Column, Enrichment, Expectation, GoldTable, Measure, MedallionAnalyticsPipeline, MonitoringOptions, SilverTable, Source,
)
from constructs import Construct


class ShopStack(Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        customers = dynamodb.TableV2(
            self, "Customers",
            partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
            dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        orders = dynamodb.TableV2(
            self, "Orders",
            partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
            dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )

        MedallionAnalyticsPipeline(
            self, "Analytics",
            tables={
                "customers": SilverTable.of(
                    Source.dynamo_db(customers), key=["id"], columns={"id": Column.string(), "region": Column.string()},
                ),
                "orders": SilverTable.of(
                    Source.dynamo_db(orders),
                    key=["id"],
                    columns={
                        "id": Column.string(),
                        "customer": Column.string(),
                        "day": Column.date("OrderDate"),
                        "amount": Column.decimal(12, 2),
                    },
                    enrichments=[Enrichment.join("customers", on={"customer": "id"}, columns={"region": "region"})],
                    expectations={"amount_not_negative": Expectation.quarantine("amount >= 0")},
                ),
            },
            gold={
                "daily_sales": GoldTable.aggregate(
                    silver_table="orders",
                    group_by={"day": "day", "region": "region"},
                    measures={"orders": Measure.count(), "revenue": Measure.sum("amount")},
                ),
            },
            monitoring=MonitoringOptions(alarm_topic=sns.Topic(self, "Alarms")),
        )
