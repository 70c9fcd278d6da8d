package shop;

import io.github.cdkmedallionanalytics.*;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

public class ShopStack extends Stack {
    public ShopStack(final Construct scope, final String id) {
        super(scope, id);
        TableV2 customers = table("Customers");
        TableV2 orders = table("Orders");

        MedallionAnalyticsPipeline.Builder.create(this, "Analytics")
            .tables(Map.of(
                "customers", SilverTable.of(Source.dynamoDb(customers), SilverTableOptions.builder()
                    .key(List.of("id"))
                    .columns(Map.of("id", Column.string(), "region", Column.string()))
                    .build()),
                "orders", SilverTable.of(Source.dynamoDb(orders), SilverTableOptions.builder()
                    .key(List.of("id"))
                    .columns(Map.of(
                        "id", Column.string(),
                        "customer", Column.string(),
                        "day", Column.date("OrderDate"),
                        "amount", Column.decimal(12, 2)))
                    .enrichments(List.of(Enrichment.join("customers", JoinOptions.builder()
                        .on(Map.of("customer", "id"))
                        .columns(Map.of("region", "region"))
                        .build())))
                    .expectations(Map.of("amount_not_negative", Expectation.quarantine("amount >= 0")))
                    .build())))
            .gold(Map.of(
                "daily_sales", GoldTable.aggregate(GoldAggregateOptions.builder()
                    .silverTable("orders")
                    .groupBy(Map.of("day", "day", "region", "region"))
                    .measures(Map.of("orders", Measure.count(), "revenue", Measure.sum("amount")))
                    .build())))
            .monitoring(MonitoringOptions.builder().alarmTopic(new Topic(this, "Alarms")).build())
            .build();
    }

    private TableV2 table(String id) {
        return TableV2.Builder.create(this, id)
            .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
            .dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES)
            .build();
    }
}
