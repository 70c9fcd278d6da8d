package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	cma "github.com/cdk-medallion-analytics/cdk-medallion-analytics-go/cdkmedallionanalytics"
)

func parcelsDashboard() cma.GrafanaDashboard {
	daily, figures, region := jsii.String("daily_parcels"), jsii.String("figures"), jsii.String("region")
	trafficLight := &[]cma.PanelThreshold{
		cma.PanelThreshold_Lowest(cma.PanelColor_RED), cma.PanelThreshold_Above(jsii.Number(10), cma.PanelColor_GREEN),
	}

	return cma.GrafanaDashboard_Of(jsii.String("Parcels"), &cma.GrafanaDashboardOptions{
		Description: jsii.String("What is on its way"),
		Refresh:     awscdk.Duration_Minutes(jsii.Number(10)),
		TimeRange:   cma.Window_Last(days(14), nil),
		Variables: &map[string]cma.GrafanaVariable{
			"region": cma.GrafanaVariable_Column(daily, region, &cma.GrafanaVariableOptions{Label: jsii.String("Region of the depot")}),
		},
		Panels: &[]cma.Panel{
			cma.Panel_KeyMetrics(jsii.String("Figures"), &cma.KeyMetricsPanelOptions{
				GoldTable: figures, Metrics: jsii.Strings("scans_today", "postage"), Width: jsii.Number(24), Height: jsii.Number(5),
			}),
			cma.Panel_Stat(jsii.String("Scans"), &cma.StatPanelOptions{
				GoldTable: figures, Metric: jsii.String("scans_today"), Unit: cma.PanelUnit_Counting(jsii.String("scans")), Thresholds: trafficLight,
			}),
			cma.Panel_Gauge(jsii.String("Insured"), &cma.GaugePanelOptions{
				GoldTable: figures, Metric: jsii.String("insured_week"), Maximum: jsii.Number(500), Minimum: jsii.Number(10),
			}),
			cma.Panel_Total(jsii.String("Postage"), &cma.TotalPanelOptions{
				GoldTable: daily,
				Value:     jsii.String("postage"),
				Unit:      cma.PanelUnit_Currency(jsii.String("€")),
				Decimals:  jsii.Number(2),
				Beside:    cma.TotalBeside_SPARKLINE,
			}),
			cma.Panel_Pie(jsii.String("By region"), &cma.PiePanelOptions{
				GoldTable: daily,
				Value:     jsii.String("parcels"),
				By:        region,
				Slices:    jsii.Number(4),
				Links:     &map[string]*string{"Depots": jsii.String("https://parcels.example/depots")},
			}),
			cma.Panel_Bar(jsii.String("Heaviest"), &cma.BarPanelOptions{
				GoldTable: daily, Values: jsii.Strings("heaviest"), By: region, Aggregate: cma.PanelAggregate_MAX, Limit: jsii.Number(5),
			}),
			cma.Panel_BarGauge(jsii.String("Insured parcels"), &cma.BarGaugePanelOptions{
				GoldTable: daily, Value: jsii.String("insured"), By: region, Unit: cma.PanelUnit_SHORT(), Window: cma.Window_AllTime(),
			}),
			cma.Panel_TimeSeries(jsii.String("A day"), &cma.TimeSeriesPanelOptions{
				GoldTable:  daily,
				TimeColumn: jsii.String("day"),
				Values:     jsii.Strings("parcels"),
				By:         region,
				Drawing:    cma.PanelDrawing_STACKED_BARS,
			}),
			cma.Panel_Table(jsii.String("Parcels"), &cma.TablePanelOptions{
				GoldTable:   jsii.String("parcel_list"),
				Description: jsii.String("Each leg of each parcel"),
				Columns:     jsii.Strings("parcel", "leg", "heavy"),
				SortBy:      jsii.String("parcel"),
				Order:       cma.PanelOrder_ASCENDING,
				Limit:       jsii.Number(50),
				Styles: &map[string]cma.ColumnStyle{
					"heavy": cma.ColumnStyle_Of(&cma.ColumnStyleOptions{
						Label:       jsii.String("Heavy"),
						ValueColors: &map[string]cma.PanelColor{"yes": cma.PanelColor_ORANGE},
						Link:        jsii.String("/d/heavy"),
					}),
					"leg": cma.ColumnStyle_Of(&cma.ColumnStyleOptions{Unit: cma.PanelUnit_Of(jsii.String("none"))}),
				},
			}),
		},
	})
}
