import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import {
  Column, GoldTable, Measure, SilverTable, Source, type GoldAggregateOptions, type PipelineDefinition, type SilverTableOptions,
} from '../../src';
import { sourceTable } from './source-table';

/** Orders with a key, text, a time and a price; `changes` replaces whole options. */
export function ordersTable(changes: Partial<SilverTableOptions> = {}, table: dynamodb.ITable = sourceTable()): SilverTable {
  return SilverTable.of(Source.dynamoDb(table), {
    key: ['order_id'],
    columns: orderColumns(),
    ...changes,
  });
}

export function orderColumns(): SilverTableOptions['columns'] {
  return {
    order_id: Column.string('OrderID'),
    customer_id: Column.string('CustomerID'),
    order_date: Column.timestamp('OrderDate'),
    total_amount: Column.decimal(12, 2, 'TotalAmount'),
    product_ids: Column.list(Column.string(), 'ProductIDs'),
  };
}

export function customersTable(changes: Partial<SilverTableOptions> = {}): SilverTable {
  return SilverTable.of(Source.dynamoDb(sourceTable('CustomerID')), {
    key: ['customer_id'],
    columns: { customer_id: Column.string('CustomerID'), region: Column.string('Region'), visits: Column.integer('Visits') },
    ...changes,
  });
}

export function ordersAlone(changes: Partial<SilverTableOptions> = {}): PipelineDefinition {
  return { tables: { orders: ordersTable(changes) } };
}

/** Orders, and a Gold aggregate of them. */
export function ordersPerCustomer(changes: Partial<GoldAggregateOptions> = {}): PipelineDefinition {
  return { tables: { orders: ordersTable() }, gold: { per_customer: perCustomer(changes) } };
}

export function perCustomer(changes: Partial<GoldAggregateOptions> = {}): GoldTable {
  return GoldTable.aggregate({
    silverTable: 'orders', groupBy: { customer_id: 'customer_id' }, measures: { order_count: Measure.count() }, ...changes,
  });
}
