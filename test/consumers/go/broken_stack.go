package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	cma "github.com/cdk-medallion-analytics/cdk-medallion-analytics-go/cdkmedallionanalytics"
)

func NewBrokenStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	orders := table(stack, "Orders", "OrderID")

	cma.NewMedallionAnalyticsPipeline(stack, jsii.String("Analytics"), &cma.MedallionAnalyticsPipelineProps{
		Tables: &map[string]cma.SilverTable{
			"orders": cma.SilverTable_Of(cma.Source_DynamoDb(orders), &cma.SilverTableOptions{
				Key: jsii.Strings("ordr_id"),
				Columns: &map[string]cma.Column{
					"order_id": cma.Column_String(jsii.String("OrderID")),
					"customer": cma.Column_String(nil),
					"amount":   cma.Column_Decimal(jsii.Number(12), jsii.Number(2), nil),
				},
				Enrichments: &[]cma.Enrichment{
					cma.Enrichment_Join(jsii.String("customers"), &cma.JoinOptions{
						On:      &map[string]*string{"customer": jsii.String("customer")},
						Columns: &map[string]*string{"region": jsii.String("region")},
					}),
				},
				Expectations: &map[string]cma.Expectation{"amount's": cma.Expectation_Quarantine(jsii.String("amount >= '0' AND ("))},
			}),
		},
		Gold: &map[string]cma.GoldTable{
			"sales": cma.GoldTable_Aggregate(&cma.GoldAggregateOptions{
				SilverTable: jsii.String("orders"),
				GroupBy:     &map[string]*string{"region": jsii.String("region")},
				Measures:    &map[string]cma.Measure{"revenue": cma.Measure_Sum(jsii.String("amonut"), nil)},
			}),
		},
	})
	return stack
}
