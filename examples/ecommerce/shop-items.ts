import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import type { Random } from '../../lambda-src/local/random';

/** The items of the shop's tables, as its own software would write them. */

const FIRST_NAMES = ['Alice', 'Bruno', 'Chen', 'Divya', 'Emeka', 'Freya', 'Goran', 'Hana', 'Ines', 'Jonas', 'Keiko', 'Lucía', 'Mohamed', 'Nadia'];
const LAST_NAMES = ['Andersen', 'Bauer', 'Costa', 'Dubois', 'Eriksson', 'Fischer', 'García', 'Hughes', 'Ito', 'Jensen', 'Kumar', 'López', 'Moreau'];
export const REGIONS = ['North America', 'Europe', 'Asia Pacific', 'Latin America', 'Middle East'] as const;
const ADJECTIVES = ['Compact', 'Classic', 'Wireless', 'Organic', 'Portable', 'Premium', 'Everyday', 'Folding'];
const GOODS: readonly (readonly [category: string, names: readonly string[]])[] = [
  ['Electronics', ['Headphones', 'Keyboard', 'Speaker', 'Charger']],
  ['Home', ['Lamp', 'Kettle', 'Blanket', 'Bookshelf']],
  ['Sports', ['Backpack', 'Bottle', 'Tent', 'Yoga Mat']],
  ['Clothing', ['Jacket', 'T-Shirt', 'Cap', 'Sneakers']],
  ['Books', ['Notebook', 'Novel', 'Cookbook', 'Atlas']],
];
const STREETS = ['Main St', 'Oak Ave', 'Harbour Rd', 'Station St', 'Mill Lane'];
const STATUSES = ['PENDING', 'PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED'] as const;

const DAY = 24 * 60 * 60 * 1000;
/** Orders are so many days old at most. */
const ORDER_DAYS = 90;

export function customerId(number: number): string {
  return `CUST-${String(number).padStart(6, '0')}`;
}

export function productId(number: number): string {
  return `PROD-${String(number).padStart(6, '0')}`;
}

export function orderId(number: number): string {
  return `ORD-${String(number).padStart(8, '0')}`;
}

export function customer(number: number, random: Random, now: Date): AttributeMap {
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const address = `${first}.${last}.${number}`.normalize('NFD').replace(/[^\w.]/g, '').toLowerCase();
  return {
    CustomerID: { S: customerId(number) },
    Name: { S: `${first} ${last}` },
    Email: { S: `${address}@example.com` },
    Region: { S: random.pick(REGIONS) },
    JoinDate: { S: new Date(now.getTime() - random.integer(ORDER_DAYS, 1000) * DAY).toISOString().slice(0, 10) },
  };
}

export function product(number: number, random: Random): AttributeMap {
  const [category, names] = random.pick(GOODS);
  return {
    ProductID: { S: productId(number) },
    ProductName: { S: `${random.pick(ADJECTIVES)} ${random.pick(names)}` },
    Category: { S: category },
    Price: money(random.integer(499, 29_999)),
    StockLevel: { N: String(random.integer(0, 200)) },
  };
}

export interface Catalogue {
  readonly customers: number;
  readonly products: number;
}

export function order(number: number, { customers, products }: Catalogue, random: Random, now: Date): AttributeMap {
  const items = random.integer(1, 5);
  const productIds = Array.from({ length: items }, () => ({ S: productId(random.integer(1, Math.max(products, 1))) }));
  return {
    OrderID: { S: orderId(number) },
    CustomerID: { S: customerId(random.integer(1, Math.max(customers, 1))) },
    OrderDate: { S: timeText(orderTime(number, random, now)) },
    Status: { S: random.pick(STATUSES) },
    TotalAmount: totalAmount(number, items, random),
    ItemCount: { N: String(items) },
    ProductIDs: { L: productIds },
    ShippingAddress: { S: `${random.integer(1, 999)} ${random.pick(STREETS)}` },
  };
}

export function money(cents: number): { readonly N: string } {
  // As DynamoDB gives a number back: without trailing zeros.
  return { N: String(cents / 100) };
}

/** Some amounts are wrong, as they are in life: one order in 100 is negative, one in 100 is no number. */
function totalAmount(number: number, items: number, random: Random): AttributeMap[string] {
  const cents = items * random.integer(499, 29_999);
  switch (number % 100) {
    case 37: return money(-cents);
    case 73: return { S: `${(cents / 100).toFixed(2)} EUR` };
    default: return money(cents);
  }
}

/** In the last days up to now; one order in 50 today, so that the figures of the day are never empty. */
function orderTime(number: number, random: Random, now: Date): Date {
  const span = number % 50 === 1 ? now.getTime() % DAY : ORDER_DAYS * DAY;
  return new Date(now.getTime() - Math.floor(random.next() * span));
}

/** `yyyy-MM-dd HH:mm:ss`, UTC. */
export function timeText(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
