import { setTimeout } from 'node:timers/promises';
import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { nextDay, openShop, type ShopSize } from '../../../examples/ecommerce/generator';
import { LEASE } from '../../../lambda-src/journal/limits';
import { TIME_FOR_A_CHUNK } from '../../../lambda-src/silver/table-run';
import { CONTROL_KEY } from '../../../src/spec/storage-layout';
import { leftBehind, readWithSpark, type ReaderReport } from '../readers/read-lake';
import { connection, isEmulated } from '../stack/connection';
import { orderEmulator } from '../stack/emulator';
import { app, bootstrap, cdk, medallion } from './commands';
import { DeployedShop } from './deployed-shop';
import { LONG_NUMBERS, suppliers } from './suppliers';
import { exampleApp, type Variant } from './variants';

const SIZE: ShopSize = { customers: 20, products: 15, orders: 120, updates: 40, deletes: 10, seed: 1 };
const FEW = { updates: 8, deletes: 4 };
const ALL_TABLES = [
  'silver.customers', 'silver.products', 'silver.orders_enriched', 'gold.daily_sales_by_region', 'gold.product_performance', 'gold.key_metrics',
];
const GROWN_TABLES = [...ALL_TABLES, 'silver.suppliers', 'gold.orders_by_status'];

const MOST_STARTS = 3;
/** The first begins the rebuild, which runs beside them. */
const STARTS_OF_A_REBUILD = 8;
const MALFORMED = 5;
/** Silver begins nothing with less time than it takes for that. */
const TIMEOUT_SECONDS = TIME_FOR_A_CHUNK / 1000 + 20;

let shop: DeployedShop;
const now = new Date();
/** What takes orders that AWS has not. */
const onlyEmulated = isEmulated() ? test : test.skip;

jest.setTimeout(Number(process.env.ENGINES_TIMEOUT ?? 900_000));

test('the CDK bootstraps the account and deploys the example as it stands', async () => {
  await bootstrap();
  await deploy('first');
  shop = await DeployedShop.find();
});

test('a shop is filled: every change of the streams is in Bronze', async () => {
  expect(await shop.play(openShop(SIZE, now))).toBeGreaterThan(150);
  const { events } = await shop.untilStreamed();
  for (const { sent, inBronze, lost } of Object.values(events!)) expect({ inBronze, lost }).toEqual({ inBronze: sent, lost: [] });
});

test('Silver equals the tables and Gold a recompute, value by value, to a reader of its own', async () => {
  expectEqual(await refreshed());
  await shop.hurry();
});

test('updates, deletes and an item whose time is over arrive just as well', async () => {
  await shop.play(nextDay(SIZE, now));
  await shop.expireOneOrder();
  await shop.untilStreamed();
  expectEqual(await refreshed());
});

test('batches that cannot be written are given up with all that they hold, and redrive brings them back', async () => {
  const repair = await shop.breakBronze();
  await shop.play(nextDay({ ...SIZE, ...FEW, seed: 2 }, now)); // each is tried alone in the end
  const broken = await shop.untilStreamed().finally(repair);
  for (const { lost } of Object.values(broken.events!)) expect(lost).toEqual([]);
  expect(Object.values(broken.events!).some(({ sent, inBronze }) => inBronze < sent)).toBe(true);
  await shop.run('redrive');
  const { events } = await shop.read('events');
  for (const { sent, inBronze } of Object.values(events!)) expect(inBronze).toBe(sent);
  expectEqual(await refreshed());
});

test('what the streams have never told comes by exports: a window heals it, and a repair from the command line', async () => {
  const from = new Date().toISOString();
  const hear = await shop.deafen();
  await shop.play(nextDay({ ...SIZE, seed: 3 }, now)).finally(hear);
  const { events } = await shop.read('events');
  for (const { lost } of Object.values(events!)) expect(lost.length).toBeGreaterThan(0);
  shop.untold = lostOf(events!);
  if (!isEmulated()) await setTimeout(16 * 60_000); // no window is shorter than 15 minutes, and none begins before the table
  await shop.backfill({ kind: 'heal', tables: ['orders_enriched', 'products'], from });
  expect(await medallion('repair', '--pipeline', 'ecommerce', '--table', 'customers')).toContain('all of it is in Bronze');
  expectEqual(await refreshed());
});

onlyEmulated('records that cannot be read are given up with their batches, set aside by redrive and counted, and an export brings what they told', async () => {
  const repair = await shop.breakBronze();
  await orderEmulator(connection().emulator, 'malform', { records: MALFORMED });
  await shop.play(nextDay({ ...SIZE, ...FEW, seed: 4 }, now));
  const broken = await shop.untilStreamed().finally(repair);
  expect(lostOf(broken.events!)).toEqual([]);
  expect(sum(broken.events!, 'rejected')).toBe(0);
  expect(sum(broken.events!, 'givenUp')).toBeGreaterThan(MALFORMED);
  for (const _ of ['brings the others', 'leaves these what they are']) {
    await shop.run('redrive');
    const { events } = await shop.read('events');
    expect(lostOf(events!)).toEqual([]);
    expect([sum(events!, 'givenUp'), sum(events!, 'rejected')]).toEqual([0, MALFORMED]);
  }
  await shop.backfill({ kind: 'repair' });
  expectEqual(await refreshed());
});

