import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { nextDay, openShop, type ShopSize } from '../../../examples/ecommerce/generator';
import { deployment } from '../stack/connection';
import { app, cdk } from './cdk';
import { DeployedShop, type ReaderReport } from './deployed-shop';

const ROOT = path.join(__dirname, '..', '..', '..');
const EXAMPLE = path.join(ROOT, 'examples', 'ecommerce');
const SIZE: ShopSize = { customers: 20, products: 15, orders: 120, updates: 40, deletes: 10, seed: 1 };
const ALL_TABLES = [
  'silver.customers', 'silver.products', 'silver.orders_enriched', 'gold.daily_sales_by_region', 'gold.product_performance', 'gold.key_metrics',
];

let shop: DeployedShop;
const now = new Date();
const MOST_STARTS = 3;

jest.setTimeout(Number(process.env.ENGINES_TIMEOUT ?? 900_000));

test('the CDK bootstraps the account and deploys the example as it stands', async () => {
  const { account, region } = deployment();
  await cdk('bootstrap', `aws://${account}/${region}`);
  await cdk('deploy', 'Ecommerce', '--require-approval', 'never', ...app('examples/ecommerce/app.ts', 'cdk.out'));
  shop = await DeployedShop.find();
});

test('a shop is filled: every change of the streams is in Bronze', async () => {
  expect(await shop.play(openShop(SIZE, now))).toBeGreaterThan(150);
  const { events } = await shop.untilStreamed();
  for (const { sent, inBronze, lost } of Object.values(events!)) expect({ inBronze, lost }).toEqual({ inBronze: sent, lost: [] });
});

test('Silver equals the tables and Gold a recompute, value by value, to a reader of its own', async () => {
  expectEqual(await refreshed());
});

test('updates, deletes and an item whose time is over arrive just as well', async () => {
  await shop.play(nextDay(SIZE, now));
  await shop.expireOneOrder();
  await shop.untilStreamed();
  expectEqual(await refreshed());
});

test('batches that cannot be written are given up with all that they hold, and redrive brings them back', async () => {
  const repair = await shop.breakBronze();
  await shop.play(nextDay({ ...SIZE, seed: 2 }, now));
  const broken = await shop.untilStreamed();
  await repair();
  for (const { lost } of Object.values(broken.events!)) expect(lost).toEqual([]);
  expect(Object.values(broken.events!).some(({ sent, inBronze }) => inBronze < sent)).toBe(true);
  await shop.run('redrive');
  const { events } = await shop.read('events');
  for (const { sent, inBronze } of Object.values(events!)) expect(inBronze).toBe(sent);
  expectEqual(await refreshed());
});

test('a new Gold table comes with the next deploy, and nothing else changes', async () => {
  const before = await shop.read('tables');
  await cdk('deploy', 'Ecommerce', '--require-approval', 'never', ...app(grownExample(), 'cdk.out.grown'));
  await shop.run('gold');
  const after = await shop.read('tables');
  expect(after.differences).toEqual([]);
  expect(after.rows).toEqual(before.rows);
});

test('an idle pipeline asks Athena nothing', async () => {
  const before = await shop.queries();
  await shop.run('silver');
  await shop.run('gold');
  expect(await shop.queries()).toBe(before);
});

test('cdk destroy leaves the data', async () => {
  await cdk('destroy', 'Ecommerce', '--force', ...app('examples/ecommerce/app.ts', 'cdk.out'));
  expect((await new S3Client({ forcePathStyle: true }).send(new GetBucketVersioningCommand({ Bucket: shop.deployed.bucket }))).Status).toBe('Enabled');
  expectEqual(await shop.read('tables'));
});

/** Silver starts Gold by itself, and a schedule may start either: who finds the other at work leaves it to the next start. */
async function refreshed(): Promise<ReaderReport> {
  for (let start = 1; ; start++) {
    await shop.run('silver');
    await shop.run('gold');
    const report = await shop.read('tables');
    if (report.differences.length === 0 || start === MOST_STARTS) return report;
  }
}

function expectEqual({ differences, rows, comparisons }: ReaderReport): void {
  expect(differences).toEqual([]);
  expect(Object.keys(rows)).toEqual(ALL_TABLES);
  for (const table of ALL_TABLES) expect(comparisons[table]).toBeGreaterThan(4);
}

/** The example with one Gold table more, as its owner would write it. */
function grownExample(): string {
  const folder = path.join(deployment().folder, 'grown-example');
  mkdirSync(folder);
  for (const file of readdirSync(EXAMPLE).filter(name => name.endsWith('.ts') && name !== 'run.ts')) {
    const text = readFileSync(path.join(EXAMPLE, file), 'utf8');
    writeFileSync(path.join(folder, file), fromElsewhere(file === 'pipeline.ts' ? grown(text) : text));
  }
  return path.join(folder, 'app.ts');
}

function grown(pipeline: string): string {
  const place = '      key_metrics: GoldTable.metrics';
  if (!pipeline.includes(place)) throw new Error(`the example has no line '${place}' any more: change where this test adds a table`);
  return pipeline.replace(place, `      orders_by_status: GoldTable.aggregate({
        silverTable: 'orders_enriched', groupBy: { status: 'status' }, measures: { order_count: Measure.count() },
      }),
${place}`);
}

/** The same module in another folder: what it imports stays where it is. */
function fromElsewhere(text: string): string {
  return text
    .replace(/from '\.\.\/\.\.\//g, `from '${ROOT}/`)
    .replace(/from '(aws-cdk-lib|constructs)/g, `from '${path.join(ROOT, 'node_modules')}/$1`);
}
