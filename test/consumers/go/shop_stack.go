package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	cma "github.com/cdk-medallion-analytics/cdk-medallion-analytics-go/cdkmedallionanalytics"
)

func NewShopStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	customers := table(stack, "Customers", "id")
	orders := table(stack, "Orders", "id")

	cma.NewMedallionAnalyticsPipeline(stack, jsii.String("Analytics"), &cma.MedallionAnalyticsPipelineProps{
		Tables: &map[string]cma.SilverTable{
			"customers": cma.SilverTable_Of(cma.Source_DynamoDb(customers), &cma.SilverTableOptions{
				Key:     jsii.Strings("id"),
				Columns: &map[string]cma.Column{"id": cma.Column_String(nil), "region": cma.Column_String(nil)},
			}),
			"orders": cma.SilverTable_Of(cma.Source_DynamoDb(orders), &cma.SilverTableOptions{
				Key: jsii.Strings("id"),
				Columns: &map[string]cma.Column{
					"id":       cma.Column_String(nil),
					"customer": cma.Column_String(nil),
					"day":      cma.Column_Date(jsii.String("OrderDate")),
					"amount":   cma.Column_Decimal(jsii.Number(12), jsii.Number(2), nil),
				},
				Enrichments: &[]cma.Enrichment{
					cma.Enrichment_Join(jsii.String("customers"), &cma.JoinOptions{
						On:      &map[string]*string{"customer": jsii.String("id")},
						Columns: &map[string]*string{"region": jsii.String("region")},
					}),
				},
				Expectations: &map[string]cma.Expectation{
					"amount_not_negative": cma.Expectation_Quarantine(jsii.String("amount >= 0")),
				},
			}),
		},
		Gold: &map[string]cma.GoldTable{
			"daily_sales": cma.GoldTable_Aggregate(&cma.GoldAggregateOptions{
				SilverTable: jsii.String("orders"),
				GroupBy:     &map[string]*string{"day": jsii.String("day"), "region": jsii.String("region")},
				Measures: &map[string]cma.Measure{
					"orders":  cma.Measure_Count(nil),
					"revenue": cma.Measure_Sum(jsii.String("amount"), nil),
				},
			}),
		},
		Monitoring: &cma.MonitoringOptions{AlarmTopic: awssns.NewTopic(stack, jsii.String("Alarms"), nil)},
	})
	return stack
}

func table(scope constructs.Construct, id string, key string) awsdynamodb.TableV2 {
	return awsdynamodb.NewTableV2(scope, &id, &awsdynamodb.TablePropsV2{
		PartitionKey: &awsdynamodb.Attribute{Name: &key, Type: awsdynamodb.AttributeType_STRING},
		DynamoStream: awsdynamodb.StreamViewType_NEW_AND_OLD_IMAGES,
	})
}
