import { setTimeout } from 'node:timers/promises';
import type { AttributeMap } from '../../../lambda-src/bronze/attribute-value';
import { SilverTable } from '../../../lambda-src/silver/silver-table';
import { ledgerInsert } from '../../../lambda-src/silver/statements/ledger-insert';
import { reEnrichment } from '../../../lambda-src/silver/statements/re-enrichment';
import { silverMerge } from '../../../lambda-src/silver/statements/silver-merge';
import type { Query, Statement } from '../../../lambda-src/sql/nodes';
import { VARCHAR } from '../../../src/expression/sql-type';
import { everyTypeShop } from '../../sql/every-type-shop';
import { everyStatement, NOW, orders } from '../../sql/statements';
import { TwinLakes, type Contents, type ExportedItem, type Storage } from './twin-lakes';

const spec = everyTypeShop();
const FIRST_RUN = '000000000001.0001';
const RUN = '000000000002.0001';
const EXPORT = '01695353076000-06e2188f';
/** Of the first record of each stream, in seconds; each further one is a second later. */
const START = 1767225600;
/** When the export should have told of something, and did not. */
const UNTOLD = 1774727950;
/** A statement shows what it does only where others have been before it. */
const BEFORE: { readonly [name: string]: readonly string[] } = {
  're-enrichment': ['customers'],
  're-enrichment-chain': ['countries', 'customers of changed countries'],
  'ledger-insert-with-dimensions': ['countries', 'customers'],
  'stale-probe': ['customers'],
  'aggregate-touched': ['ledger-insert', 'silver-merge'],
  'aggregate-everything': ['silver-merge'],
  'aggregate-retired': ['silver-merge'],
  'aggregate-window': ['silver-merge'],
  'snapshot-touched': ['ledger of customers', 'customers'],
  'snapshot-everything': ['customers'],
  'metrics': ['silver-merge'],
  'absent-pruning': ['absent-merge'],
  'ledger-pruning': ['ledger-insert'],
  'held-back': ['absent-merge'],
  'optimize-table': ['absent-merge', 'absent-pruning'],
  'optimize-partition': ['silver-merge'],
  'optimize-null-partition': ['silver-merge'],
  'vacuum': ['short memory', 'silver-merge'],
};
/** What of a statement is seen in how Iceberg keeps its table, not in the rows. */
const UPKEEP: { readonly [name: string]: (before: Storage, after: Storage) => void } = {
  'set-properties': (before, after) => {
    expect(before.properties.vacuum_max_snapshot_age_seconds).not.toBe('86400');
    expect(after.properties.vacuum_max_snapshot_age_seconds).toBe('86400');
  },
  'optimize-table': (before, after) => expect(after.deleteFiles).toBeLessThan(before.deleteFiles),
  'optimize-partition': (before, after) => expect(after.deleteFiles).toBeLessThan(before.deleteFiles),
  'optimize-null-partition': (before, after) => expect(after.deleteFiles).toBeLessThan(before.deleteFiles),
  'vacuum': (before, after) => {
    expect(before.snapshots).toBeGreaterThan(1);
    expect(after.snapshots).toBe(1);
  },
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

const everything = Object.entries(everyStatement(spec));
const isQuery = (node: Statement | Query): node is Query => !('purpose' in node);
const statements = everything.flatMap(([name, node]) => isQuery(node) ? [] : [[name, node] as const]);
const queries = everything.flatMap(([name, node]) => isQuery(node) ? [[name, node] as const] : []);
const isOfSchema = ({ kind }: Statement): boolean => kind.startsWith('create') || kind === 'add-columns' || kind === 'widen-column';

test.each(statements.filter(([name, node]) => !isOfSchema(node) && !Object.hasOwn(UPKEEP, name)))('%s leaves the same rows', async (name, node) => {
  await runBefore(name);
  const before = await lakes.contents();
  await lakes.run(node);
  const { onTrino, embedded } = await lakes.contents();
  expect(onTrino).toEqual(embedded);
  expect(changed(before.onTrino, onTrino)).not.toEqual([]);
});

test.each(queries)('%s finds the same', async (name, node) => {
  await runBefore(name);
  const { onTrino, embedded } = await lakes.query(node);
  expect(onTrino).toEqual(embedded);
  expect(onTrino.length).toBeGreaterThan(0);
});

test.each(statements.filter(([, node]) => isOfSchema(node)))('%s leaves the same columns, and the rows as they were', async (name, node) => {
  const [schemas, contents] = [await lakes.schemas(), await lakes.contents()];
  await lakes.run(node);
  const after = await lakes.schemas();
  expect(after.onTrino).toEqual(after.embedded);
  // What is there already is created once more.
  if (!node.kind.startsWith('create')) expect(after.onTrino).not.toEqual(schemas.onTrino);
  const { onTrino, embedded } = await lakes.contents();
  expect(onTrino).toEqual(embedded);
  if (name !== 'add-columns') expect(changed(contents.onTrino, onTrino)).toEqual([]);
});

test('nothing is expected of a statement that is no more', () => {
  const names = everything.map(([name]) => name);
  expect([...Object.keys(BEFORE), ...Object.keys(UPKEEP)].filter(name => !names.includes(name))).toEqual([]);
});

// What VACUUM forgets cannot be restored: it comes last.
test.each(statements.filter(([name]) => Object.hasOwn(UPKEEP, name)))('%s leaves the rows as they were, and does its work', async (name, node) => {
  await runBefore(name);
  const table = (node as Extract<Statement, { kind: 'set-properties' | 'optimize' | 'vacuum' }>).table;
  const [contents, storage] = [await lakes.contents(), await lakes.storage(table)];
  if (name === 'vacuum') await setTimeout(1500); // until the snapshots are older than a second
  await lakes.run(node);
  const { onTrino, embedded } = await lakes.contents();
  expect(onTrino).toEqual(embedded);
  expect(changed(contents.onTrino, onTrino)).toEqual([]);
  UPKEEP[name](storage, await lakes.storage(table));
});

/** Tables whose rows differ. */
function changed(before: Contents, after: Contents): string[] {
  return Object.keys(after).filter(table => JSON.stringify(before[table]) !== JSON.stringify(after[table]));
}

async function runBefore(name: string): Promise<void> {
  for (const other of BEFORE[name] ?? []) await lakes.run(others[other] ?? (everyStatement(spec)[other] as Statement));
}

const merge = (table: string, run: string): Statement => silverMerge(new SilverTable(spec, table), run, NOW, {});
const customersTable = new SilverTable(spec, 'customers');
const others: { readonly [name: string]: Statement } = {
  'countries': merge('countries', RUN),
  'customers': merge('customers', RUN),
  'ledger of customers': ledgerInsert(customersTable, RUN, {})!,
  'customers of changed countries': reEnrichment(customersTable, { countries: { kind: 'run', run: RUN } }, NOW, {})!,
  'short memory': { kind: 'set-properties', purpose: 'keep next to nothing', table: orders(spec).target, properties: { snapshotRetentionSeconds: 1 } },
};

/** Rows of a first run, and the changes of a second one that is still to be merged. */
async function fill(): Promise<void> {
  const [countries, customers, sales] = ['countries', 'customers', 'orders_enriched'].map(table => lakes.stream(table));
  const country = (id: string, label: string): AttributeMap => ({ CountryID: { S: id }, Label: { S: label } });
  const customer = (id: string, name: string, from: string): AttributeMap => (
    { CustomerID: { S: id }, Name: { S: name }, CountryID: { S: from } });
  await lakes.ingest(FIRST_RUN,
    countries.insert(country('ie', 'Éire')), countries.insert(country('de', "Deutschland's")),
    customers.insert(customer('c1', "O'Neill", 'ie')), customers.insert(customer('c2', 'Köhler', 'de')), customers.insert(customer('c3', 'Nobody', 'xx')),
    customers.insert(customer('c4', 'Murphy', 'ie')),
    sales.insert(order('o9', 'c4', '2026-03-05T00:00:00Z', '3.00')), sales.insert(order('o1', 'c1', '2026-03-28T10:00:00Z', '10.00')), sales.insert(order('o2', 'c2', '2026-03-01T00:00:00Z', '100.51')),
    sales.insert(order('o3', 'c1', '2026-02-28T23:59:59.999999Z', '0.01')), sales.insert(order('o4', 'c9', '2026-03-27T00:00:00Z', '7.5')),
    sales.insert(bare('o5')), sales.insert(order('o8', 'c2', '2026-03-28T19:00:00Z', '42.00')),
  );
  for (const table of ['countries', 'customers', 'orders_enriched']) await lakes.run(merge(table, FIRST_RUN));
  for (const name of ['aggregate-everything', 'snapshot-everything', 'metrics']) await lakes.run(everyStatement(spec)[name] as Statement);
  await formerColumns();
  await lakes.load('orders_enriched', EXPORT, exported());
  await lakes.ingest(RUN,
    countries.modify(country('ie', 'Éire'), country('ie', 'Ireland')),
    customers.modify(customer('c1', "O'Neill", 'ie'), customer('c1', 'O"Neill\\', 'de')), customers.remove(customer('c3', 'Nobody', 'xx')),
    sales.modify(order('o1', 'c1', '2026-03-28T10:00:00Z', '10.00'), order('o1', 'c2', '2026-04-01T00:00:00Z', '11.00')),
    sales.remove(order('o2', 'c2', '2026-03-01T00:00:00Z', '100.51')),
    sales.modify(order('o3', 'c1', '2026-02-28T23:59:59.999999Z', '0.01'), order('o3', 'c1', '2026-03-02T00:00:00Z', '-1')),
    sales.insert(order('o6', 'c1', '2026-03-28T11:00:00Z', '200.00')), sales.insert(bare('o7')),
    sales.modify(order('o6', 'c1', '2026-03-28T11:00:00Z', '200.00'), order('o6', 'c3', '2026-03-28T11:00:00Z', '9999999999.99')),
    sales.modify(order('o8', 'c2', '2026-03-28T19:00:00Z', '42.00'), { ...order('o8', 'c2', '2026-03-28T19:00:00Z', '42.00'), Quantity: { N: '0' } }),
    sales.modify(bare('o5'), { ...bare('o5'), Amount: { S: 'dear' }, Quantity: { N: '1.5' } }),
    sales.insert(bare('o11'), { seconds: UNTOLD }),
  );
}

/** Columns that were declared once, and are not any more, keep their values. */
async function formerColumns(): Promise<void> {
  const former = { orders_enriched: { layer: 'silver', columns: { tags: { kind: 'array', element: VARCHAR } } }, daily_sales: { layer: 'gold', columns: { area: VARCHAR } } } as const;
  for (const [name, { layer, columns }] of Object.entries(former)) {
    await lakes.run({ kind: 'add-columns', purpose: 'declare what is declared no more', table: { layer, name }, columns });
  }
  await lakes.execute("UPDATE silver.orders_enriched SET tags = ARRAY['a', 'b'] WHERE order_id IN ('o1', 'o5')");
  await lakes.execute("UPDATE gold.daily_sales SET area = 'west' WHERE largest = 3.00");
}

/** Beside the stream: older than it, in the very second, newer, alone, and gone. */
function exported(): ExportedItem[] {
  const line = (id: string, seconds: number, item?: AttributeMap): ExportedItem => (
    { key: { OrderID: { S: id }, Line: bare(id).Line }, item, written: BigInt(START + seconds) * 1_000_000n + 500_000n });
  return [
    line('o1', 0, order('o1', 'c1', '2026-03-28T10:00:00Z', '10.00')),
    line('o6', 12, order('o6', 'c3', '2026-03-28T11:00:00Z', '5.00')),
    line('o7', 100, order('o7', 'c2', '2026-03-02T00:00:00Z', '8.00')),
    line('o10', 100, order('o10', 'c4', '2026-03-03T00:00:00Z', '77.00')),
    line('o9', 100),
  ];
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
