from aws_cdk import Stack, aws_dynamodb as dynamodb
from cdk_medallion_analytics import Column, Enrichment, Expectation, GoldTable, Measure, MedallionAnalyticsPipeline, SilverTable, Source
from constructs import Construct


class BrokenStack(Stack):
    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        orders = dynamodb.TableV2(
            self, "Orders",
            partition_key=dynamodb.Attribute(name="OrderID", type=dynamodb.AttributeType.STRING),
            dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )

        MedallionAnalyticsPipeline(
            self, "Analytics",
            tables={
                "orders": SilverTable.of(
                    Source.dynamo_db(orders),
                    key=["ordr_id"],
                    columns={"order_id": Column.string("OrderID"), "customer": Column.string(), "amount": Column.decimal(12, 2)},
                    enrichments=[Enrichment.join("customers", on={"customer": "customer"}, columns={"region": "region"})],
                    expectations={"amount's": Expectation.quarantine("amount >= '0' AND (")},
                ),
            },
            gold={
                "sales": GoldTable.aggregate(
                    silver_table="orders", group_by={"region": "region"}, measures={"revenue": Measure.sum("amonut")},
                ),
            },
        )
