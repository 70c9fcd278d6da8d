import { Duration } from 'aws-cdk-lib';
import {
  Column, ColumnStyle, GoldTable, GrafanaDashboard, GrafanaVariable, KeyMetric, Measure, Panel, PanelAggregate, PanelColor, PanelDrawing,
  PanelOrder, PanelThreshold, PanelUnit, TotalBeside, Window, type PipelineDefinition,
} from '../../src';
import { orderColumns, ordersTable } from './definitions';

const SALES = 'sales';
const TRAFFIC_LIGHT = [
  PanelThreshold.lowest(PanelColor.RED), PanelThreshold.above(10, PanelColor.YELLOW), PanelThreshold.above(20, PanelColor.GREEN),
];

/** Every kind of panel in every way that changes its query or its looks, over orders. */
export function everyPanel(): PipelineDefinition {
  return {
    tables: {
      orders: ordersTable({
        columns: {
          ...orderColumns(),
          weight: Column.doublePrecision('Weight'),
          gift: Column.bool('Gift'),
          signature: Column.binary('Signature'),
          sizes: Column.set(Column.decimal(6, 1), 'Sizes'),
          attributes: Column.map(Column.bigint(), 'Attributes'),
          address: Column.struct({ city: Column.string('City'), since: Column.timestamp('Since') }, 'Address'),
        },
      }),
    },
    gold: {
      [SALES]: GoldTable.aggregate({
        silverTable: 'orders',
        groupBy: { day: 'CAST(order_date AS date)', customer: 'customer_id', large: 'total_amount > 50' },
        measures: {
          orders: Measure.count(),
          revenue: Measure.sum('total_amount'),
          average: Measure.avg('total_amount'),
          smallest: Measure.min('total_amount'),
          largest: Measure.max('total_amount'),
        },
      }),
      hourly: GoldTable.aggregate({
        silverTable: 'orders', groupBy: { hour: "date_trunc('hour', order_date)" }, measures: { orders: Measure.count(), customers: Measure.countDistinct('customer_id') },
      }),
      order_list: GoldTable.snapshot({
        silverTable: 'orders',
        columns: {
          ...{ order_id: 'order_id', customer: 'customer_id', ordered_at: 'order_date', day: 'CAST(order_date AS date)', total: 'total_amount', items: 'product_ids' },
          ...{ weight: 'weight', gift: 'gift', signature: 'signature', sizes: 'sizes', attributes: 'attributes', address: 'address' },
        },
      }),
      figures: GoldTable.metrics({
        silverTable: 'orders',
        timeColumn: 'order_date',
        metrics: { orders_today: KeyMetric.count(Window.today()), revenue_7d: KeyMetric.sum('total_amount', Window.last(Duration.days(7)), { withPreviousPeriod: true }) },
      }),
    },
    dashboards: {
      everything: GrafanaDashboard.of('Every panel', {
        description: 'One of each',
        refresh: Duration.seconds(90),
        timeRange: Window.last(Duration.hours(48)),
        variables: { customer: GrafanaVariable.column(SALES, 'customer'), large: GrafanaVariable.column(SALES, 'large', { label: 'Large orders' }) },
        panels: [
          Panel.keyMetrics('All metrics', { goldTable: 'figures' }),
          Panel.stat('One metric', { goldTable: 'figures', metric: 'revenue_7d', unit: PanelUnit.currency('€'), thresholds: TRAFFIC_LIGHT }),
          Panel.gauge('Dial', { goldTable: 'figures', metric: 'orders_today', maximum: 30, thresholds: TRAFFIC_LIGHT }),
          Panel.total('Total and before', { goldTable: SALES, value: 'revenue' }),
          Panel.total('Total and course', { goldTable: SALES, value: 'revenue', beside: TotalBeside.SPARKLINE }),
          Panel.total('Total alone', { goldTable: SALES, value: 'largest', beside: TotalBeside.NOTHING }),
          Panel.total('Total of all time', { goldTable: 'order_list', value: 'total' }),
          Panel.total('Hours and before', { goldTable: 'hourly', value: 'orders' }),
          Panel.total('Latest', { goldTable: 'hourly', value: 'customers', aggregate: PanelAggregate.LATEST, beside: TotalBeside.NOTHING }),
          Panel.pie('Pie with others', { goldTable: SALES, value: 'orders', by: 'customer', slices: 1, links: { Shop: 'https://shop.example' } }),
          Panel.pie('Pie of days', { goldTable: SALES, value: 'orders', by: 'day', window: Window.allTime() }),
          Panel.pie('Pie of hours', { goldTable: 'hourly', value: 'orders', by: 'hour', window: Window.allTime() }),
          Panel.bar('Bars', { goldTable: SALES, values: ['orders', 'smallest'], by: 'customer', aggregate: PanelAggregate.MIN }),
          Panel.bar('Bars of booleans', { goldTable: SALES, values: ['revenue'], by: 'large' }),
          Panel.bar('Bars of amounts', { goldTable: 'order_list', values: ['weight'], by: 'total', limit: 3 }),
          Panel.bar('Bars of days', { goldTable: SALES, values: ['revenue'], by: 'day', limit: 2, window: Window.allTime() }),
          Panel.barGauge('Bar gauge', { goldTable: 'order_list', value: 'total', by: 'customer', limit: 2, thresholds: TRAFFIC_LIGHT }),
          Panel.timeSeries('Lines', { goldTable: SALES, timeColumn: 'day', values: ['smallest', 'largest'] }),
          Panel.timeSeries('Lines by customer', {
            goldTable: SALES, timeColumn: 'day', values: ['orders', 'revenue'], by: 'customer', drawing: PanelDrawing.STACKED_AREA, window: Window.last(Duration.days(7)),
          }),
          Panel.timeSeries('Mean of rows', {
            goldTable: SALES, timeColumn: 'day', values: ['average'], aggregate: PanelAggregate.AVERAGE, drawing: PanelDrawing.BARS, thresholds: TRAFFIC_LIGHT,
          }),
          Panel.timeSeries('Lines of everything', { goldTable: 'order_list', timeColumn: 'ordered_at', values: ['total'], window: Window.allTime() }),
          Panel.timeSeries('Hours', { goldTable: 'hourly', timeColumn: 'hour', values: ['orders', 'customers'] }),
          Panel.table('Table', {
            goldTable: 'order_list',
            columns: ['order_id', 'day', 'total', 'items'],
            timeColumn: 'ordered_at',
            sortBy: 'total',
            order: PanelOrder.ASCENDING,
            limit: 3,
            styles: {
              order_id: ColumnStyle.of({ label: 'Order', link: 'https://shop.example/${__value.raw}', valueColors: { o1: PanelColor.RED } }),
              total: ColumnStyle.of({ unit: PanelUnit.currency('€'), decimals: 2, thresholds: TRAFFIC_LIGHT }),
            },
          }),
          Panel.table('Table of every type', {
            goldTable: 'order_list', columns: ['order_id', 'ordered_at', 'weight', 'gift', 'signature', 'sizes', 'attributes', 'address'], timeColumn: 'day',
          }),
        ],
      }),
    },
  };
}
