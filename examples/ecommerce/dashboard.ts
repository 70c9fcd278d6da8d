import {
  ColumnStyle, GrafanaDashboard, GrafanaVariable, Panel, PanelColor, PanelDrawing, PanelOrder, PanelThreshold, PanelUnit,
} from '../../src';

/** What the shop looks at every morning. */
export function ecommerceDashboard(): GrafanaDashboard {
  const euro = PanelUnit.currency('€');
  const sales = 'daily_sales_by_region';

  return GrafanaDashboard.of('E-commerce analytics', {
    description: 'Sales by region, products that run out, and the figures of the day.',
    variables: { region: GrafanaVariable.column(sales, 'region') },
    panels: [
      Panel.keyMetrics('Key metrics', {
        goldTable: 'key_metrics',
        metrics: ['orders_today', 'revenue_today', 'revenue_90d'],
        description: 'Of all regions, whatever the time range. Days begin at midnight UTC.',
        unit: euro,
        width: 13,
        styles: {
          orders_today: ColumnStyle.of({ label: 'Orders today', unit: PanelUnit.NUMBER }),
          revenue_today: ColumnStyle.of({ label: 'Revenue today' }),
          revenue_90d: ColumnStyle.of({ label: 'Revenue, 90 days' }),
        },
      }),
      Panel.keyMetrics('Recent revenue', {
        goldTable: 'key_metrics',
        metrics: ['revenue_7d', 'revenue_30d'],
        description: 'Of all regions, against as many days before. Today is still running.',
        unit: euro,
        width: 11,
        styles: {
          revenue_7d: ColumnStyle.of({ label: 'Revenue, 7 days' }),
          revenue_30d: ColumnStyle.of({ label: 'Revenue, 30 days' }),
        },
      }),

      Panel.total('Revenue', { goldTable: sales, value: 'total_revenue', unit: euro, description: 'In the time range, against the period before.' }),
      Panel.total('Orders', { goldTable: sales, value: 'order_count', unit: PanelUnit.NUMBER, description: 'In the time range, against the period before.' }),

      Panel.pie('Revenue by region', { goldTable: sales, value: 'total_revenue', by: 'region', unit: euro }),
      Panel.timeSeries('Daily revenue', {
        goldTable: sales, timeColumn: 'order_date', values: ['total_revenue'], unit: euro, drawing: PanelDrawing.AREA,
      }),

      Panel.timeSeries('Orders by region', {
        goldTable: sales, timeColumn: 'order_date', values: ['order_count'], by: 'region', drawing: PanelDrawing.STACKED_BARS,
      }),
      Panel.timeSeries('Average order value', {
        goldTable: sales,
        timeColumn: 'order_date',
        values: ['avg_order_value'],
        by: 'region',
        unit: euro,
        description: 'An average for each region: averages of regions do not add up to one of all.',
      }),

      Panel.table('Product stock', {
        goldTable: 'product_performance',
        columns: ['product_name', 'category', 'price', 'current_stock', 'stock_status'],
        sortBy: 'current_stock',
        order: PanelOrder.ASCENDING,
        width: 16,
        height: 11,
        styles: {
          price: ColumnStyle.of({ unit: euro, decimals: 2 }),
          current_stock: ColumnStyle.of({ label: 'In stock' }),
          stock_status: ColumnStyle.of({
            label: 'Status', valueColors: { Critical: PanelColor.RED, Low: PanelColor.ORANGE, Good: PanelColor.GREEN },
          }),
        },
      }),
      Panel.barGauge('Stock by category', {
        goldTable: 'product_performance',
        value: 'current_stock',
        by: 'category',
        height: 11,
        unit: PanelUnit.NUMBER,
        thresholds: [
          PanelThreshold.lowest(PanelColor.RED), PanelThreshold.above(100, PanelColor.ORANGE), PanelThreshold.above(500, PanelColor.GREEN),
        ],
      }),
    ],
  });
}
