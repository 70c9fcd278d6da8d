import { emptyControl, type ControlState, type GoldPosition } from '../../lambda-src/journal/control-state';
import { isNotedOtherwise, ledgerColumns, notedAnew } from '../../lambda-src/silver/ledger-columns';
import { SilverTable } from '../../lambda-src/silver/silver-table';
import { VARCHAR } from '../../src/expression/sql-type';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { expression, shopSpec } from '../helpers/shop-spec';
import { emptyProgress } from '../journal/journal-factories';

const POSITION: GoldPosition = { tableUuid: 'g', silverUuid: 's', definitionHash: 'h', consumedRun: '000000000001.0001', windowBounds: {} };

describe('what a table notes for Gold', () => {
  test('is the key and what Gold tables group or filter by, and nothing where none reads it', () => {
    expect(ledgerColumns(new SilverTable(shopSpec(), 'orders'))).toEqual(['order_id', 'customer_region', 'order_date']);
    expect(ledgerColumns(new SilverTable(shopSpec(), 'customers'))).toEqual([]);
  });

  test('that has become more has those Gold tables computed in full that need it, and no others', () => {
    const table = new SilverTable(withSalesByCustomer(), 'orders');
    const state = stateWith(['order_id', 'customer_region', 'order_date']);
    expect(isNotedOtherwise(state.progress.orders, table)).toBe(true);
    const after = notedAnew(state, table);
    expect(Object.keys(after.gold)).toEqual(['sales', 'of_customers']);
    expect(isNotedOtherwise(after.progress.orders, table)).toBe(false);
    expect(notedAnew(after, table)).toEqual(after);
  });

  test.each([['nobody knows what it was', undefined], ['nothing was noted', []]])('when %s, all of the table\'s are', (_, noted) => {
    const after = notedAnew(stateWith(noted), new SilverTable(withSalesByCustomer(), 'orders'));
    expect(Object.keys(after.gold)).toEqual(['of_customers']);
  });
});

function withSalesByCustomer(): PipelineSpec {
  const spec = shopSpec();
  const { sales } = spec.gold;
  return {
    ...spec,
    gold: {
      sales,
      by_customer: { ...sales, kind: 'aggregate', groupBy: { customer: expression('customer_id', VARCHAR) } } as PipelineSpec['gold'][string],
      of_customers: { ...sales, silverTable: 'customers', where: expression("region = 'north'", VARCHAR) } as PipelineSpec['gold'][string],
    },
  };
}

function stateWith(noted: readonly string[] | undefined): ControlState {
  return {
    ...emptyControl(1),
    progress: { orders: { ...emptyProgress, ...noted && { ledgerColumns: noted } } },
    gold: { sales: POSITION, by_customer: POSITION, of_customers: POSITION },
  };
}
