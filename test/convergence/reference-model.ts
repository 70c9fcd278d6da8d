import { FIRST, type Variation } from './variation';

/**
 * The design's rule as a plain reducer: what the lake must hold for a history of changes, worked out without SQL and without a
 * line of the cores. Amounts are counted in cents.
 */

export type TableName = 'regions' | 'customers' | 'orders';

export interface Change {
  readonly table: TableName;
  readonly kind: 'put' | 'delete' | 'expire';
  readonly key: string;
  readonly values: Values;
}

export interface Values {
  readonly [attribute: string]: string | null;
}

export interface Expected {
  readonly regions: string[];
  readonly customers: string[];
  readonly orders: string[];
  readonly sales_by_region: string[];
  readonly sales_of_known: string[];
  readonly customer_list: string[];
  readonly key_metrics: string[];
}

/** Bounds of the metric windows as epoch milliseconds. */
export interface Windows {
  readonly today: readonly [number, number];
  readonly threeDays: readonly [number, number];
  /** As long as the three days and today together. */
  readonly before: readonly [number, number];
}

interface Order {
  readonly id: string;
  readonly line: string;
  readonly customerId: string | null;
  readonly date: string | null;
  readonly cents: bigint | null;
  readonly tags: string;
  readonly customerName: string | null;
  readonly region: string | null;
}

export function expectedLake(history: readonly Change[], windows: Windows, variation: Variation = FIRST): Expected {
  const source = { regions: new Map<string, Values>(), customers: new Map<string, Values>(), orders: new Map<string, Values>() };
  for (const { table, kind, key, values } of history) {
    if (kind === 'put') source[table].set(key, values);
    else if (kind === 'delete' || table !== 'regions') source[table].delete(key); // regions keep what expires
  }
  const label = (id: string | null) => id === null ? null : source.regions.get(id)?.Label ?? null;
  const customers = [...source.customers]
    .map(([id, values]) => ({ id, regionId: values.RegionID, name: values[variation.nameFrom], label: label(values.RegionID) }))
    .filter(({ name }) => name === null || name !== variation.hidden);
  const customerOf = new Map(customers.map(customer => [customer.id, customer]));
  const orders = [...source.orders].map(([key, values]): Order => {
    const customer = values.CustomerID === null ? undefined : customerOf.get(values.CustomerID);
    const [id, line] = key.split('/');
    return {
      id,
      line,
      customerId: values.CustomerID,
      date: values.OrderDate,
      cents: centsOf(values.Amount),
      tags: values.Tags ?? '',
      customerName: customer?.name ?? null,
      region: customer?.label ?? null,
    };
  }).filter(({ cents }) => cents === null || passes(cents, variation.amounts));
  const known = orders.filter(({ customerName }) => customerName !== null);
  return {
    regions: lines([...source.regions].map(([id, { Label }]) => [id, Label])),
    customers: lines(customers.map(({ id, regionId, name, label: region }) => [id, regionId, name, region])),
    orders: lines(orders.map(order => [
      order.id, order.line, order.customerId, timeText(order.date), moneyText(order.cents), order.tags, order.customerName, order.region,
    ])),
    sales_by_region: lines(groups(orders.filter(order => isSale(order, variation)), order => [
      order.date?.slice(0, 10) ?? null, order.region, ...variation.sales === 'customers' ? [order.customerId] : [],
    ]).map(([group, members]) => {
      const amounts = members.flatMap(({ cents }) => cents === null ? [] : [cents]);
      const total = sum(amounts);
      return [
        ...group,
        members.length,
        amounts.length ? moneyText(total) : null,
        amounts.length ? Number(moneyText(total)) / amounts.length : null,
        new Set(members.flatMap(({ customerId }) => customerId ?? [])).size,
        amounts.filter(cents => cents < 5000n).length,
      ];
    })),
    sales_of_known: lines(groups(known, ({ customerName }) => [customerName]).map(([group, members]) => {
      const amounts = members.flatMap(({ cents }) => cents === null ? [] : [cents]);
      return [...group, amounts.length ? moneyText(amounts.reduce((left, right) => left > right ? left : right)) : null];
    })),
    customer_list: lines(customers.filter(({ label: region }) => region !== null).map(({ id, label: region }) => [id, `${region}!`])),
    key_metrics: lines([
      ['orders_today', moneyText(BigInt(100 * within(orders, windows.today).length)), null],
      ['revenue_3d', moneyText(revenue(within(orders, windows.threeDays))), moneyText(revenue(within(orders, windows.before)))],
      ['revenue_ever', moneyText(revenue(orders)), null],
    ]),
  };
}

function isSale({ cents }: Order, { sales }: Variation): boolean {
  return sales !== 'large orders' || (cents !== null && cents >= 5000n);
}

function passes(cents: bigint, amounts: Variation['amounts']): boolean {
  switch (amounts) {
    case 'all': return true;
    case 'not negative': return cents >= 0n;
    case 'above 20': return cents > 2000n;
  }
}

export function lines(rows: readonly (readonly (string | number | null)[])[]): string[] {
  return rows.map(row => row.map(value => value === null ? '∅' : String(value)).join('|')).sort();
}

function groups(orders: readonly Order[], by: (order: Order) => (string | null)[]): [(string | null)[], Order[]][] {
  const found = new Map<string, [(string | null)[], Order[]]>();
  for (const order of orders) {
    const group = by(order);
    const key = JSON.stringify(group);
    if (!found.has(key)) found.set(key, [group, []]);
    found.get(key)![1].push(order);
  }
  return [...found.values()];
}

function revenue(orders: readonly Order[]): bigint {
  return sum(orders.flatMap(({ cents }) => cents ?? []));
}

function within(orders: readonly Order[], [start, end]: readonly [number, number]): Order[] {
  return orders.filter(({ date }) => date !== null && Date.parse(date) >= start && Date.parse(date) < end);
}

/** Null for what is not a number with at most two decimals: such an amount does not convert. */
function centsOf(text: string | null): bigint | null {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text ?? '');
  return match ? BigInt(`${match[1]}${match[2]}${match[3]}`) : null;
}

function moneyText(cents: bigint | null): string | null {
  if (cents === null) return null;
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function timeText(iso: string | null): string | null {
  return iso && `${iso.slice(0, 10)} ${iso.slice(11, 19)}.000000`;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
