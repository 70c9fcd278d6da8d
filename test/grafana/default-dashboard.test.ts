import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { App, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { DASHBOARD_SESSION } from '../../lambda-src/local/grafana/dashboard-session';
import { panelStatements } from '../../lambda-src/local/grafana/panel-statements';
import { SESSION } from '../../lambda-src/local/read-rows';
import { compilePipeline } from '../../src/spec/compile-pipeline';
import { ecommerceDefinition } from '../helpers/ecommerce-definition';

const NOW = new Date('2026-03-28T20:00:00Z');
const DAY = 86_400_000;
const { spec } = compilePipeline(new Stack(new App(), 'Shop'), { ...ecommerceDefinition(), dashboards: undefined }, 'shop');

interface Product {
  readonly stock: number | null;
  readonly status: string;
}

interface Metrics {
  readonly [name: string]: number;
}

/** A row of the table of daily sales; figures may be unknown. */
interface Sales {
  readonly daysAgo: number;
  readonly region: string | null;
  readonly orders: number;
  readonly cents: number | null;
  readonly average: number | null;
  readonly customers: number;
}

const SALES = fc.uniqueArray(fc.record<Sales>({
  daysAgo: fc.integer({ min: -2, max: 70 }),
  region: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('Asia', 'Europe', "O'Neill", ...'abcdefgh') }, { weight: 1, arbitrary: fc.constant(null) }),
  orders: fc.integer({ min: 1, max: 50 }),
  cents: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 1_000_000 }) }, { weight: 1, arbitrary: fc.constant(null) }),
  average: fc.option(fc.integer({ min: 0, max: 9999 })),
  customers: fc.integer({ min: 1, max: 50 }),
}), { selector: ({ daysAgo, region }) => `${daysAgo} ${region}`, maxLength: 60 });
const STOCK = fc.array(fc.record({ stock: fc.option(fc.integer({ min: 0, max: 100 })), status: fc.constantFrom('Critical', 'Low', 'Good') }), { maxLength: 8 });
const METRIC_NAMES = ['orders_today', 'revenue_30d', 'revenue_7d', 'revenue_90d', 'revenue_today'];
const METRICS = fc.dictionary(fc.constantFrom(...METRIC_NAMES), fc.integer({ min: 0, max: 10_000_000 }));

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run(`CREATE SCHEMA gold; ${SESSION}; ${DASHBOARD_SESSION};
    CREATE TABLE daily_sales_by_region (order_date DATE, region VARCHAR, order_count BIGINT, total_revenue DECIMAL(38, 2),
      avg_order_value DECIMAL(12, 2), unique_customers BIGINT, computed_at TIMESTAMP);
    CREATE TABLE product_performance (product_id VARCHAR, product_name VARCHAR, category VARCHAR, price DECIMAL(10, 2), current_stock INTEGER,
      stock_status VARCHAR, computed_at TIMESTAMP);
    CREATE TABLE key_metrics (metric_name VARCHAR, metric_value DECIMAL(38, 2), computed_at TIMESTAMP)`);
});
afterAll(() => connection.closeSync());

async function fill(sales: readonly Sales[], stock: readonly Product[], metrics: Metrics): Promise<void> {
  const at = "TIMESTAMP '2026-03-28 19:00:00'";
  const text = (value: string | null) => value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
  const money = (cents: number | null) => cents === null ? 'NULL' : (cents / 100).toFixed(2);
  const insert = async (table: string, rows: string[]) => {
    await connection.run(`DELETE FROM ${table}${rows.length === 0 ? '' : `; INSERT INTO ${table} VALUES ${rows.join(', ')}`}`);
  };
  await insert('daily_sales_by_region', sales.map(({ daysAgo, region, orders, cents, average, customers }) =>
    `(DATE '${day(daysAgo)}', ${text(region)}, ${orders}, ${money(cents)}, ${money(average)}, ${customers}, ${at})`));
  await insert('product_performance', stock.map(({ stock: level, status }, i) => `('p${i}', 'P ${i}', 'c', 1.50, ${level}, '${status}', ${at})`));
  await insert('key_metrics', Object.entries(metrics).map(([name, cents]) => `('${name}', ${money(cents)}, ${at})`));
}

