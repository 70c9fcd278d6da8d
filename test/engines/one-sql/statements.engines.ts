import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import { SilverTable } from '../../../lambda-src/silver/silver-table';
import { ledgerInsert } from '../../../lambda-src/silver/statements/ledger-insert';
import { reEnrichment } from '../../../lambda-src/silver/statements/re-enrichment';
import { silverMerge } from '../../../lambda-src/silver/statements/silver-merge';
import type { Query, Statement } from '../../../lambda-src/sql/nodes';
import { everyTypeShop } from '../../sql/every-type-shop';
import { everyStatement, NOW } from '../../sql/statements';
import { TwinLakes } from './twin-lakes';

const spec = everyTypeShop();
const FIRST_RUN = '000000000001.0001';
const RUN = '000000000002.0001';
/** A statement shows what it does only where others have been before it. */
const BEFORE: { readonly [name: string]: readonly string[] } = {
  're-enrichment': ['customers'],
  're-enrichment-chain': ['countries', 'customers of changed countries'],
  'ledger-insert-with-dimensions': ['countries', 'customers'],
  'stale-probe': ['customers'],
  'aggregate-touched': ['ledger-insert', 'silver-merge'],
  'aggregate-everything': ['silver-merge'],
  'aggregate-window': ['silver-merge'],
  'snapshot-touched': ['ledger of customers', 'customers'],
  'snapshot-everything': ['customers'],
  'metrics': ['silver-merge'],
};

let lakes: TwinLakes;
beforeAll(async () => {
  lakes = await TwinLakes.open(spec);
  await fill();
  await lakes.save();
});
beforeEach(() => lakes.restore());
afterAll(() => lakes.close());

test('the tables have the same columns and types', async () => {
  const { onTrino, embedded } = await lakes.schemas();
  expect(onTrino).toEqual(embedded);
});

const statements = Object.entries(everyStatement(spec));
const isQuery = (node: Statement | Query): node is Query => !('purpose' in node);

test.each(statements.filter(([, node]) => !isQuery(node)))('%s leaves the same rows', async (name, node) => {
  await runBefore(name);
  const before = await lakes.contents();
  await lakes.run(node as Statement);
  const { onTrino, embedded } = await lakes.contents();
  expect(onTrino).toEqual(embedded);
  if (!(node as Statement).kind.startsWith('create') && node.kind !== 'add-columns') expect(onTrino).not.toEqual(before.onTrino);
});

test.each(statements.filter(([, node]) => isQuery(node)))('%s finds the same', async (name, node) => {
  await runBefore(name);
  const { onTrino, embedded } = await lakes.query(node as Query);
  expect(onTrino).toEqual(embedded);
  expect(onTrino.length).toBeGreaterThan(0);
});

async function runBefore(name: string): Promise<void> {
  for (const other of BEFORE[name] ?? []) await lakes.run(merges[other] ?? (everyStatement(spec)[other] as Statement));
}

const merge = (table: string, run: string): Statement => silverMerge(new SilverTable(spec, table), run, NOW, {});
const customersTable = new SilverTable(spec, 'customers');
const merges: { readonly [table: string]: Statement } = {
  'countries': merge('countries', RUN),
  'customers': merge('customers', RUN),
  'ledger of customers': ledgerInsert(customersTable, RUN, {})!,
  'customers of changed countries': reEnrichment(customersTable, { countries: { kind: 'run', run: RUN } }, NOW, {})!,
};

