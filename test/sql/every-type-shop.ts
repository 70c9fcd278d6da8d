import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  Column, Enrichment, Expectation, GoldTable, KeyMetric, Measure, Partition, Refresh, SilverTable, Source, TtlDeletes, Window,
} from '../../src';
import { compilePipeline } from '../../src/spec/compile-pipeline';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { sourceTable } from '../helpers/source-table';

/** Orders with a column of every type, enriched through a chain, partitioned, with every rule; Gold tables of every kind. */
export function everyTypeShop(): PipelineSpec {
  return compilePipeline(new Stack(new App(), 'Shop'), {
    tables: {
      countries: SilverTable.of(Source.dynamoDb(sourceTable('CountryID')), {
        key: ['country_id'],
        columns: { country_id: Column.string('CountryID'), label: Column.string('Label') },
        ttlDeletes: TtlDeletes.KEEP,
      }),
      customers: SilverTable.of(Source.dynamoDb(sourceTable('CustomerID')), {
        key: ['customer_id'],
        columns: { customer_id: Column.string('CustomerID'), name: Column.string('Name'), country_id: Column.string('CountryID') },
        enrichments: [Enrichment.join('countries', { on: { country_id: 'country_id' }, columns: { country: 'label' } })],
      }),
      orders_enriched: SilverTable.of(Source.dynamoDb(sourceTable(['OrderID', 'Line'])), {
        bronzeName: 'orders',
        key: ['order_id', 'line'],
        columns: {
          order_id: Column.string('OrderID'),
          line: Column.string('Line'),
          customer_id: Column.string('CustomerID'),
          order_date: Column.timestamp('OrderDate'),
          ship_date: Column.date('ShipDate'),
          amount: Column.decimal(12, 2, 'Amount'),
          quantity: Column.integer('Quantity'),
          page_views: Column.bigint('Views'),
          weight: Column.doublePrecision('Weight'),
          gift: Column.bool('Gift'),
          signature: Column.binary('Signature'),
          extras: Column.json('Extras'),
          product_ids: Column.list(Column.string(), 'ProductIDs'),
          sizes: Column.set(Column.decimal(6, 1), 'Sizes'),
          attributes: Column.map(Column.bigint(), 'Attributes'),
          address: Column.struct({ city: Column.string('City'), since: Column.date('Since') }, 'Address'),
        },
        partitionBy: [Partition.month('order_date'), Partition.bucket('customer_id', 4)],
        enrichments: [Enrichment.join('customers', { on: { customer_id: 'customer_id' }, columns: { customer_name: 'name', customer_country: 'country' } })],
        expectations: {
          amount_not_negative: Expectation.quarantine('amount >= 0'),
          quantity_positive: Expectation.drop('quantity > 0'),
          amount_known: Expectation.warn('amount IS NOT NULL'),
        },
      }),
    },
    gold: {
      daily_sales: GoldTable.aggregate({
        silverTable: 'orders_enriched',
        where: 'gift IS NULL OR NOT gift',
        groupBy: { order_day: 'CAST(order_date AS date)', country: "COALESCE(customer_country, 'it''s unknown')" },
        measures: {
          orders: Measure.count(),
          revenue: Measure.sum('amount'),
          average: Measure.avg('amount'),
          customers: Measure.countDistinct('customer_id'),
          largest: Measure.max('amount'),
          large_orders: Measure.count({ where: 'amount > 100.50' }),
        },
        refresh: Refresh.delta('order_day', Duration.days(2)),
      }),
      customer_list: GoldTable.snapshot({
        silverTable: 'customers',
        where: 'name IS NOT NULL',
        columns: { customer_id: 'customer_id', label: "CONCAT(name, ' (', country, ')')" },
      }),
      key_metrics: GoldTable.metrics({
        silverTable: 'orders_enriched',
        timeColumn: 'order_date',
        metrics: {
          orders_today: KeyMetric.count(Window.today()),
          revenue_3d: KeyMetric.sum('amount', Window.last(Duration.days(3)), { withPreviousPeriod: true }),
        },
      }),
    },
  }).spec;
}
