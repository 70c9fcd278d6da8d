import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Column, Enrichment, GoldTable, type PipelineDefinition } from '../../src';
import { checkCollidingTables } from '../../src/checks/colliding-tables';
import { checkColumnLimit } from '../../src/checks/column-limit';
import { checkEmptyTables } from '../../src/checks/empty-tables';
import { checkSources } from '../../src/checks/sources';
import { checkStreams } from '../../src/checks/streams';
import { checkSystemNames } from '../../src/checks/system-names';
import { describeCheck } from '../helpers/check-context';
import { customersTable, ordersAlone, ordersPerCustomer, ordersTable, perCustomer } from '../helpers/definitions';
import { sourceTable } from '../helpers/source-table';

const GIVE_ANOTHER = 'give it another name';

function columns(count: number): { [name: string]: Column } {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [i === 0 ? 'order_id' : `c${i}`, Column.string('A')]));
}

function wideSnapshot(count: number): PipelineDefinition {
  const expressions = Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, 'order_id']));
  return { ...ordersAlone(), gold: { wide: GoldTable.snapshot({ silverTable: 'orders', columns: expressions }) } };
}

describeCheck('empty definitions', checkEmptyTables, [
  { mistake: 'a pipeline without tables', wrong: () => ({ tables: {} }), right: ordersAlone, problems: ['tables: no table. Fix: declare at least one SilverTable'] },
  {
    mistake: 'a table without columns',
    wrong: () => ordersAlone({ columns: {} }),
    right: () => ordersAlone({ columns: { order_id: Column.string() } }),
    problems: ['tables.orders.columns: no column. Fix: declare at least the key columns'],
  },
]);

describeCheck('system names', checkSystemNames, [
  {
    mistake: "a Silver column named like the pipeline's own",
    wrong: () => ordersAlone({ columns: { processed_at: Column.timestamp(), dt: Column.date() } }),
    right: () => ordersAlone({ columns: { computed_at: Column.timestamp(), day: Column.date() } }),
    problems: [
      "tables.orders.columns.processed_at: the pipeline has a column of that name itself (processed_at). Fix: rename it, such as 'own_processed_at'",
      "tables.orders.columns.dt: the pipeline has a column of that name itself (dt). Fix: rename it, such as 'own_dt'",
    ],
  },
  {
    mistake: "a Gold column named like the pipeline's own",
    wrong: () => ordersPerCustomer({ groupBy: { computed_at: 'order_date' } }),
    right: () => ordersPerCustomer({ groupBy: { processed_at: 'order_date' } }),
    problems: ["gold.per_customer.groupBy.computed_at: the pipeline has a column of that name itself (computed_at). Fix: rename it, such as 'own_computed_at'"],
  },
]);

describeCheck('colliding tables', checkCollidingTables, [
  {
    mistake: 'one name in Silver and Gold',
    wrong: () => ({ ...ordersAlone(), gold: { orders: perCustomer() } }),
    right: () => ({ ...ordersAlone(), gold: { orders_per_customer: perCustomer() } }),
    problems: ['gold.orders: a Silver table has that name too (orders). Fix: give the Gold table another name'],
  },
  {
    mistake: 'a table named like a quarantine view',
    wrong: () => ({ tables: { orders: ordersTable(), orders_quarantine: customersTable() } }),
    right: () => ({ tables: { orders: ordersTable(), orders_quarantined: customersTable() } }),
    problems: [`tables.orders_quarantine: the name of the quarantine view of 'orders' (orders_quarantine). Fix: ${GIVE_ANOTHER}`],
  },
  {
    mistake: 'a change log named like the run manifests of another',
    wrong: () => ({ tables: { orders: ordersTable({ bronzeName: 'log' }), customers: customersTable({ bronzeName: 'log_runs' }) } }),
    right: () => ({ tables: { orders: ordersTable({ bronzeName: 'log' }), customers: customersTable({ bronzeName: 'log_run' }) } }),
    problems: [`tables.customers.bronzeName: the name of the run manifests of Bronze 'log' (log_runs). Fix: ${GIVE_ANOTHER}`],
  },
  {
    mistake: 'tables named like bookkeeping',
    wrong: () => ({ tables: { orders: ordersTable() }, gold: { absent_orders: perCustomer(), ledger_orders: perCustomer() } }),
    right: () => ({ tables: { orders: ordersTable() }, gold: { absent: perCustomer(), ledger: perCustomer() } }),
    problems: [
      `gold.absent_orders: the name of the absent keys of 'orders' (absent_orders). Fix: ${GIVE_ANOTHER}`,
      `gold.ledger_orders: the name of the touched values of 'orders' (ledger_orders). Fix: ${GIVE_ANOTHER}`,
    ],
  },
]);

const imported = (id: string, tableArn: string): dynamodb.ITable => dynamodb.Table.fromTableAttributes(
  new Stack(new App(), `Imports${id}`), id, { tableArn, tableStreamArn: `${tableArn}/stream/2026-01-01T00:00:00.000` });
const ARN = 'arn:aws:dynamodb:eu-west-1:111111111111:table/orders';

