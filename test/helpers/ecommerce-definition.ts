import { Duration } from 'aws-cdk-lib';
import {
  Column, Enrichment, Expectation, GoldTable, GrafanaDashboard, KeyMetric, Measure, Panel, Partition, SilverTable, Source, TimestampFormat,
  Window, type PipelineDefinition,
} from '../../src';
import { sourceTable } from './source-table';

/** The e-commerce pipeline: three tables, an aggregate, a snapshot, key metrics and a dashboard. */
export function ecommerceDefinition(): PipelineDefinition {
  return {
    tables: {
      customers: SilverTable.of(Source.dynamoDb(sourceTable('CustomerID')), {
        key: ['customer_id'],
        columns: {
          customer_id: Column.string('CustomerID'),
          name: Column.string('Name'),
          region: Column.string('Region'),
          join_date: Column.date('JoinDate'),
        },
      }),
      products: SilverTable.of(Source.dynamoDb(sourceTable('ProductID')), {
        key: ['product_id'],
        columns: {
          product_id: Column.string('ProductID'),
          name: Column.string('Name'),
          price: Column.decimal(10, 2, 'Price'),
          stock_level: Column.integer('StockLevel'),
        },
      }),
      orders_enriched: SilverTable.of(Source.dynamoDb(sourceTable('OrderID')), {
        bronzeName: 'orders',
        key: ['order_id'],
        columns: {
          order_id: Column.string('OrderID'),
          customer_id: Column.string('CustomerID'),
          order_date: Column.timestamp('OrderDate', TimestampFormat.pattern('yyyy-MM-dd HH:mm:ss')),
          total_amount: Column.decimal(12, 2, 'TotalAmount'),
          product_ids: Column.list(Column.string(), 'ProductIDs'),
        },
        partitionBy: [Partition.month('order_date')],
        enrichments: [Enrichment.join('customers', {
          on: { customer_id: 'customer_id' },
          columns: { customer_name: 'name', customer_region: 'region' },
        })],
        expectations: { total_not_negative: Expectation.quarantine('total_amount >= 0') },
      }),
    },
    gold: {
      daily_sales_by_region: GoldTable.aggregate({
        silverTable: 'orders_enriched',
        where: 'customer_region IS NOT NULL',
        groupBy: { order_date: 'CAST(order_date AS date)', region: 'customer_region' },
        measures: {
          order_count: Measure.count(),
          total_revenue: Measure.sum('total_amount'),
          average_order: Measure.avg('total_amount'),
          customers: Measure.countDistinct('customer_id'),
          largest_order: Measure.max('total_amount'),
          large_orders: Measure.count({ where: 'total_amount > 100' }),
        },
      }),
      product_performance: GoldTable.snapshot({
        silverTable: 'products',
        columns: {
          product_id: 'product_id',
          name: 'name',
          stock_status: "CASE WHEN stock_level < 10 THEN 'Critical' WHEN stock_level < 50 THEN 'Low' ELSE 'Good' END",
        },
      }),
      key_metrics: GoldTable.metrics({
        silverTable: 'orders_enriched',
        timeColumn: 'order_date',
        metrics: {
          orders_today: KeyMetric.count(Window.today()),
          revenue_today: KeyMetric.sum('total_amount', Window.today()),
          revenue_7d: KeyMetric.sum('total_amount', Window.last(Duration.days(7))),
          revenue_all: KeyMetric.sum('total_amount', Window.allTime()),
        },
      }),
    },
    dashboards: {
      ecommerce: GrafanaDashboard.of('E-commerce analytics', {
        panels: [
          Panel.pie('Revenue by region', {
            goldTable: 'daily_sales_by_region', value: 'total_revenue', by: 'region', window: Window.last(Duration.days(30)),
          }),
          Panel.timeSeries('Orders a day', { goldTable: 'daily_sales_by_region', timeColumn: 'order_date', values: ['order_count'] }),
          Panel.stat('Orders today', { goldTable: 'key_metrics', metric: 'orders_today' }),
          Panel.table('Stock', { goldTable: 'product_performance', columns: ['name', 'stock_status'], sortBy: 'name' }),
        ],
      }),
    },
  };
}
