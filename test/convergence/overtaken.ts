import * as fc from 'fast-check';
import { underWay, variation, sales, type Step } from './trace';

/**
 * Short histories of one table near the harm that a deploy could do: functions of the former one are at work on the very rows that it
 * defines or groups anew, in runs of one file each, and go on for a while.
 */
export function overtaken(): fc.Arbitrary<Step[]> {
  const order = fc.record({
    key: fc.constantFrom('o0/1', 'o1/1'),
    CustomerID: fc.constantFrom('c0', 'c1'),
    Amount: fc.constantFrom('-1.00', '10.00', '50.00'),
  });
  const redefined = fc.record({
    variation: fc.oneof(variation(), fc.record({ sales: sales() })),
    underWay: fc.option(underWay(), { freq: 4, nil: undefined }),
  });
  const by = fc.constantFrom('old' as const, 'new' as const);
  const parts = fc.record({ orders: fc.array(order, { minLength: 6, maxLength: 6 }), deploy: redefined, last: by });
  return parts.map(({ orders, deploy, last }): Step[] => {
    const puts = orders.map(({ key, ...values }): Step => (
      { do: 'change', change: { table: 'orders', kind: 'put', key, values: { ...values, OrderDate: '2026-03-28T22:30:00Z', Tags: null } } }));
    return [
      puts[0], DELIVERY, puts[1], DELIVERY, silver('new'), GOLD,
      puts[2], DELIVERY, puts[3], DELIVERY, puts[4], { do: 'redefine', ...deploy, moment: 'before', afterwards: 'again' }, GOLD,
      puts[5], DELIVERY, silver(last), GOLD,
    ];
  });
}

const DELIVERY: Step = { do: 'deliver', order: 0, share: 10, again: 1 };
const GOLD: Step = { do: 'gold', moment: 'before' };

function silver(by: 'old' | 'new'): Step {
  return { do: 'silver', moment: 'before', chunkFiles: 100, openPartitions: 80, by };
}
