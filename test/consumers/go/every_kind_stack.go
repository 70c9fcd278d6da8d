package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	cma "github.com/cdk-medallion-analytics/cdk-medallion-analytics-go/cdkmedallionanalytics"
)

func NewEveryKindStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	depots := table(stack, "Depots", "Depot")
	parcels := awsdynamodb.NewTableV2(stack, jsii.String("Parcels"), &awsdynamodb.TablePropsV2{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("Parcel"), Type: awsdynamodb.AttributeType_STRING},
		SortKey:      &awsdynamodb.Attribute{Name: jsii.String("Leg"), Type: awsdynamodb.AttributeType_NUMBER},
		DynamoStream: awsdynamodb.StreamViewType_NEW_AND_OLD_IMAGES,
	})

	cma.NewMedallionAnalyticsPipeline(stack, jsii.String("Analytics"), &cma.MedallionAnalyticsPipelineProps{
		Name: jsii.String("parcels"),
		Ingestion: &cma.IngestionOptions{
			BatchSize: jsii.Number(500), BatchingWindow: awscdk.Duration_Seconds(jsii.Number(30)), ParallelizationFactor: jsii.Number(2),
		},
		SilverSchedule: awsscheduler.ScheduleExpression_Rate(awscdk.Duration_Minutes(jsii.Number(15))),
		GoldSchedule:   awsscheduler.ScheduleExpression_Cron(&awsscheduler.CronOptionsWithTimezone{Minute: jsii.String("5")}),
		Monitoring: &cma.MonitoringOptions{
			AlarmTopic:      awssns.NewTopic(stack, jsii.String("Alarms"), nil),
			FreshnessTarget: awscdk.Duration_Minutes(jsii.Number(90)),
			Alarms: &map[string]cma.AlarmSetting{
				"quarantine-rate": cma.AlarmSetting_Threshold(jsii.Number(2.5)), "stream-paused": cma.AlarmSetting_Off(),
			},
			MetricDetail: cma.MetricDetail_TABLE,
			Dashboard:    cma.OperationsDashboard_NONE,
		},
		Maintenance: &cma.MaintenanceOptions{
			Schedule:          awsscheduler.ScheduleExpression_Rate(days(1)),
			SnapshotRetention: days(3),
			BronzeRetention:   days(400),
		},
		RemovalPolicy: awscdk.RemovalPolicy_RETAIN,
		Architecture:  awslambda.Architecture_X86_64(),
		LogRetention:  awslogs.RetentionDays_ONE_YEAR,
		Functions: &cma.PipelineFunctionsOptions{
			Bronze: &cma.PipelineFunctionOptions{MemorySize: jsii.Number(2048)},
			Silver: &cma.PipelineFunctionOptions{Timeout: awscdk.Duration_Minutes(jsii.Number(10))},
		},
		Backfill:   &cma.BackfillOptions{HealOnIteratorAge: jsii.Bool(false)},
		Grafana:    &cma.GrafanaOptions{Directory: jsii.String("grafana")},
		HashKey:    awssecretsmanager.NewSecret(stack, jsii.String("HashKey"), nil),
		Tables:     &map[string]cma.SilverTable{"depots": depotsTable(depots), "parcels": parcelsTable(parcels)},
		Gold:       &map[string]cma.GoldTable{"daily_parcels": dailyParcels(), "parcel_list": parcelList(), "figures": figures()},
		Dashboards: &map[string]cma.GrafanaDashboard{"parcels": parcelsDashboard()},
		TimeZone:   awscdk.TimeZone_EUROPE_BERLIN(),
	})
	return stack
}

func depotsTable(depots awsdynamodb.ITable) cma.SilverTable {
	return cma.SilverTable_Of(cma.Source_DynamoDb(depots), &cma.SilverTableOptions{
		Key: jsii.Strings("depot"),
		Columns: &map[string]cma.Column{
			"depot": cma.Column_String(jsii.String("Depot")), "region": cma.Column_String(nil),
		},
	})
}

