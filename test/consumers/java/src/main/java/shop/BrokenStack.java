package shop;

import io.github.cdkmedallionanalytics.*;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.constructs.Construct;

public class BrokenStack extends Stack {
    public BrokenStack(final Construct scope, final String id) {
        super(scope, id);
        TableV2 orders = TableV2.Builder.create(this, "Orders")
            .partitionKey(Attribute.builder().name("OrderID").type(AttributeType.STRING).build())
            .dynamoStream(StreamViewType.NEW_AND_OLD_IMAGES)
            .build();

        MedallionAnalyticsPipeline.Builder.create(this, "Analytics")
            .tables(Map.of("orders", SilverTable.of(Source.dynamoDb(orders), SilverTableOptions.builder()
                .key(List.of("ordr_id"))
                .columns(Map.of("order_id", Column.string("OrderID"), "customer", Column.string(), "amount", Column.decimal(12, 2)))
                .enrichments(List.of(Enrichment.join("customers", JoinOptions.builder()
                    .on(Map.of("customer", "customer"))
                    .columns(Map.of("region", "region"))
                    .build())))
                .expectations(Map.of("amount's", Expectation.quarantine("amount >= '0' AND (")))
                .build())))
            .gold(Map.of("sales", GoldTable.aggregate(GoldAggregateOptions.builder()
                .silverTable("orders")
                .groupBy(Map.of("region", "region"))
                .measures(Map.of("revenue", Measure.sum("amonut")))
                .build())))
            .build();
    }
}
