package shop;

import io.github.cdkmedallionanalytics.*;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;

final class ParcelsDashboard {
    private static final String DAILY = "daily_parcels";

    static GrafanaDashboard create() {
        List<PanelThreshold> trafficLight = List.of(PanelThreshold.lowest(PanelColor.RED), PanelThreshold.above(10, PanelColor.GREEN));

        return GrafanaDashboard.of("Parcels", GrafanaDashboardOptions.builder()
            .description("What is on its way")
            .refresh(Duration.minutes(10))
            .timeRange(Window.last(Duration.days(14)))
            .variables(Map.of("region", GrafanaVariable.column(
                DAILY, "region", GrafanaVariableOptions.builder().label("Region of the depot").build())))
            .panels(List.of(
                Panel.keyMetrics("Figures", KeyMetricsPanelOptions.builder()
                    .goldTable("figures").metrics(List.of("scans_today", "postage")).width(24).height(5).build()),
                Panel.stat("Scans", StatPanelOptions.builder()
                    .goldTable("figures").metric("scans_today").unit(PanelUnit.counting("scans")).thresholds(trafficLight).build()),
                Panel.gauge("Insured", GaugePanelOptions.builder()
                    .goldTable("figures").metric("insured_week").maximum(500).minimum(10).build()),
                Panel.total("Postage", TotalPanelOptions.builder()
                    .goldTable(DAILY).value("postage").unit(PanelUnit.currency("€")).decimals(2).beside(TotalBeside.SPARKLINE).build()),
                Panel.pie("By region", PiePanelOptions.builder()
                    .goldTable(DAILY).value("parcels").by("region").slices(4).links(Map.of("Depots", "https://parcels.example/depots")).build()),
                Panel.bar("Heaviest", BarPanelOptions.builder()
                    .goldTable(DAILY).values(List.of("heaviest")).by("region").aggregate(PanelAggregate.MAX).limit(5).build()),
                Panel.barGauge("Insured parcels", BarGaugePanelOptions.builder()
                    .goldTable(DAILY).value("insured").by("region").unit(PanelUnit.SHORT).window(Window.allTime()).build()),
                Panel.timeSeries("A day", TimeSeriesPanelOptions.builder()
                    .goldTable(DAILY).timeColumn("day").values(List.of("parcels")).by("region").drawing(PanelDrawing.STACKED_BARS).build()),
                Panel.table("Parcels", TablePanelOptions.builder()
                    .goldTable("parcel_list")
                    .description("Each leg of each parcel")
                    .columns(List.of("parcel", "leg", "heavy"))
                    .sortBy("parcel")
                    .order(PanelOrder.ASCENDING)
                    .limit(50)
                    .styles(Map.of(
                        "heavy", ColumnStyle.of(ColumnStyleOptions.builder()
                            .label("Heavy").valueColors(Map.of("yes", PanelColor.ORANGE)).link("/d/heavy").build()),
                        "leg", ColumnStyle.of(ColumnStyleOptions.builder().unit(PanelUnit.of("none")).build())))
                    .build())))
            .build());
    }

    private ParcelsDashboard() {}
}