describeCheck('sources', checkSources, [
  {
    mistake: 'two tables with one change log',
    wrong: () => ({ tables: { orders: ordersTable({ bronzeName: 'log' }), customers: customersTable({ bronzeName: 'log' }) } }),
    right: () => ({ tables: { orders: ordersTable({ bronzeName: 'log' }), customers: customersTable() } }),
    problems: ["tables.orders.bronzeName: 'customers' has that Bronze name too (log). Fix: give each table its own change log"],
  },
  {
    mistake: 'one DynamoDB table for two Silver tables',
    wrong: () => {
      const table = sourceTable();
      return { tables: { orders: ordersTable({}, table), more: ordersTable({}, table) } };
    },
    right: () => ({ tables: { orders: ordersTable(), more: ordersTable() } }),
    problems: ["tables.orders: 'more' already reads that DynamoDB table. Fix: put the columns of both into 'more'; Gold tells kinds of items apart by its where, such as \"sk LIKE 'ORDER#%'\""],
  },
  {
    mistake: 'one table imported twice',
    wrong: () => ({ tables: { a: ordersTable({}, imported('A', ARN)), b: ordersTable({}, imported('B', ARN)) } }),
    right: () => ({ tables: { a: ordersTable({}, imported('A', ARN)), b: ordersTable({}, imported('B', `${ARN}2`)) } }),
    problems: ["tables.b: 'a' already reads that DynamoDB table. Fix: put the columns of both into 'a'; Gold tells kinds of items apart by its where, such as \"sk LIKE 'ORDER#%'\""],
  },
]);

function tableV2(dynamoStream?: dynamodb.StreamViewType): dynamodb.TableV2 {
  const partitionKey = { name: 'OrderID', type: dynamodb.AttributeType.STRING };
  return new dynamodb.TableV2(new Stack(new App(), 'V2'), 'Table', { partitionKey, dynamoStream });
}

const STREAM_FIX = 'declare the table with `stream: StreamViewType.NEW_AND_OLD_IMAGES` (TableV2: `dynamoStream`)';
const NO_STREAM = `tables.orders: its DynamoDB table has no stream. Fix: ${STREAM_FIX}; import a table with its \`tableStreamArn\``;

describeCheck('streams', checkStreams, [
  {
    mistake: 'a table without a stream',
    wrong: () => ({ tables: { orders: ordersTable({}, sourceTable('OrderID', { stream: undefined })) } }),
    right: () => ({ tables: { orders: ordersTable({}, sourceTable('OrderID', { stream: dynamodb.StreamViewType.NEW_IMAGE })) } }),
    problems: [NO_STREAM],
  },
  {
    mistake: 'a TableV2 without a stream',
    wrong: () => ({ tables: { orders: ordersTable({}, tableV2()) } }),
    right: () => ({ tables: { orders: ordersTable({}, tableV2(dynamodb.StreamViewType.NEW_AND_OLD_IMAGES)) } }),
    problems: [NO_STREAM],
  },
  {
    mistake: 'an imported table without a stream',
    wrong: () => ({ tables: { orders: ordersTable({}, dynamodb.Table.fromTableArn(new Stack(new App(), 'I'), 'T', ARN)) } }),
    right: () => ({ tables: { orders: ordersTable({}, imported('A', ARN)) } }),
    problems: [NO_STREAM],
  },
  ...(['KEYS_ONLY', 'OLD_IMAGE'] as const).map(view => ({
    mistake: `a stream of ${view}`,
    wrong: () => ({ tables: { orders: ordersTable({}, sourceTable('OrderID', { stream: dynamodb.StreamViewType[view] })) } }),
    right: ordersAlone,
    problems: [`tables.orders: the stream of its DynamoDB table carries no new image (${view}). Fix: ${STREAM_FIX}`],
  })),
]);

const LIMIT_FIX = 'keep 321 at most; hold rarely used attributes together in a Column.json()';

describeCheck('the column limit', checkColumnLimit, [
  {
    mistake: 'a Silver table of 322 columns',
    wrong: () => ordersAlone({ columns: columns(317) }),
    right: () => ordersAlone({ columns: columns(316) }),
    problems: [`tables.orders: 322 columns, the pipeline's own included. Fix: ${LIMIT_FIX}`],
  },
  {
    mistake: 'enriched columns beyond the limit',
    wrong: () => ordersAlone({ columns: columns(316), enrichments: [Enrichment.join('x', { on: {}, columns: { one: 'one' } })] }),
    right: () => ordersAlone({ columns: columns(315), enrichments: [Enrichment.join('x', { on: {}, columns: { one: 'one' } })] }),
    problems: [`tables.orders: 322 columns, the pipeline's own included. Fix: ${LIMIT_FIX}`],
  },
  {
    mistake: 'a Gold table of 322 columns',
    wrong: () => wideSnapshot(321),
    right: () => wideSnapshot(320),
    problems: [`gold.wide: 322 columns, the pipeline's own included. Fix: ${LIMIT_FIX}`],
  },
]);
