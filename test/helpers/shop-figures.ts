import type { AttributeMap } from '../../lambda-src/bronze/attribute-value';
import type { ExampleGold } from './example-gold';

/** An order that counts, as the shop's own items tell it. */
export interface CountedOrder {
  readonly day: string;
  readonly region: string | undefined;
  readonly customer: string;
  /** Undefined where the amount does not convert. */
  readonly cents: number | undefined;
}

/** Orders by plain code from the items alone: a negative amount is quarantined, one with a currency is unknown. */
export function countedOrders(gold: ExampleGold): CountedOrder[] {
  const regions = new Map(gold.items('customers').map(customer => [textOf(customer.CustomerID), textOf(customer.Region)]));
  return gold.items('orders_enriched').map(order => ({
    day: textOf(order.OrderDate).slice(0, 10),
    region: regions.get(textOf(order.CustomerID)),
    customer: textOf(order.CustomerID),
    cents: 'N' in order.TotalAmount ? Math.round(Number(order.TotalAmount.N) * 100) : undefined,
  })).filter(({ cents }) => cents === undefined || cents >= 0);
}

export function revenue(orders: readonly CountedOrder[]): number {
  return orders.reduce((sum, { cents }) => sum + (cents ?? 0), 0) / 100;
}

export function groups<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const value of values) found.set(keyOf(value), [...found.get(keyOf(value)) ?? [], value]);
  return found;
}

export function textOf(attribute: AttributeMap[string]): string {
  return 'S' in attribute ? attribute.S : (attribute as { readonly N: string }).N;
}
