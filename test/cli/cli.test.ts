import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { App } from 'aws-cdk-lib';
import { EcommerceStack } from '../../examples/ecommerce/app';
import { StreamRecords } from '../helpers/stream-records';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROOT = path.join(__dirname, '..', '..');
const folder = temporaryFolder();
const assembly = path.join(folder, 'cdk.out');
const out = path.join(folder, 'out');

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as it is shipped, bundled. */
function run(...options: readonly string[]): Result {
  return spawnSync(process.execPath, [path.join(ROOT, 'bin', 'cdk-medallion-analytics'), ...options], { cwd: ROOT, encoding: 'utf8' });
}

/** The command in a folder from which no package is found. */
function runAlone(name: string, searchPath: readonly string[]): Result & { readonly alone: string } {
  const alone = path.join(folder, name);
  mkdirSync(alone);
  for (const file of ['index.js', 'parquet_wasm_bg.wasm']) copyFileSync(path.join(ROOT, 'assets', 'cli', file), path.join(alone, file));
  const env = { ...process.env, PATH: searchPath.join(path.delimiter) };
  return { alone, ...spawnSync(process.execPath, ['index.js', 'local', '--app', assembly, '--rows', '3'], { cwd: alone, encoding: 'utf8', env }) };
}

beforeAll(() => {
  const app = new App({ outdir: assembly });
  new EcommerceStack(app, 'Shop');
  app.synth();
});

