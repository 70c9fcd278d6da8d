from aws_cdk import Duration
from cdk_medallion_analytics import (
    ColumnStyle, GrafanaDashboard, GrafanaVariable, Panel, PanelAggregate, PanelColor, PanelDrawing, PanelOrder, PanelThreshold, PanelUnit,
    TotalBeside, Window,
)


def parcels_dashboard() -> GrafanaDashboard:
    daily = "daily_parcels"
    traffic_light = [PanelThreshold.lowest(PanelColor.RED), PanelThreshold.above(10, PanelColor.GREEN)]

    return GrafanaDashboard.of(
        "Parcels",
        description="What is on its way",
        refresh=Duration.minutes(10),
        time_range=Window.last(Duration.days(14)),
        variables={"region": GrafanaVariable.column(daily, "region", label="Region of the depot")},
        panels=[
            Panel.key_metrics("Figures", gold_table="figures", metrics=["scans_today", "postage"], width=24, height=5),
            Panel.stat("Scans", gold_table="figures", metric="scans_today", unit=PanelUnit.counting("scans"), thresholds=traffic_light),
            Panel.gauge("Insured", gold_table="figures", metric="insured_week", maximum=500, minimum=10),
            Panel.total(
                "Postage", gold_table=daily, value="postage", unit=PanelUnit.currency("€"), decimals=2, beside=TotalBeside.SPARKLINE,
            ),
            Panel.pie(
                "By region", gold_table=daily, value="parcels", by="region", slices=4, links={"Depots": "https://parcels.example/depots"},
            ),
            Panel.bar("Heaviest", gold_table=daily, values=["heaviest"], by="region", aggregate=PanelAggregate.MAX, limit=5),
            Panel.bar_gauge(
                "Insured parcels", gold_table=daily, value="insured", by="region", unit=PanelUnit.SHORT, window=Window.all_time(),
            ),
            Panel.time_series(
                "A day", gold_table=daily, time_column="day", values=["parcels"], by="region", drawing=PanelDrawing.STACKED_BARS,
            ),
            Panel.table(
                "Parcels",
                gold_table="parcel_list",
                description="Each leg of each parcel",
                columns=["parcel", "leg", "heavy"],
                sort_by="parcel",
                order=PanelOrder.ASCENDING,
                limit=50,
                styles={
                    "heavy": ColumnStyle.of(label="Heavy", value_colors={"yes": PanelColor.ORANGE}, link="/d/heavy"),
                    "leg": ColumnStyle.of(unit=PanelUnit.of("none")),
                },
            ),
        ],
    )