onlyEmulated('Silver is stopped at its time-out while Athena works for it: nothing is lost, nothing comes twice', async () => {
  await shop.play(nextDay({ ...SIZE, seed: 5 }, now));
  await shop.untilStreamed();
  const restore = await shop.limit('silver', TIMEOUT_SECONDS);
  const late = { fault: 'late-answer', operation: 'StartQueryExecution', matching: 'MERGE INTO', times: 20, milliseconds: 60_000 };
  await fetch(`${connection().athena}/_faults`, { method: 'POST', body: JSON.stringify(late) });
  const stopped = shop.run('silver').finally(restore).finally(() => fetch(`${connection().athena}/_faults`, { method: 'DELETE' }));
  await expect(stopped).rejects.toThrow(/timed out/i);
  await orderEmulator(connection().emulator, 'age', { bucket: shop.deployed.bucket, key: CONTROL_KEY, seconds: LEASE / 1000 });
  expectEqual(await refreshed());
});

test('records whose key its column cannot hold are set aside, and all others of their table are in Silver', async () => {
  await deploy('mistaken');
  await shop.redeployed('mistaken');
  await shop.hurry();
  await shop.play(suppliers());
  const { events } = await shop.untilStreamed();
  const { sent, inBronze, rejected, lost } = events!.suppliers;
  expect({ sent, inBronze, rejected, lost }).toEqual({ sent: 9, inBronze: 3, rejected: 6, lost: [] });
  await shop.run('redrive');
  expect((await shop.read('events')).events!.suppliers).toEqual(events!.suppliers); // they are what they were
  const { differences } = await refreshed();
  expect(differences).toEqual(LONG_NUMBERS.map(number => `silver.suppliers (${number},): missing`));
});

test('changed props come with the next deploy: a new column is filled from all changes there were, others grow, and a Gold table is new; what has been '
  + 'set aside because of the former ones comes back by redrive', async () => {
  const before = await shop.read('tables');
  await deploy('grown');
  await shop.redeployed('grown');
  await shop.run('redrive');
  const { sent, inBronze, rejected, lost } = (await shop.read('events')).events!.suppliers;
  expect({ sent, inBronze, rejected, lost }).toEqual({ sent: 9, inBronze: 9, rejected: 0, lost: [] });
  const after = await refreshed(STARTS_OF_A_REBUILD);
  expectEqual(after, GROWN_TABLES);
  expect([before, after].map(({ types }) => types['silver.products'].stock_level)).toEqual(['int', 'long']);
  expect([before, after].map(({ types }) => types['silver.suppliers'].supplier_id)).toEqual(['int', 'long']);
  expect(after.rows).toEqual({ ...before.rows, 'silver.suppliers': 6, 'gold.orders_by_status': after.rows['gold.orders_by_status'] });
});

test('maintenance compacts what so many small changes have left, and changes no row', async () => {
  const before = await shop.read('tables');
  await shop.run('maintenance');
  const after = await shop.read('tables');
  expect(after.differences).toEqual([]);
  expect(after.rows).toEqual(before.rows);
  for (const table of ['silver.orders_enriched', 'silver.customers', 'silver.products']) {
    expect(before.files[table]).toBeGreaterThan(after.files[table]);
  }
});

test('Spark, with Iceberg\'s own library, reads the same rows', async () => {
  const { differences, rows } = await readWithSpark(shop.deployed);
  expect(differences).toEqual([]);
  expect(rows).toEqual((await shop.read('tables')).rows);
});

test('an idle pipeline asks Athena nothing', async () => {
  const before = await shop.queries();
  await shop.run('silver');
  await shop.run('gold');
  expect(await shop.queries()).toBe(before);
});

test('cdk destroy leaves the data, and nothing that works', async () => {
  await cdk('destroy', 'Ecommerce', '--force', ...app(exampleApp('first'), 'cdk.out.first'));
  expect((await new S3Client({ forcePathStyle: true }).send(new GetBucketVersioningCommand({ Bucket: shop.deployed.bucket }))).Status).toBe('Enabled');
  expectEqual(await shop.read('tables'), GROWN_TABLES);
  await expect(shop.run('silver')).rejects.toThrow(/not found/i);
  const left = await leftBehind();
  expect(left).not.toContain('CloudFormation stack');
  for (const name of [shop.deployed.bucket, ...Object.values(shop.deployed.databases)]) expect(left).toContain(name);
});

async function deploy(variant: Variant): Promise<void> {
  await cdk('deploy', 'Ecommerce', '--require-approval', 'never', ...app(exampleApp(variant), `cdk.out.${variant}`));
}

/** A start takes what was there when it began, and a rebuild takes several. */
async function refreshed(mostStarts = MOST_STARTS): Promise<ReaderReport> {
  for (let start = 1; ; start++) {
    await shop.run('silver');
    await shop.run('gold');
    const report = await shop.read('tables');
    if (report.differences.length === 0 || start === mostStarts) return report;
  }
}

function expectEqual({ differences, rows, comparisons }: ReaderReport, tables = ALL_TABLES): void {
  expect(differences).toEqual([]);
  expect(Object.keys(rows).sort()).toEqual([...tables].sort());
  for (const table of tables) expect(comparisons[table]).toBeGreaterThan(4);
}

function sum(events: NonNullable<ReaderReport['events']>, what: 'givenUp' | 'rejected'): number {
  return Object.values(events).reduce((total, table) => total + table[what], 0);
}

function lostOf(events: NonNullable<ReaderReport['events']>): string[] {
  return Object.values(events).flatMap(table => table.lost);
}
