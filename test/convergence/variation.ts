import { BOOLEAN, VARCHAR, decimal } from '../../src/expression/sql-type';
import type { ExpectationSpec, GoldAggregateSpec, PipelineSpec } from '../../src/spec/pipeline-spec';
import { CONVERGENCE_PIPELINE, expression } from './pipeline';

/** What a deploy may change about the convergence pipeline, so that its rows change. */
export interface Variation {
  /** Which orders are quarantined. */
  readonly amounts: 'all' | 'not negative' | 'above 20';
  /** The name whose customers are dropped. */
  readonly hidden: 'N0' | 'N1' | null;
  /** The attribute that customers' names are read from. */
  readonly nameFrom: 'Name' | 'RegionID';
  /** Digits of amounts. */
  readonly precision: 12 | 18;
  /** What the sales are of: no table of Silver's is defined anew by it. */
  readonly sales: 'regions' | 'customers' | 'large orders';
}

export const FIRST: Variation = { amounts: 'not negative', hidden: 'N0', nameFrom: 'Name', precision: 12, sales: 'regions' };

/** The pipeline under that variation; equal ones have equal hashes. */
export function varied({ amounts, hidden, nameFrom, precision, sales }: Variation): PipelineSpec {
  const { tables, gold } = CONVERGENCE_PIPELINE;
  const { customers, orders } = tables;
  const largest = { aggregate: 'max' as const, column: 'amount', type: decimal(precision, 2) };
  return {
    ...CONVERGENCE_PIPELINE,
    tables: {
      ...tables,
      customers: {
        ...customers,
        definitionHash: `customers ${hidden} ${nameFrom}`,
        columns: { ...customers.columns, name: { ...customers.columns.name, attribute: nameFrom } },
        expectations: hidden ? { name_allowed: { action: 'drop', predicate: expression(`name <> '${hidden}'`, BOOLEAN) } } : {},
      },
      orders: {
        ...orders,
        definitionHash: `orders ${amounts} ${precision}`,
        columns: { ...orders.columns, amount: { attribute: 'Amount', type: { kind: 'decimal', precision, scale: 2 } } },
        expectations: { ...amountRule(amounts), amount_known: orders.expectations.amount_known },
      },
    },
    gold: {
      ...gold,
      sales_by_region: salesOf(sales),
      sales_of_known: { ...gold.sales_of_known, kind: 'aggregate', definitionHash: `g2 ${precision}`, measures: { largest } } as PipelineSpec['gold'][string],
    },
  };
}

function salesOf(sales: Variation['sales']): GoldAggregateSpec {
  const regions = { ...CONVERGENCE_PIPELINE.gold.sales_by_region as GoldAggregateSpec, definitionHash: `g1 ${sales}` };
  switch (sales) {
    case 'regions': return regions;
    case 'customers': return { ...regions, groupBy: { ...regions.groupBy, customer: expression('customer_id', VARCHAR) } };
    case 'large orders': return { ...regions, where: expression('amount >= 50', BOOLEAN) };
  }
}

function amountRule(amounts: Variation['amounts']): { readonly [name: string]: ExpectationSpec } {
  switch (amounts) {
    case 'all': return {};
    case 'not negative': return { amount_not_negative: { action: 'quarantine', predicate: expression('amount >= 0', BOOLEAN) } };
    case 'above 20': return { amount_large: { action: 'quarantine', predicate: expression('amount > 20', BOOLEAN) } };
  }
}
