import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { LocalLake } from '../helpers/local-lake';
import { customer, expectation, order, shopSpec } from '../helpers/shop-spec';

/** The pipeline of the kept lake: a dimension, a fact with a rule, partitions and a nested column, and a Gold table. */
export function keptShop(): PipelineSpec {
  const { columns } = shopSpec().tables.orders;
  return shopSpec({
    orders: {
      columns: { ...columns, tags: { attribute: 'Tags', type: { kind: 'list', element: { kind: 'string' } } } },
      partitionBy: [{ transform: 'month', column: 'order_date' }],
      expectations: { positive: expectation('quarantine', 'amount > 0') },
    },
  });
}

/** Some of everything that a lake can hold: rows, deleted and quarantined items, a rejected record, and changes that no run has taken. */
export async function fillKeptShop(lake: LocalLake): Promise<void> {
  const [customers, orders] = [lake.stream('customers'), lake.stream('orders')];
  const first = order('o1', 'c1', '10.00');
  await lake.ingest(customers.insert(customer('c1', 'north')), customers.insert(customer('c2', 'south')));
  await lake.ingest(
    orders.insert({ ...first, Tags: { L: [{ S: 'gift' }, { S: 'new, "loud"' }] } }), orders.insert(order('o2', 'c2', '-5')),
    orders.insert(order('o3', 'c2', '20.5', '2026-02-01T00:00:00Z')), orders.insert(order('o4', 'nobody', '1')),
  );
  await lake.silver();
  await lake.gold();
  await lake.ingest(orders.remove(order('o4', 'nobody', '1')), { ...orders.insert(order('o5', 'c1', '1')), eventName: 'MOVE' as 'INSERT' });
  await lake.silver();
  await lake.gold();
  lake.clock.advance(2 * 60 * 60 * 1000);
  await lake.ingest(orders.modify(first, order('o1', 'c2', '11.00')), customers.modify(customer('c2', 'south'), customer('c2', 'west')));
}
