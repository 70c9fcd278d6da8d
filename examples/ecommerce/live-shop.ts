import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import { Random } from '../../lambda-src/local/random';
import type { Change, ChangeRound, ReadItem } from '../../lambda-src/local/source/simulated-source';
import type { ShopSize } from './generator';
import { customerId, order, orderId, productId, REGIONS, timeText } from './shop-items';

/** More new orders than that, and the oldest of them leave the shop. */
const KEPT = 2000;

/** The shop while it is open: orders come in, are shipped or cancelled, stock goes down and is filled up, now and then a customer moves. */
export class LiveShop {
  private readonly random: Random;
  private readonly firstOrder: number;
  private lastOrder: number;

  /** `orders`: how many numbers are taken already. */
  public constructor(private readonly size: ShopSize, orders: number) {
    this.random = new Random(size.seed + 2);
    this.firstOrder = orders + 1;
    this.lastOrder = orders;
  }

  /** What happens next. */
  public next(now: Date): ChangeRound {
    return { title: 'the shop is open', size: 8, changes: read => this.changes(read, now) };
  }

  private* changes(read: ReadItem, now: Date): Iterable<Change> {
    for (let left = this.random.integer(1, 4); left > 0; left--) yield this.newOrder(now);
    for (let left = 2; left > 0; left--) {
      const status = { S: this.random.pick(['PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED']) };
      yield* this.changed('orders_enriched', { OrderID: { S: orderId(this.recentOrder()) } }, read, { Status: status });
    }
    yield* this.changed('products', { ProductID: { S: productId(this.among(this.size.products)) } }, read, {
      StockLevel: { N: String(this.random.integer(0, 200)) },
    });
    if (this.random.chance(0.2)) {
      const key = { CustomerID: { S: customerId(this.among(this.size.customers)) } };
      yield* this.changed('customers', key, read, { Region: { S: this.random.pick(REGIONS) } });
    }
    const leaving = this.lastOrder - KEPT;
    for (let number = Math.max(this.firstOrder, leaving - 4); number <= leaving; number++) {
      yield { kind: 'delete', table: 'orders_enriched', key: { OrderID: { S: orderId(number) } } };
    }
  }

  private newOrder(now: Date): Change {
    this.lastOrder++;
    return { kind: 'put', table: 'orders_enriched', item: { ...order(this.lastOrder, this.size, this.random, now), OrderDate: { S: timeText(now) } } };
  }

  private* changed(table: string, key: AttributeMap, read: ReadItem, change: AttributeMap): Iterable<Change> {
    const item = read(table, key);
    if (item) yield { kind: 'put', table, item: { ...item, ...change } };
  }

  private recentOrder(): number {
    return Math.max(1, this.lastOrder - this.random.integer(0, 20));
  }

  private among(count: number): number {
    return this.random.integer(1, Math.max(count, 1));
  }
}
