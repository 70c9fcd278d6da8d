import { loadExpressionParser } from '../../src/expression/parser';
import { BIGINT, BOOLEAN, DATE, DOUBLE, VARCHAR, decimal, type SqlType } from '../../src/expression/sql-type';
import type { ColumnSpec, ColumnType } from '../../src/spec/column-type';
import type { PipelineSpec, SilverTableSpec, UserExpression } from '../../src/spec/pipeline-spec';

/**
 * Three tables in a chain of enrichments (regions <- customers <- orders), every kind of rule, partitions, a composite key, and
 * every kind of Gold table and refresh that promises to equal a recompute.
 */
export const CONVERGENCE_PIPELINE: PipelineSpec = {
  specVersion: 1,
  timeZone: 'Europe/Berlin',
  tables: {
    regions: silver({
      bronzeName: 'regions',
      key: ['region_id'],
      columns: { region_id: text('RegionID'), label: text('Label') },
      ttlDeletes: 'keep',
    }),
    customers: silver({
      bronzeName: 'customers',
      key: ['customer_id'],
      columns: { customer_id: text('CustomerID'), region_id: text('RegionID'), name: text('Name') },
      enrichments: [{ table: 'regions', on: { region_id: 'region_id' }, columns: { region_label: 'label' } }],
      expectations: { name_allowed: { action: 'drop', predicate: expression("name <> 'N0'", BOOLEAN) } },
    }),
    orders: silver({
      bronzeName: 'orders',
      key: ['order_id', 'line'],
      columns: {
        order_id: text('OrderID'),
        line: column('Line', { kind: 'integer' }),
        customer_id: text('CustomerID'),
        order_date: column('OrderDate', { kind: 'timestamp', format: { kind: 'iso8601' } }),
        amount: column('Amount', { kind: 'decimal', precision: 12, scale: 2 }),
        tags: column('Tags', { kind: 'list', element: { kind: 'string' } }),
      },
      partitionBy: [{ transform: 'month', column: 'order_date' }],
      enrichments: [{ table: 'customers', on: { customer_id: 'customer_id' }, columns: { customer_name: 'name', customer_region: 'region_label' } }],
      expectations: {
        amount_not_negative: { action: 'quarantine', predicate: expression('amount >= 0', BOOLEAN) },
        amount_known: { action: 'warn', predicate: expression('amount IS NOT NULL', BOOLEAN) },
      },
    }),
  },
  gold: {
    sales_by_region: {
      kind: 'aggregate',
      definitionHash: 'g1',
      silverTable: 'orders',
      refresh: { kind: 'changed' },
      groupBy: { order_day: expression('CAST(order_date AS date)', DATE), region: expression('customer_region', VARCHAR) },
      measures: {
        order_count: { aggregate: 'count', type: BIGINT },
        total: { aggregate: 'sum', column: 'amount', type: decimal(38, 2) },
        average: { aggregate: 'avg', column: 'amount', type: DOUBLE },
        customers: { aggregate: 'count-distinct', column: 'customer_id', type: BIGINT },
        small: { aggregate: 'count', where: expression('amount < 50', BOOLEAN), type: BIGINT },
      },
    },
    sales_of_known: {
      kind: 'aggregate',
      definitionHash: 'g2',
      silverTable: 'orders',
      refresh: { kind: 'full' },
      where: expression('customer_name IS NOT NULL', BOOLEAN),
      groupBy: { customer_name: expression('customer_name', VARCHAR) },
      measures: { largest: { aggregate: 'max', column: 'amount', type: decimal(12, 2) } },
    },
    customer_list: {
      kind: 'snapshot',
      definitionHash: 'g3',
      silverTable: 'customers',
      refresh: { kind: 'changed' },
      where: expression('region_label IS NOT NULL', BOOLEAN),
      columns: { customer_id: expression('customer_id', VARCHAR), place: expression("CONCAT(region_label, '!')", VARCHAR) },
      key: { customer_id: 'customer_id' },
    },
    key_metrics: {
      kind: 'metrics',
      definitionHash: 'g4',
      silverTable: 'orders',
      refresh: { kind: 'changed' },
      timeColumn: 'order_date',
      valueType: decimal(38, 2),
      metrics: {
        orders_today: { aggregate: 'count', window: { kind: 'today', timeZone: 'Europe/Berlin' } },
        revenue_3d: { aggregate: 'sum', column: 'amount', window: { kind: 'last', unit: 'day', count: 3, timeZone: 'Europe/Berlin' }, previous: true },
        revenue_ever: { aggregate: 'sum', column: 'amount', window: { kind: 'all-time' } },
      },
    },
  },
  dashboards: {},
};

function silver(table: Pick<SilverTableSpec, 'bronzeName' | 'key' | 'columns'> & Partial<SilverTableSpec>): SilverTableSpec {
  return { definitionHash: `hash of ${table.bronzeName}`, ttlDeletes: 'remove', partitionBy: [], enrichments: [], expectations: {}, ...table };
}

function text(attribute: string): ColumnSpec {
  return column(attribute, { kind: 'string' });
}

function column(attribute: string, type: ColumnType): ColumnSpec {
  return { attribute, type };
}

export function expression(sql: string, type: SqlType): UserExpression {
  const result = loadExpressionParser()(sql);
  if (result.kind === 'failed') throw new Error(`${sql}: ${JSON.stringify(result.problems)}`);
  return { text: sql, tree: result.tree, type };
}
