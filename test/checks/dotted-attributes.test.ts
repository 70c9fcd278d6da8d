import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Column, MedallionAnalyticsPipeline, type SilverTableOptions } from '../../src';
import { ordersTable } from '../helpers/definitions';
import { sourceTable } from '../helpers/source-table';

function warnings(columns: SilverTableOptions['columns']): string[] {
  const table = sourceTable();
  const stack = Stack.of(table);
  new MedallionAnalyticsPipeline(stack, 'Analytics', { tables: { orders: ordersTable({ columns: { order_id: Column.string('OrderID'), ...columns } }, table) } });
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('dot included')).map(({ entry }) => String(entry.data));
}

test('a dot in the name of an attribute is warned of, with how a member of a map is read', () => {
  const [warning, ...others] = warnings({ city: Column.string('Address.City') });
  expect(others).toEqual([]);
  expect(warning).toContain("tables.orders.columns.city reads an attribute whose name is 'Address.City', dot included. "
    + "For a member of a map declare address: Column.json('Address') and use json_extract_scalar(address, '$.City')");
});

test('so it is in a field of a struct', () => {
  const [warning] = warnings({ home: Column.struct({ lat: Column.string('Geo.Lat') }, 'Home') });
  expect(warning).toContain("tables.orders.columns.home.lat reads an attribute whose name is 'Geo.Lat', dot included. "
    + "For a member of a map declare home: Column.json('Home') and use json_extract_scalar(home, '$.Geo.Lat')");
});

test('within a list or a map too, and in a name of which no path can be made: then only the kind of column is named', () => {
  const geo = Column.struct({ lat: Column.string('Geo.Lat') });
  for (const column of [Column.list(geo, 'Stops'), Column.map(geo, 'Stops'), Column.string('a.b-c'), Column.string('.x')]) {
    expect(warnings({ stops: column })).toEqual([expect.stringContaining('dot included. A member of a map is read from a column of JSON: Column.json(…)')]);
  }
});

test('names without one are not warned of', () => {
  expect(warnings({ city: Column.json('Address') })).toEqual([]);
});
