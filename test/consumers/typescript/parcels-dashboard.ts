import { Duration } from 'aws-cdk-lib';
import {
  ColumnStyle, GrafanaDashboard, GrafanaVariable, Panel, PanelAggregate, PanelColor, PanelDrawing, PanelOrder, PanelThreshold, PanelUnit,
  TotalBeside, Window,
} from '../../../src';

/** Every kind of panel, and what panels take. */
export function parcelsDashboard(): GrafanaDashboard {
  const daily = 'daily_parcels';
  const trafficLight = [PanelThreshold.lowest(PanelColor.RED), PanelThreshold.above(10, PanelColor.GREEN)];

  return GrafanaDashboard.of('Parcels', {
    description: 'What is on its way',
    refresh: Duration.minutes(10),
    timeRange: Window.last(Duration.days(14)),
    variables: { region: GrafanaVariable.column(daily, 'region', { label: 'Region of the depot' }) },
    panels: [
      Panel.keyMetrics('Figures', { goldTable: 'figures', metrics: ['scans_today', 'postage'], width: 24, height: 5 }),
      Panel.stat('Scans', { goldTable: 'figures', metric: 'scans_today', unit: PanelUnit.counting('scans'), thresholds: trafficLight }),
      Panel.gauge('Insured', { goldTable: 'figures', metric: 'insured_week', maximum: 500, minimum: 10 }),
      Panel.total('Postage', { goldTable: daily, value: 'postage', unit: PanelUnit.currency('€'), decimals: 2, beside: TotalBeside.SPARKLINE }),
      Panel.pie('By region', { goldTable: daily, value: 'parcels', by: 'region', slices: 4, links: { Depots: 'https://parcels.example/depots' } }),
      Panel.bar('Heaviest', { goldTable: daily, values: ['heaviest'], by: 'region', aggregate: PanelAggregate.MAX, limit: 5 }),
      Panel.barGauge('Insured parcels', { goldTable: daily, value: 'insured', by: 'region', unit: PanelUnit.SHORT, window: Window.allTime() }),
      Panel.timeSeries('A day', { goldTable: daily, timeColumn: 'day', values: ['parcels'], by: 'region', drawing: PanelDrawing.STACKED_BARS }),
      Panel.table('Parcels', {
        goldTable: 'parcel_list',
        description: 'Each leg of each parcel',
        columns: ['parcel', 'leg', 'heavy'],
        sortBy: 'parcel',
        order: PanelOrder.ASCENDING,
        limit: 50,
        styles: { heavy: ColumnStyle.of({ label: 'Heavy', valueColors: { yes: PanelColor.ORANGE }, link: '/d/heavy' }), leg: ColumnStyle.of({ unit: PanelUnit.of('none') }) },
      }),
    ],
  });
}
