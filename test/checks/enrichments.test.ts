import { Column, Enrichment, SilverTable, Source, type JoinOptions, type PipelineDefinition } from '../../src';
import { checkEnrichmentColumns } from '../../src/checks/enrichment-columns';
import { checkEnrichmentCycles } from '../../src/checks/enrichment-cycles';
import { checkEnrichments } from '../../src/checks/enrichments';
import { describeCheck } from '../helpers/check-context';
import { customersTable, ordersTable } from '../helpers/definitions';
import { sourceTable } from '../helpers/source-table';

function joined(options: Partial<JoinOptions> = {}, table = 'customers', customers = customersTable()): PipelineDefinition {
  const enrichments = [Enrichment.join(table, { on: { customer_id: 'customer_id' }, columns: { customer_region: 'region' }, ...options })];
  return { tables: { customers, orders: ordersTable({ enrichments }) } };
}

/** Tables that only join each other: `a: ['b']` says that a joins b. */
function joining(graph: { readonly [table: string]: readonly string[] }): PipelineDefinition {
  const entries = Object.entries(graph).map(([name, targets]) => [name, SilverTable.of(Source.dynamoDb(sourceTable('ID')), {
    key: ['id'],
    columns: { id: Column.string('ID') },
    enrichments: targets.map(target => Enrichment.join(target, { on: { id: 'id' }, columns: { [`${target}_id`]: 'id' } })),
  })] as const);
  return { tables: Object.fromEntries(entries) };
}

const PATH = 'tables.orders.enrichments[0]';

describeCheck('enrichments', checkEnrichments, [
  {
    mistake: 'a join to a table that does not exist',
    wrong: () => joined({}, 'customer'),
    right: () => joined(),
    problems: [`${PATH}: there is no Silver table of that name (customer). Fix: did you mean 'customers'?`],
  },
  {
    mistake: 'a self join',
    wrong: () => joined({}, 'orders'),
    right: () => joined(),
    problems: [`${PATH}: the table joins itself (orders). Fix: join another table`],
  },
  {
    mistake: 'a join on another column than the key',
    wrong: () => joined({ on: { customer_id: 'region' } }),
    right: () => joined(),
    problems: [`${PATH}.on: the join is on region of 'customers', whose key is customer_id. Fix: write on: { customer_id: 'customer_id' }`],
  },
  {
    mistake: 'a join on nothing',
    wrong: () => joined({ on: {} }),
    right: () => joined(),
    problems: [`${PATH}.on: the join is on no column of 'customers', whose key is customer_id. Fix: write on: { column_of_this_table: 'customer_id' }`],
  },
  {
    mistake: 'a join on more than the key',
    wrong: () => joined({ on: { customer_id: 'customer_id', order_id: 'region' } }),
    right: () => joined(),
    problems: [`${PATH}.on: the join is on customer_id, region of 'customers', whose key is customer_id. Fix: write on: { customer_id: 'customer_id' }`],
  },
  {
    mistake: 'a join on half of the key',
    wrong: () => joined({}, 'customers', customersTable({ key: ['customer_id', 'region'] })),
    right: () => joined({ on: { customer_id: 'customer_id', order_id: 'region' } }, 'customers', customersTable({ key: ['customer_id', 'region'] })),
    problems: [`${PATH}.on: the join is on customer_id of 'customers', whose key is customer_id, region. Fix: write on: { customer_id: 'customer_id', column_of_this_table: 'region' }`],
  },
  {
    mistake: 'a join by an unknown column',
    wrong: () => joined({ on: { customerid: 'customer_id' } }),
    right: () => joined(),
    problems: [`${PATH}.on.customerid: there is no own column of that name (customerid). Fix: did you mean 'customer_id'?`],
  },
  {
    mistake: 'a join of text with a number',
    wrong: () => joined({}, 'customers', customersTable({ columns: { customer_id: Column.bigint('CustomerID'), region: Column.string() } })),
    right: () => joined({}, 'customers', customersTable({ columns: { customer_id: Column.string('CustomerID'), region: Column.string() } })),
    problems: [`${PATH}.on.customer_id: a varchar joins 'customer_id', a bigint. Fix: declare both columns with the same type`],
  },
  {
    mistake: 'an unknown column of the joined table',
    wrong: () => joined({ columns: { customer_region: 'regions' } }),
    right: () => joined(),
    problems: [`${PATH}.columns.customer_region: there is no column of that name (regions). Fix: did you mean 'region'?`],
  },
  {
    mistake: 'a join that takes nothing',
    wrong: () => joined({ columns: {} }),
    right: () => joined(),
    problems: [`${PATH}.columns: the join takes no column. Fix: name the columns to take, or leave the join out`],
  },
]);

describeCheck('enriched columns', checkEnrichmentColumns, [
  {
    mistake: 'a name of the table itself',
    wrong: () => joined({ columns: { order_date: 'region' } }),
    right: () => joined({ columns: { order_region: 'region' } }),
    problems: [
      `${PATH}.columns.order_date: the table itself has a column of that name (order_date). Fix: give it another name, such as 'customers_order_date'`,
    ],
  },
  {
    mistake: 'a name of another join',
    wrong: () => ({ tables: { orders: ordersTable({ enrichments: ['a', 'b'].map(table => Enrichment.join(table, { on: {}, columns: { region: 'r' } })) }) } }),
    right: () => ({ tables: { orders: ordersTable({ enrichments: ['a', 'b'].map(table => Enrichment.join(table, { on: {}, columns: { [`${table}_region`]: 'r' } })) }) } }),
    problems: ["tables.orders.enrichments[1].columns.region: enrichments[0] has a column of that name (region). Fix: give it another name, such as 'b_region'"],
  },
]);

const CYCLE = 'leave one of them out';

describeCheck('enrichment cycles', checkEnrichmentCycles, [
  {
    mistake: 'two tables that join each other',
    wrong: () => joining({ a: ['b'], b: ['a'] }),
    right: () => joining({ a: ['b'], b: [] }),
    problems: [`tables.a.enrichments: the joins form a cycle (a -> b -> a). Fix: ${CYCLE}`],
  },
  {
    mistake: 'a longer cycle, behind a table that is not part of it',
    wrong: () => joining({ a: ['b'], b: ['c'], c: ['d'], d: ['b'] }),
    right: () => joining({ a: ['b', 'c', 'd'], b: ['c', 'd'], c: ['d'], d: [] }),
    problems: [`tables.b.enrichments: the joins form a cycle (b -> c -> d -> b). Fix: ${CYCLE}`],
  },
  {
    mistake: 'each of two cycles',
    wrong: () => joining({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }),
    right: () => joining({ a: ['b'], b: [], c: ['d'], d: [] }),
    problems: [
      `tables.a.enrichments: the joins form a cycle (a -> b -> a). Fix: ${CYCLE}`,
      `tables.c.enrichments: the joins form a cycle (c -> d -> c). Fix: ${CYCLE}`,
    ],
  },
]);
