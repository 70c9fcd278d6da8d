import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import { Random } from '../../lambda-src/local/random';
import type { Change, ChangeRound, ReadItem } from '../../lambda-src/local/source/simulated-source';
import { customer, customerId, money, order, orderId, product, productId, REGIONS } from './shop-items';

/** How much happens in the shop. */
export interface ShopSize {
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
  readonly updates: number;
  readonly deletes: number;
  readonly seed: number;
}

type TableName = 'customers' | 'products' | 'orders_enriched';

/** Every item is written once, then some are changed and some deleted. */
export function openShop(size: ShopSize, now: Date): ChangeRound {
  const random = new Random(size.seed);
  return {
    title: 'a shop is filled',
    size: size.customers + size.products + size.orders + size.updates + size.deletes,
    * changes(read) {
      yield* firstItems(size, random, now);
      yield* laterChanges(size, random, now, read);
    },
  };
}

/** What the tables hold if they are older than their streams. */
export function existingShop(size: ShopSize, now: Date): ChangeRound {
  return {
    title: 'a shop that is older than its streams',
    size: size.customers + size.products + size.orders,
    changes: () => firstItems(size, new Random(size.seed), now),
  };
}

/** What the streams of an existing shop then tell of. */
export function changesOfShop(size: ShopSize, now: Date): ChangeRound {
  return {
    title: 'items change',
    size: size.updates + size.deletes,
    changes: read => laterChanges(size, new Random(size.seed + 3), now, read),
  };
}

/** Another day: the same numbers of updates and deletes once more, and a tenth more orders. */
export function nextDay(size: ShopSize, now: Date): ChangeRound {
  const random = new Random(size.seed + 1);
  const newOrders = nextDayOrders(size);
  return {
    title: 'updates arrive',
    size: newOrders + size.updates + size.deletes,
    * changes(read) {
      for (let number = 1; number <= newOrders; number++) {
        yield { kind: 'put', table: 'orders_enriched', item: order(size.orders + number, size, random, now) };
      }
      yield* laterChanges(size, random, now, read);
    },
  };
}

/** How many orders the next day adds. */
export function nextDayOrders({ orders }: ShopSize): number {
  return Math.ceil(orders / 10);
}

function* firstItems(size: ShopSize, random: Random, now: Date): Iterable<Change> {
  for (let number = 1; number <= size.customers; number++) yield { kind: 'put', table: 'customers', item: customer(number, random, now) };
  for (let number = 1; number <= size.products; number++) yield { kind: 'put', table: 'products', item: product(number, random) };
  for (let number = 1; number <= size.orders; number++) yield { kind: 'put', table: 'orders_enriched', item: order(number, size, random, now) };
}

function* laterChanges(size: ShopSize, random: Random, now: Date, read: ReadItem): Iterable<Change> {
  const left = { updates: size.updates, deletes: size.deletes };
  while (left.updates + left.deletes > 0) {
    const kind = random.integer(1, left.updates + left.deletes) <= left.updates ? 'updates' : 'deletes';
    left[kind]--;
    const change = kind === 'updates' ? update(size, random, now, read) : { kind: 'delete' as const, ...someItem(size, random) };
    if (change) yield change;
  }
}

function update(size: ShopSize, random: Random, now: Date, read: ReadItem): Change | undefined {
  const { table, number, key } = someItem(size, random);
  const item = read(table, key);
  switch (table) {
    case 'customers': return number > size.customers ? undefined
      : { kind: 'put', table, item: item ? { ...item, Region: { S: random.pick(REGIONS) } } : customer(number, random, now) };
    case 'products': return number > size.products ? undefined
      : { kind: 'put', table, item: item ? { ...item, StockLevel: { N: String(random.integer(0, 200)) } } : product(number, random) };
    case 'orders_enriched': return number > size.orders ? undefined
      : { kind: 'put', table, item: item ? changedOrder(item, random) : order(number, size, random, now) };
  }
}

function changedOrder(item: AttributeMap, random: Random): AttributeMap {
  return random.chance(0.5) ? { ...item, Status: { S: 'DELIVERED' } } : { ...item, TotalAmount: money(random.integer(499, 99_999)) };
}

/** Mostly an order; customers matter most when they move, for all their orders move along. */
function someItem(size: ShopSize, random: Random): { readonly table: TableName; readonly number: number; readonly key: AttributeMap } {
  const draw = random.next();
  const among = (count: number): number => random.integer(1, Math.max(count, 1));
  if (draw < 0.15) {
    const number = among(size.customers);
    return { table: 'customers', number, key: { CustomerID: { S: customerId(number) } } };
  }
  if (draw < 0.35) {
    const number = among(size.products);
    return { table: 'products', number, key: { ProductID: { S: productId(number) } } };
  }
  const number = among(size.orders);
  return { table: 'orders_enriched', number, key: { OrderID: { S: orderId(number) } } };
}