/** Rows of a first run, and the changes of a second one that is still to be merged. */
async function fill(): Promise<void> {
  const [countries, customers, orders] = ['countries', 'customers', 'orders_enriched'].map(table => lakes.stream(table));
  const country = (id: string, label: string): AttributeMap => ({ CountryID: { S: id }, Label: { S: label } });
  const customer = (id: string, name: string, from: string): AttributeMap => (
    { CustomerID: { S: id }, Name: { S: name }, CountryID: { S: from } });
  await lakes.ingest(FIRST_RUN,
    countries.insert(country('ie', 'Éire')), countries.insert(country('de', "Deutschland's")),
    customers.insert(customer('c1', "O'Neill", 'ie')), customers.insert(customer('c2', 'Köhler', 'de')), customers.insert(customer('c3', 'Nobody', 'xx')),
    customers.insert(customer('c4', 'Murphy', 'ie')),
    orders.insert(order('o9', 'c4', '2026-03-05T00:00:00Z', '3.00')), orders.insert(order('o1', 'c1', '2026-03-28T10:00:00Z', '10.00')), orders.insert(order('o2', 'c2', '2026-03-01T00:00:00Z', '100.51')),
    orders.insert(order('o3', 'c1', '2026-02-28T23:59:59.999999Z', '0.01')), orders.insert(order('o4', 'c9', '2026-03-27T00:00:00Z', '7.5')),
    orders.insert(bare('o5')), orders.insert(order('o8', 'c2', '2026-03-28T19:00:00Z', '42.00')),
  );
  for (const table of ['countries', 'customers', 'orders_enriched']) await lakes.run(merge(table, FIRST_RUN));
  for (const name of ['aggregate-everything', 'snapshot-everything', 'metrics']) await lakes.run(everyStatement(spec)[name] as Statement);
  await lakes.ingest(RUN,
    countries.modify(country('ie', 'Éire'), country('ie', 'Ireland')),
    customers.modify(customer('c1', "O'Neill", 'ie'), customer('c1', 'O"Neill\\', 'de')), customers.remove(customer('c3', 'Nobody', 'xx')),
    orders.modify(order('o1', 'c1', '2026-03-28T10:00:00Z', '10.00'), order('o1', 'c2', '2026-04-01T00:00:00Z', '11.00')),
    orders.remove(order('o2', 'c2', '2026-03-01T00:00:00Z', '100.51')),
    orders.modify(order('o3', 'c1', '2026-02-28T23:59:59.999999Z', '0.01'), order('o3', 'c1', '2026-03-02T00:00:00Z', '-1')),
    orders.insert(order('o6', 'c1', '2026-03-28T11:00:00Z', '200.00')), orders.insert(bare('o7')),
    orders.modify(order('o6', 'c1', '2026-03-28T11:00:00Z', '200.00'), order('o6', 'c3', '2026-03-28T11:00:00Z', '9999999999.99')),
    orders.modify(order('o8', 'c2', '2026-03-28T19:00:00Z', '42.00'), { ...order('o8', 'c2', '2026-03-28T19:00:00Z', '42.00'), Quantity: { N: '0' } }),
    orders.modify(bare('o5'), { ...bare('o5'), Amount: { S: 'dear' }, Quantity: { N: '1.5' } }),
  );
}

/** A value of every type; what one engine might take for something else is among them. */
function order(id: string, customer: string, date: string, amount: string): AttributeMap {
  return {
    OrderID: { S: id },
    Line: { S: "1'; --" },
    CustomerID: { S: customer },
    OrderDate: { S: date },
    ShipDate: { S: '2026-02-28' },
    Amount: { N: amount },
    Quantity: { N: '2147483647' },
    Views: { N: '9007199254740993' },
    Weight: { N: '0.1' },
    Gift: { BOOL: id === 'o4' },
    Signature: { B: Buffer.from([0, 171, 255]).toString('base64') },
    Extras: { M: { 'a': { N: '1.50' }, 'ü"\\': { L: [{ NULL: true }, { BOOL: true }] } } },
    ProductIDs: { L: [{ S: 'p1' }, { S: 'p,2' }, { NULL: true }] },
    Sizes: { NS: ['1.5', '2'] },
    Attributes: { M: { k: { N: '9007199254740993' } } },
    Address: { M: { City: { S: 'Köln' }, Since: { S: '2020-02-29' } } },
  };
}

function bare(id: string): AttributeMap {
  return { OrderID: { S: id }, Line: { S: "1'; --" } };
}
