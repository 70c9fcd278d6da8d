import { Column, Enrichment, Privacy, type PipelineDefinition } from '../../src';
import { checkKeys } from '../../src/checks/keys';
import { checkPrivacy } from '../../src/checks/privacy';
import { describeCheck, reported } from '../helpers/check-context';
import { customersTable, ordersAlone, ordersTable } from '../helpers/definitions';

const KEY = { order_id: Column.string('OrderID') };

describeCheck('privacy', checkPrivacy, [
  {
    mistake: 'a dropped key attribute',
    wrong: () => ordersAlone({ columns: KEY, privacy: { OrderID: Privacy.drop() } }),
    right: () => ordersAlone({ columns: KEY, privacy: { OrderID: Privacy.hash() } }),
    problems: [
      'tables.orders.privacy.OrderID: a key attribute cannot be dropped: it tells items apart. Fix: use Privacy.hash()',
      'tables.orders.columns.order_id: reads OrderID, which is dropped, and would always be NULL. Fix: remove the column, or use Privacy.hash()',
    ],
  },
  {
    mistake: 'a column of a dropped attribute',
    wrong: () => ordersAlone({ columns: { ...KEY, email: Column.string('Email') }, privacy: { Email: Privacy.drop() } }),
    right: () => ordersAlone({ columns: KEY, privacy: { Email: Privacy.drop() } }),
    problems: ['tables.orders.columns.email: reads Email, which is dropped, and would always be NULL. Fix: remove the column, or use Privacy.hash()'],
  },
  {
    mistake: 'a number of which only a hash is left',
    wrong: () => ordersAlone({ columns: { ...KEY, phone: Column.bigint('Phone') }, privacy: { Phone: Privacy.hash() } }),
    right: () => ordersAlone({ columns: { ...KEY, phone: Column.string('Phone') }, privacy: { Phone: Privacy.hash() } }),
    problems: ['tables.orders.columns.phone: is of type bigint and reads Phone, of which only a hash is left. Fix: declare it as Column.string'],
  },
  {
    mistake: 'a field of a struct in a list, which is private',
    wrong: () => ordersAlone({
      columns: { ...KEY, contacts: Column.list(Column.struct({ age: Column.integer('Age'), email: Column.string('Email') }), 'Contacts') },
      privacy: { 'Contacts.Age': Privacy.hash(), 'Contacts.Email': Privacy.drop() },
    }),
    right: () => ordersAlone({
      columns: { ...KEY, contacts: Column.list(Column.struct({ age: Column.string('Age') }), 'Contacts') },
      privacy: { 'Contacts.Age': Privacy.hash(), 'Contacts.Email': Privacy.drop() },
    }),
    problems: [
      'tables.orders.columns.contacts.age: is of type integer and reads Contacts.Age, of which only a hash is left. Fix: declare it as Column.string',
      'tables.orders.columns.contacts.email: reads Contacts.Email, which is dropped, and would always be NULL. '
        + 'Fix: remove the column, or use Privacy.hash()',
    ],
  },
  {
    mistake: 'a join of a hashed and a clear attribute',
    wrong: () => joined({ CustomerID: Privacy.hash() }, {}),
    right: () => joined({ CustomerID: Privacy.hash() }, { CustomerID: Privacy.hash() }),
    problems: [
      'tables.orders.enrichments[0].on.customer_id: customer_id is hashed and customers.customer_id is not, so that no row would match. '
        + 'Fix: give both attributes Privacy.hash(), or none',
    ],
  },
]);

test('a hashed key is a string, whatever type it has in DynamoDB', () => {
  const privacy = { OrderID: Privacy.hash() };
  const definition = (column: Column): PipelineDefinition => ordersAlone({ columns: { order_id: column }, privacy });
  expect(reported(checkKeys, definition(Column.string('OrderID')))).toEqual([]);
  expect(reported(checkPrivacy, definition(Column.bigint('OrderID')))).toEqual([
    'tables.orders.columns.order_id: is of type bigint and reads OrderID, of which only a hash is left. Fix: declare it as Column.string',
  ]);
});

function joined(orders: { [attribute: string]: Privacy }, customers: { [attribute: string]: Privacy }): PipelineDefinition {
  return {
    tables: {
      orders: ordersTable({
        privacy: orders, enrichments: [Enrichment.join('customers', { on: { customer_id: 'customer_id' }, columns: { region: 'region' } })],
      }),
      customers: customersTable({ privacy: customers }),
    },
  };
}
