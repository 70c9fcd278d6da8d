import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import {
  Column, Enrichment, Expectation, GoldTable, KeyMetric, Measure, MedallionAnalyticsPipeline, Partition, SilverTable, Source,
  TimestampFormat, Window, type PipelineDefinition,
} from '../../src';
import { ecommerceDashboard } from './dashboard';

export interface EcommerceTables {
  readonly customers: ITable;
  readonly products: ITable;
  readonly orders: ITable;
}

/** The shop's pipeline, as an app has it. */
export function ecommercePipeline(scope: Construct, tables: EcommerceTables): MedallionAnalyticsPipeline {
  return new MedallionAnalyticsPipeline(scope, 'Analytics', { name: 'ecommerce', ...ecommerceDefinition(tables) });
}

/** Everything that the example computes. */
export function ecommerceDefinition({ customers, products, orders }: EcommerceTables): PipelineDefinition {
  return {
    tables: {
      customers: SilverTable.of(Source.dynamoDb(customers), {
        key: ['customer_id'],
        columns: {
          customer_id: Column.string('CustomerID'),
          name: Column.string('Name'),
          email: Column.string('Email'),
          region: Column.string('Region'),
          join_date: Column.date('JoinDate'),
        },
      }),
      products: SilverTable.of(Source.dynamoDb(products), {
        key: ['product_id'],
        columns: {
          product_id: Column.string('ProductID'),
          product_name: Column.string('ProductName'),
          category: Column.string('Category'),
          price: Column.decimal(10, 2, 'Price'),
          stock_level: Column.integer('StockLevel'),
        },
      }),
      orders_enriched: SilverTable.of(Source.dynamoDb(orders), {
        bronzeName: 'orders',
        key: ['order_id'],
        columns: {
          order_id: Column.string('OrderID'),
          customer_id: Column.string('CustomerID'),
          order_date: Column.timestamp('OrderDate', TimestampFormat.pattern('yyyy-MM-dd HH:mm:ss')),
          status: Column.string('Status'),
          total_amount: Column.decimal(12, 2, 'TotalAmount'),
          item_count: Column.integer('ItemCount'),
          product_ids: Column.list(Column.string(), 'ProductIDs'),
          shipping_address: Column.string('ShippingAddress'),
        },
        partitionBy: [Partition.month('order_date')],
        enrichments: [
          Enrichment.join('customers', {
            on: { customer_id: 'customer_id' },
            columns: { customer_name: 'name', customer_region: 'region' },
          }),
        ],
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
          avg_order_value: Measure.avg('total_amount'),
          unique_customers: Measure.countDistinct('customer_id'),
        },
      }),
      product_performance: GoldTable.snapshot({
        silverTable: 'products',
        columns: {
          product_id: 'product_id',
          product_name: 'product_name',
          category: 'category',
          price: 'price',
          current_stock: 'stock_level',
          stock_status: "CASE WHEN stock_level < 10 THEN 'Critical' WHEN stock_level < 50 THEN 'Low' ELSE 'Good' END",
        },
      }),
      key_metrics: GoldTable.metrics({
        silverTable: 'orders_enriched',
        timeColumn: 'order_date',
        metrics: {
          orders_today: KeyMetric.count(Window.today()),
          revenue_today: KeyMetric.sum('total_amount', Window.today()),
          revenue_7d: KeyMetric.sum('total_amount', Window.last(Duration.days(7)), { withPreviousPeriod: true }),
          revenue_30d: KeyMetric.sum('total_amount', Window.last(Duration.days(30)), { withPreviousPeriod: true }),
          revenue_90d: KeyMetric.sum('total_amount', Window.last(Duration.days(90))),
        },
      }),
    },

    dashboards: { ecommerce: ecommerceDashboard() },
  };
}