describe('the command line', () => {
  test('runs the pipeline of a cloud assembly on made-up rows and leaves a database that can be queried', async () => {
    const { status, stdout, stderr } = run('local', '--app', assembly, '--out', out, '--rows', '40', '--updates', '20', '--deletes', '5');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('Shop/Analytics on this machine');
    expect(stdout).toMatch(/gold +│ daily_sales_by_region/);
    expect(stdout).toMatch(/every table equals the source: [\d.]+ s, peak memory \d+ MiB/);

    const connection = await (await DuckDBInstance.create(path.join(out, 'lakehouse.duckdb'), { access_mode: 'READ_ONLY' })).connect();
    const tables = await connection.runAndReadAll("SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY ALL");
    expect(tables.getRows().flat()).toEqual(expect.arrayContaining(['bronze.orders', 'gold.key_metrics', 'silver.orders_enriched', 'silver.orders_enriched_quarantine']));
    const changes = await connection.runAndReadAll('SELECT count(*) FROM bronze.orders');
    expect(Number(changes.getRows()[0][0])).toBeGreaterThanOrEqual(40);
    connection.closeSync();
  }, 60_000);

  test('plays a file of stream records', () => {
    const customers = new StreamRecords('Shop-Customers', { key: ['CustomerID'] });
    const events = path.join(folder, 'events.jsonl');
    const anna = { CustomerID: { S: 'C-1' }, Name: { S: 'Anna' }, Region: { S: 'Europe' } };
    writeFileSync(events, JSON.stringify({ Records: [customers.insert(anna), customers.modify(anna, { ...anna, Region: { S: 'Asia' } })] }));
    const { status, stdout } = run('local', '--app', assembly, '--out', out, '--events', events);
    expect(stdout).toMatch(/silver │ customers +│ +1 │ +1 │ ok/);
    expect(stdout).toMatch(/customers: no item has a value for [a-z_]+ \(attribute \w+\)/);
    expect(stdout).not.toContain('name (attribute Name)');
    expect(stdout).not.toContain('made-up values');
    expect(status).toBe(0);
  }, 60_000);

  test('tells of items without a match', () => {
    const orders = new StreamRecords('Shop-Orders', { key: ['OrderID'] });
    const events = path.join(folder, 'orders.jsonl');
    writeFileSync(events, JSON.stringify(orders.insert({ OrderID: { S: 'O-1' }, CustomerID: { S: 'C-404' } })));
    const { status, stdout } = run('local', '--app', assembly, '--out', out, '--events', events);
    expect(stdout).toContain('orders_enriched: 1 row without a match in customers\n');
    expect(status).toBe(0);
  }, 60_000);

  test('counts what Bronze rejects, and misses nothing of it', () => {
    const customers = new StreamRecords('Shop-Customers', { key: ['CustomerID'] });
    const events = path.join(folder, 'rejected.jsonl');
    const lines = [customers.insert({ CustomerID: { S: 'C-1' } }), customers.insert({ CustomerID: { BOOL: true } })];
    writeFileSync(events, lines.map(line => JSON.stringify(line)).join('\n'));
    const { status, stdout } = run('local', '--app', assembly, '--out', out, '--events', events);
    expect(stdout).toMatch(/bronze │ customers +│ +2 │ +2 │ ok/);
    expect(stdout).toMatch(/silver │ customers +│ +1 │ +1 │ ok/);
    expect(stdout).toContain('customers: 1 record rejected by Bronze: key column customer_id');
    expect(status).toBe(0);
  }, 60_000);

  test.each<[string, readonly string[], string]>([
    ['a folder that is no assembly', ['--app', folder], 'is no cloud assembly'],
    ['a pipeline that is not there', ['--app', assembly, '--pipeline', 'Other'], 'declares no pipeline Other; it declares:\n  Shop/Analytics'],
    ['an output folder with other files', ['--app', assembly, '--out', assembly], 'holds files that no local run has written'],
    ['an event file that is not there', ['--app', assembly, '--events', path.join(folder, 'none')], 'ENOENT'],
    ['a folder of events', ['--app', assembly, '--events', folder], `${folder} is a folder; name a file`],
    ['a Silver table that is not there', ['--app', assembly, '--events', __filename, '--source', 'a=b'], '--source a=b: the pipeline has no Silver table b; name one of customers'],
    ['a source without events', ['--app', assembly, '--source', 'a=customers'], "'--source' says whose the records of '--events <file>' are"],
    ['made-up rows beside events', ['--app', assembly, '--events', __filename, '--rows', '5'], "option '--rows <number>' cannot be used with option '--events <file>'"],
    ['a number that is none', ['--app', assembly, '--rows', '-1'], 'It must be a whole number, 0 or more.'],
    ['an option that is none', ['--colour'], "unknown option '--colour'"],
  ])('ends with 1 for %s', (_, options, message) => {
    const { status, stderr } = run('local', ...options);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });

  test('explains itself', () => {
    const { status, stdout } = run('local', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--app <folder>');
    expect(stdout).not.toContain('{}');
    expect(stdout).toContain('Exit code: 0 if every table equals the source');
  });

  test('finds the engine where npx has put it, which only PATH tells', () => {
    const { status, stderr } = runAlone('npx', [path.join(folder, 'none', 'node_modules', '.bin'), '', path.join(ROOT, 'node_modules', '.bin')]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }, 60_000);

  test('says how to get the engine where it is not installed', () => {
    const { alone, status, stderr } = runAlone('alone', [path.resolve('/node_modules/.bin')]);
    expect(stderr).toContain('Fix: npm install --save-dev @duckdb/node-api\n');
    expect(stderr).toContain('npx -p cdk-medallion-analytics -p @duckdb/node-api cdk-medallion-analytics local --app cdk.out');
    expect(status).toBe(1);
    expect(existsSync(path.join(alone, '.medallion'))).toBe(false);
  });
});

describe('sql', () => {
  test('prints every statement with the databases of the pipeline', () => {
    const { status, stdout, stderr } = run('sql', '--app', assembly);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('-- silver · orders_enriched: bring the changes into orders_enriched\nMERGE INTO "');
    expect(stdout).toMatch(/CREATE TABLE IF NOT EXISTS `\w+_gold`\.`daily_sales_by_region`/);
  });

  test('prints one table as JSON', () => {
    const { stdout } = run('sql', '--app', assembly, '--table', 'key_metrics', '--stage', 'gold', '--json');
    expect(JSON.parse(stdout)).toEqual([{ stage: 'gold', table: 'key_metrics', purpose: 'refresh key_metrics', sql: expect.stringMatching(/^MERGE INTO/) }]);
  });

  test('names the tables there are when it is asked for another', () => {
    const { status, stderr } = run('sql', '--app', assembly, '--table', 'key_metric');
    expect(status).toBe(1);
    expect(stderr).toBe("error: the pipeline has no table 'key_metric'; did you mean 'key_metrics'?\n");
    expect(run('sql', '--app', assembly, '--table', 'nonsense').stderr).toContain("no table 'nonsense'; there are: absent_customers, ");
  });
});

describe('cost', () => {
  test('shows what a pipeline costs idle, in two known sizes, and as declared', () => {
    const { status, stdout, stderr } = run('cost', '--app', assembly, '--changes', '100', '--changes', 'orders_enriched=2000');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/together +│ +\d+\.\d\d │ +\d+\.\d\d │ +\d+\.\d\d │ +\d+\.\d\d │/);
    expect(stdout).toMatch(/orders a day │ +yours │/);
    expect(stdout).toContain('assumed for each table that no option names: 1,000,000 items (--items), 1,024 bytes an item (--item-bytes)\n');
    expect(stdout).toContain('│ dashboard, if the account has three already');
  });

  test('says of what it assumes that nobody has said it', () => {
    const { stdout } = run('cost', '--app', assembly);
    expect(stdout).toMatch(/orders a day │ +assumed │/);
    expect(stdout).toContain('orders a day: writes to orders_enriched; each of the other tables changes a fiftieth as often\n'
      + 'assumed for each table that no option names: 10,000 writes a day (--changes), 1,000,000 items (--items), 1,024 bytes an item (--item-bytes)\n');
    expect(run('cost', '--app', assembly, '--changes', '1', '--items', '1', '--item-bytes', '1').stdout).not.toContain('assumed');
    expect(run('cost', '--help').stdout.replace(/\s+/g, ' ')).toContain('(default: 10,000 for each)');
  });

  test('advises partitions for a table that grows large without', () => {
    expect(run('cost', '--app', assembly, '--items', 'products=10000000').stdout)
      .toMatch(/large and without partitionBy, so that every statement reads all of it: [^\n]*products[^\n]*\. Give it partitionBy first; then a longer silverSchedule saves most\n/);
  });

  test('says which tables there are, and what a number must look like', () => {
    expect(run('cost', '--app', assembly, '--changes', 'custmers=5').stderr).toContain("no Silver table 'custmers'; did you mean 'customers'?");
    expect(run('cost', '--app', assembly, '--changes', 'many').stderr).toContain('It must be a whole number');
  });
});

describe('the command', () => {
  test('tells its version', () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('that has not been bundled says how', () => {
    const bin = path.join(folder, 'checkout', 'bin');
    mkdirSync(bin, { recursive: true });
    copyFileSync(path.join(ROOT, 'bin', 'cdk-medallion-analytics'), path.join(bin, 'command.js'));
    const { status, stderr } = spawnSync(process.execPath, [path.join(bin, 'command.js')], { encoding: 'utf8' });
    expect(stderr).toMatch(/index\.js is not there: run `npm run bundle` in a checkout, or install the package again\n$/);
    expect(status).toBe(1);
  });
});
