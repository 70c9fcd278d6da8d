import { loadExpressionParser } from '../../src/expression/parser';
import { BIGINT, BOOLEAN, DATE, VARCHAR, decimal, type SqlType } from '../../src/expression/sql-type';
import type { ColumnType } from '../../src/spec/column-type';
import type { ExpectationSpec, GoldAggregateSpec, PipelineSpec, SilverTableSpec, UserExpression } from '../../src/spec/pipeline-spec';

/** Customers, orders that are enriched from them, and sales by region: small enough to see through. */
export function shopSpec(
  overrides: { readonly orders?: Partial<SilverTableSpec>; readonly sales?: Partial<GoldAggregateSpec> } = {},
): PipelineSpec {
  return {
    specVersion: 1,
    timeZone: 'UTC',
    tables: {
      customers: table({ bronzeName: 'customers', key: ['customer_id'], columns: { customer_id: text('CustomerID'), region: text('Region') } }),
      orders: table({
        bronzeName: 'orders',
        key: ['order_id'],
        columns: {
          order_id: text('OrderID'),
          customer_id: text('CustomerID'),
          order_date: { attribute: 'OrderDate', type: { kind: 'timestamp', format: { kind: 'iso8601' } } },
          amount: { attribute: 'Amount', type: { kind: 'decimal', precision: 12, scale: 2 } },
        },
        enrichments: [{ table: 'customers', on: { customer_id: 'customer_id' }, columns: { customer_region: 'region' } }],
        ...overrides.orders,
      }),
    },
    gold: {
      sales: {
        kind: 'aggregate',
        definitionHash: 'sales 1',
        silverTable: 'orders',
        refresh: { kind: 'changed' },
        groupBy: { day: expression('CAST(order_date AS date)', DATE), region: expression('customer_region', VARCHAR) },
        measures: { orders: { aggregate: 'count', type: BIGINT }, revenue: { aggregate: 'sum', column: 'amount', type: decimal(38, 2) } },
        ...overrides.sales,
      },
    },
    dashboards: {},
  };
}

export function expectation(action: ExpectationSpec['action'], predicate: string): ExpectationSpec {
  return { action, predicate: expression(predicate, BOOLEAN) };
}

export function expression(sql: string, type: SqlType): UserExpression {
  const result = loadExpressionParser()(sql);
  if (result.kind === 'failed') throw new Error(`${sql}: ${JSON.stringify(result.problems)}`);
  return { text: sql, tree: result.tree, type };
}

export function table(definition: Pick<SilverTableSpec, 'bronzeName' | 'key' | 'columns'> & Partial<SilverTableSpec>): SilverTableSpec {
  return { definitionHash: `${definition.bronzeName} 1`, ttlDeletes: 'remove', partitionBy: [], enrichments: [], expectations: {}, ...definition };
}

function text(attribute: string): { attribute: string; type: ColumnType } {
  return { attribute, type: { kind: 'string' } };
}

export function customer(id: string, region: string) {
  return { CustomerID: { S: id }, Region: { S: region } };
}

export function order(id: string, customerId: string, amount: string, date = '2026-03-28T10:00:00Z') {
  return { OrderID: { S: id }, CustomerID: { S: customerId }, OrderDate: { S: date }, Amount: { N: amount } };
}
