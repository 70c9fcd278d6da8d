import { managedTables, managedViews } from '../../lambda-src/schema/tables';
import { shopSpec, expectation } from '../helpers/shop-spec';
import { everyTypeShop } from '../sql/every-type-shop';

function names(spec: Parameters<typeof managedTables>[0]): string[] {
  return managedTables(spec).map(({ create: { table } }) => `${table.layer}.${table.name}`).sort();
}

describe('the tables of a pipeline', () => {
  test('each Silver table has an absent table, and a ledger where a Gold table reads it', () => {
    expect(names(shopSpec())).toEqual([
      'bookkeeping.absent_customers', 'bookkeeping.absent_orders', 'bookkeeping.ledger_orders', 'gold.sales', 'silver.customers', 'silver.orders',
    ]);
  });

  test('every table may gain columns but the absent ones, which are made of the key', () => {
    const fixed = managedTables(everyTypeShop()).filter(({ growth }) => growth === 'fixed').map(({ create }) => create.table.name);
    expect(fixed.sort()).toEqual(['absent_countries', 'absent_customers', 'absent_orders_enriched']);
  });

  test('only Silver tables are partitioned, as declared', () => {
    const partitioned = managedTables(everyTypeShop()).filter(({ create }) => create.partitionBy.length > 0);
    expect(partitioned.map(({ create }) => [create.table.name, create.partitionBy.map(({ transform }) => transform)])).toEqual([['orders_enriched', ['month', 'bucket']]]);
  });

  test('a ledger holds the key and what Gold groups and filters by, with Silver\'s types', () => {
    const ledger = managedTables(everyTypeShop()).find(({ create }) => create.table.name === 'ledger_orders_enriched')!;
    expect(ledger.create.columns).toMatchObject({
      order_id: { kind: 'varchar' }, line: { kind: 'varchar' }, order_date: { kind: 'timestamp' }, customer_country: { kind: 'varchar' }, gift: { kind: 'boolean' },
    });
    expect(Object.keys(ledger.create.columns)).not.toContain('amount');
  });

  test('a view shows what a quarantine rule holds back, and there is none without such a rule', () => {
    expect(managedViews(shopSpec())).toEqual([]);
    const held = shopSpec({ orders: { expectations: { positive: expectation('quarantine', 'amount > 0'), known: expectation('drop', 'amount IS NOT NULL') } } });
    expect(managedViews(held).map(({ view }) => view)).toEqual([{ layer: 'silver', name: 'orders_quarantine' }]);
  });
});