func parcelsTable(parcels awsdynamodb.ITable) cma.SilverTable {
	dueAt := cma.TimestampFormat_Pattern(jsii.String("dd.MM.yyyy HH:mm"), awscdk.TimeZone_EUROPE_BERLIN())
	return cma.SilverTable_Of(cma.Source_DynamoDb(parcels), &cma.SilverTableOptions{
		BronzeName: jsii.String("parcel_log"),
		Key:        jsii.Strings("parcel", "leg"),
		Columns: &map[string]cma.Column{
			"parcel":     cma.Column_String(jsii.String("Parcel")),
			"leg":        cma.Column_Integer(jsii.String("Leg")),
			"depot":      cma.Column_String(jsii.String("Depot")),
			"insured":    cma.Column_Bool(jsii.String("Insured")),
			"scans":      cma.Column_Bigint(jsii.String("Scans")),
			"weight":     cma.Column_DoublePrecision(jsii.String("Weight")),
			"postage":    cma.Column_Decimal(jsii.Number(10), jsii.Number(2), jsii.String("Postage")),
			"posted_on":  cma.Column_Date(jsii.String("PostedOn")),
			"scanned_at": cma.Column_Timestamp(jsii.String("ScannedAt"), nil),
			"sorted_at":  cma.Column_Timestamp(jsii.String("SortedAt"), cma.TimestampFormat_EpochSeconds()),
			"loaded_at":  cma.Column_Timestamp(jsii.String("LoadedAt"), cma.TimestampFormat_EpochMilliseconds()),
			"due_at":     cma.Column_Timestamp(jsii.String("DueAt"), dueAt),
			"label":      cma.Column_Binary(jsii.String("Label")),
			"notes":      cma.Column_Json(jsii.String("Notes")),
			"stops":      cma.Column_List(cma.Column_String(nil), jsii.String("Stops")),
			"doors":      cma.Column_Set(cma.Column_Integer(nil), jsii.String("Doors")),
			"fees":       cma.Column_Map(cma.Column_Decimal(jsii.Number(8), jsii.Number(2), nil), jsii.String("Fees")),
			"size": cma.Column_Struct(&map[string]cma.Column{
				"width": cma.Column_DoublePrecision(jsii.String("Width")), "height": cma.Column_DoublePrecision(jsii.String("Height")),
			}, jsii.String("Size")),
			"email": cma.Column_String(jsii.String("Email")),
		},
		TtlDeletes:  cma.TtlDeletes_KEEP,
		PartitionBy: &[]cma.Partition{cma.Partition_Month(jsii.String("posted_on")), cma.Partition_Bucket(jsii.String("parcel"), jsii.Number(8))},
		Enrichments: &[]cma.Enrichment{
			cma.Enrichment_Join(jsii.String("depots"), &cma.JoinOptions{
				On:      &map[string]*string{"depot": jsii.String("depot")},
				Columns: &map[string]*string{"region": jsii.String("region")},
			}),
		},
		Expectations: &map[string]cma.Expectation{
			"weight_known":         cma.Expectation_Warn(jsii.String("weight IS NOT NULL")),
			"no_test":              cma.Expectation_Drop(jsii.String("parcel NOT LIKE 'TEST-%'")),
			"postage_not_negative": cma.Expectation_Quarantine(jsii.String("postage >= 0")),
			"leg_positive":         cma.Expectation_Fail(jsii.String("leg > 0")),
		},
		Privacy: &map[string]cma.Privacy{"Email": cma.Privacy_Hash(), "Recipient.Street": cma.Privacy_Drop()},
	})
}

func dailyParcels() cma.GoldTable {
	return cma.GoldTable_Aggregate(&cma.GoldAggregateOptions{
		SilverTable: jsii.String("parcels"),
		Where:       jsii.String("region IS NOT NULL"),
		GroupBy:     &map[string]*string{"day": jsii.String("posted_on"), "region": jsii.String("region")},
		Measures: &map[string]cma.Measure{
			"parcels":     cma.Measure_Count(nil),
			"insured":     cma.Measure_Count(&cma.MeasureOptions{Where: jsii.String("insured")}),
			"depots":      cma.Measure_CountDistinct(jsii.String("depot"), nil),
			"postage":     cma.Measure_Sum(jsii.String("postage"), &cma.MeasureOptions{Where: jsii.String("postage < 100")}),
			"mean_weight": cma.Measure_Avg(jsii.String("weight"), nil),
			"lightest":    cma.Measure_Min(jsii.String("weight"), nil),
			"heaviest":    cma.Measure_Max(jsii.String("weight"), nil),
		},
		Refresh: cma.Refresh_Delta(jsii.String("day"), days(14)),
	})
}

func parcelList() cma.GoldTable {
	return cma.GoldTable_Snapshot(&cma.GoldSnapshotOptions{
		SilverTable: jsii.String("parcels"),
		Columns: &map[string]*string{
			"parcel": jsii.String("parcel"), "leg": jsii.String("leg"), "heavy": jsii.String("CASE WHEN weight > 20 THEN 'yes' ELSE 'no' END"),
		},
		Refresh: cma.Refresh_Full(),
	})
}

func figures() cma.GoldTable {
	return cma.GoldTable_Metrics(&cma.GoldMetricsOptions{
		SilverTable: jsii.String("parcels"),
		TimeColumn:  jsii.String("scanned_at"),
		Metrics: &map[string]cma.KeyMetric{
			"scans_today": cma.KeyMetric_Count(cma.Window_Today(awscdk.TimeZone_ASIA_TOKYO()), nil),
			"insured_week": cma.KeyMetric_Count(cma.Window_Last(days(7), nil), &cma.KeyMetricOptions{
				Where: jsii.String("insured"), WithPreviousPeriod: jsii.Bool(true),
			}),
			"postage": cma.KeyMetric_Sum(jsii.String("postage"), cma.Window_AllTime(), nil),
		},
		Refresh: cma.Refresh_Changed(),
	})
}

func days(count float64) awscdk.Duration {
	return awscdk.Duration_Days(&count)
}
