import { Column, Expectation, GoldTable } from '../../src';
import { checkExpectations } from '../../src/checks/expectations';
import { checkGoldSnapshots } from '../../src/checks/gold-snapshots';
import { checkGoldSources } from '../../src/checks/gold-sources';
import { reported } from '../helpers/check-context';
import { customersTable, ordersTable, perCustomer } from '../helpers/definitions';

const orders = ordersTable({
  columns: {
    order_id: Column.string('OrderID'),
    geo: Column.struct({ lat: Column.doublePrecision() }, 'Geo'),
    geo_json: Column.json('Geo'),
    props: Column.map(Column.string()),
    total: Column.integer(),
  },
});

function fixOf(where: string): string {
  const gold = { per_order: perCustomer({ groupBy: { order_id: 'order_id' }, where }) };
  return reported(checkGoldSources, { tables: { orders, customers: customersTable() }, gold }).join().split('. Fix: ')[1];
}

test.each([
  ['geo.lat > 1', "fields of a struct cannot be read in an expression yet: declare the attribute as Column.json() too, such as 'geo_json', "
    + "and use json_extract_scalar(geo_json, '$.lat')"],
  ["geo_json.lat = '1'", "if 'geo_json' holds JSON text, use json_extract_scalar(geo_json, '$.lat')"],
  ["props.colour = 'red'", "use element_at(props, 'colour')"],
  ['total.x = 1', "'total' has no fields: name the column alone"],
  ["customers.region = 'EU'", 'name a column of the table alone; bring a column of another Silver table in with Enrichment.join'],
  ['orders.total = 1', "name a column of the table alone, as 'total'; bring a column of another Silver table in with Enrichment.join"],
])('%s: what to write instead depends on the columns', (where, fix) => {
  expect(fixOf(where)).toBe(fix);
});

test('what the advice for a struct says can be done', () => {
  const gold = {
    shown: GoldTable.snapshot({
      silverTable: 'orders', columns: { order_id: 'order_id', latitude: "TRY_CAST(json_extract_scalar(geo_json, '$.lat') AS double)" },
    }),
  };
  expect(reported(checkGoldSnapshots, { tables: { orders }, gold })).toEqual([]);
});

test('an expectation is not sent to an enrichment, which it does not see', () => {
  const rule = ordersTable({ expectations: { eu: Expectation.warn("customers.region = 'EU'") } });
  expect(reported(checkExpectations, { tables: { orders: rule } })).toEqual([
    "tables.orders.expectations.eu line 1 column 1: a name with a dot: 'customers.region' (customers.region = 'EU'). "
    + "Fix: an expectation sees the table's own columns only: use one of them, by its name alone",
  ]);
});