async function shown(title: string): Promise<unknown[][]> {
  const { sql } = panelStatements(spec, { now: NOW }).find(statement => statement.title === title)!;
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map(row => row.map(value => {
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'object' && value !== null ? String(value) : value;
  }));
}

/** What each panel must show, by plain code. */
function expected(sales: readonly Sales[], stock: readonly Product[], metrics: Metrics): { [title: string]: unknown[][] } {
  const present = sales.filter(({ daysAgo }) => daysAgo >= 0 && daysAgo <= 30);
  const before = sales.filter(({ daysAgo }) => daysAgo > 30 && daysAgo <= 61);
  const revenue = (rows: readonly Sales[]) =>
    rows.some(({ cents }) => cents !== null) ? rows.reduce((sum, { cents }) => sum + (cents ?? 0), 0) / 100 : null;
  const count = (rows: readonly Sales[]) => rows.reduce((sum, { orders }) => sum + orders, 0);
  const regions = [...new Set(present.map(({ region }) => region ?? '(none)'))];
  const of = (region: string) => present.filter(row => (row.region ?? '(none)') === region);
  const slices = regions.map(region => [region, revenue(of(region))] as const)
    .sort((a, b) => (b[1] ?? -1) - (a[1] ?? -1) || (a[0] < b[0] ? -1 : 1));
  const others = slices.slice(8).map(([, value]) => value).filter(value => value !== null);
  const oldest = Math.max(...present.map(({ daysAgo }) => daysAgo));
  const days = present.length === 0 ? [] : Array.from({ length: oldest + 1 }, (_, i) => oldest - i);
  const course = (figure: (rows: readonly Sales[]) => number | null) => days.map(ago => {
    const rows = present.filter(({ daysAgo }) => daysAgo === ago);
    return [day(ago), rows.length === 0 ? 0 : figure(rows)];
  });
  const byRegion = (figure: (row: Sales) => number | null) => [...present]
    .map(row => [day(row.daysAgo), row.region ?? '(none)', figure(row)])
    .sort((a, b) => `${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1);
  return {
    'Total revenue': [[revenue(before) ?? 0], [revenue(present) ?? 0]],
    'Order count': [[count(before)], [count(present)]],
    'Key metrics': [METRIC_NAMES.map(name => Object.hasOwn(metrics, name) ? metrics[name] / 100 : null)],
    'Total revenue by region': [
      ...slices.slice(0, 8).map(([region, value]) => [region, value]),
      ...slices.length > 8 ? [['Others', others.length === 0 ? null : others.reduce((sum, value) => sum + Math.round(value * 100), 0) / 100]] : [],
    ],
    'Total revenue over time': course(revenue),
    'Order count over time': course(count),
    'Avg order value over time': byRegion(({ average }) => average === null ? null : average / 100),
    'Unique customers over time': byRegion(({ customers }) => customers),
    'Product performance': stock.map(({ stock: level, status }, i) => [`p${i}`, `P ${i}`, 'c', 1.5, level, status]),
  };
}

function day(daysAgo: number): string {
  return new Date(NOW.getTime() - daysAgo * DAY).toISOString().slice(0, 10);
}

test('every panel that is made for a pipeline without dashboards shows what its tables hold, whatever they hold', async () => {
  await fc.assert(fc.asyncProperty(SALES, STOCK, METRICS, async (sales, stock, metrics) => {
    await fill(sales, stock, metrics);
    const wanted = expected(sales, stock, metrics);
    const titles = Object.values(spec.dashboards)[0].panels.map(({ title }) => title);
    expect(Object.keys(wanted).sort()).toEqual([...titles].sort());
    for (const title of titles) expect([title, rounded(await shown(title))]).toEqual([title, rounded(wanted[title])]);
  }), { numRuns: 60 });
}, 120_000);

function rounded(rows: readonly unknown[][]): unknown[][] {
  return rows.map(row => row.map(value => typeof value === 'number' ? Number(value.toFixed(6)) : value));
}

test('its title is the name that was given, or where the pipeline stands', () => {
  const titled = (name?: string) => {
    const { dashboards } = compilePipeline(new Stack(new App(), 'Mine'), { ...ecommerceDefinition(), dashboards: undefined, name }, name ?? 'mine_b21269d0').spec;
    return Object.values(dashboards).map(({ title }) => title);
  };
  expect(titled('shop_prod')).toEqual(['Shop prod']);
  expect(titled()).toEqual(['Mine']);
});
