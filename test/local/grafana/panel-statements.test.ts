import type { PanelJson } from '../../../lambda-src/grafana/panel-json';
import { grafanaDashboards } from '../../../lambda-src/grafana/render-files';
import { panelStatements, type ReaderView } from '../../../lambda-src/local/grafana/panel-statements';
import { ExampleGold } from '../../helpers/example-gold';
import { cells, displayed, frameOf, type Displayed } from '../../helpers/grafana-frame';
import { countedOrders, groups, revenue, textOf, type CountedOrder } from '../../helpers/shop-figures';
import { temporaryFolder } from '../../helpers/temporary-folder';

const folder = temporaryFolder();
const DAY = 86_400_000;
let gold: ExampleGold;
let orders: CountedOrder[];

beforeAll(async () => {
  gold = await ExampleGold.compute(folder);
  orders = countedOrders(gold);
}, 120_000);
afterAll(() => gold.close());

/** What a panel shows a reader: its rows, numbers as numbers. */
async function shown(title: string, view: Partial<ReaderView> = {}): Promise<(string | number | null)[][]> {
  const statement = panelStatements(gold.spec, { now: gold.now, ...view }).find(candidate => candidate.title === title)!;
  const { types, rows } = await gold.query(statement.sql);
  return rows.map(row => row.map((value, i) => value !== null && ['DOUBLE', 'BIGINT', 'INTEGER'].includes(types[i]) ? Number(value) : value));
}

const daysAgo = (days: number): string => new Date(gold.now.getTime() - days * DAY).toISOString().slice(0, 10);
const between = (from: number, to: number) => ({ day }: CountedOrder): boolean => day >= daysAgo(from) && day <= daysAgo(to);
const since = (from: number, to = 0): CountedOrder[] => orders.filter(between(from, to)).filter(({ region }) => region !== undefined);
const byRegion = (of: readonly CountedOrder[]): [string, CountedOrder[]][] => [...groups(of, ({ region }) => region!)];
/** From the first day that has orders to today. */
const everyDay = (of: readonly CountedOrder[], last = gold.now): [string, CountedOrder[]][] => {
  const [first] = of.map(({ day }) => day).sort();
  const days: [string, CountedOrder[]][] = [];
  for (let time = Date.parse(first); time <= last.getTime(); time += DAY) {
    const date = new Date(time).toISOString().slice(0, 10);
    days.push([date, of.filter(({ day }) => day === date)]);
  }
  return days;
};
const close = (value: number): number => Number(value.toFixed(6));

describe('the example, as its panels see it', () => {
  test('totals: the period before, and this one', async () => {
    expect(await shown('Revenue')).toEqual([[revenue(since(61, 31))], [revenue(since(30))]]);
    expect(await shown('Orders')).toEqual([[since(61, 31).length], [since(30).length]]);
  });

  test('shares of regions, greatest first', async () => {
    const expected = byRegion(since(30)).map(([region, its]) => [region, revenue(its)] as const).sort((a, b) => b[1] - a[1]);
    expect(await shown('Revenue by region')).toEqual(expected);
  });

  test('days in their order, those without an order too', async () => {
    const days = everyDay(since(30)).map(([day, its]) => [day, revenue(its)] as const);
    expect(days.length).toBeGreaterThan(20);
    expect(await shown('Daily revenue')).toEqual(days);
  });

  test('days and regions', async () => {
    const expected = [...groups(since(30), ({ day, region }) => `${day}|${region}`)];
    const daily = byRegion(since(30)).flatMap(([region, its]) => everyDay(its).map(([day, ofDay]) => [day, region, ofDay.length] as const));
    expect(daily.some(([,, count]) => count === 0)).toBe(true);
    expect(await shown('Orders by region')).toEqual(daily.sort((a, b) => `${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
    const averages = (await shown('Average order value')).map(([day, region, value]) => [day, region, value === null ? null : close(Number(value))]);
    expect(averages).toEqual(expected.map(([key, its]) => {
      const known = its.filter(({ cents }) => cents !== undefined);
      return [...key.split('|'), known.length === 0 ? null : close(revenue(known) / known.length)];
    }).sort((a, b) => `${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
  });

  test('key metrics, of all regions, each over its own window', async () => {
    const within = (days: number): CountedOrder[] => orders.filter(between(days, 0));
    expect(await shown('Key metrics')).toEqual([
      [within(0).length, revenue(within(0)), revenue(within(90))],
    ]);
    // A window of 7 days is those days and today, and the period before it has 8 too.
    const before = (days: number): CountedOrder[] => orders.filter(between(2 * days + 1, days + 1));
    expect(await shown('Recent revenue')).toEqual([[revenue(before(7)), revenue(before(30))], [revenue(within(7)), revenue(within(30))]]);
  });

  test('products, the scarcest first', async () => {
    const stock = gold.items('products').map(product => [
      textOf(product.ProductName), textOf(product.Category), Number(textOf(product.Price)), Number(textOf(product.StockLevel)),
      statusOf(Number(textOf(product.StockLevel))),
    ]);
    const rows = await shown('Product stock');
    expect(rows.map(row => row[3])).toEqual([...stock.map(row => row[3] as number)].sort((a, b) => a - b));
    expect([...rows].sort()).toEqual([...stock].sort());
    const categories = [...groups(stock, row => String(row[1]))]
      .map(([category, its]) => [category, its.reduce((sum, row) => sum + Number(row[3]), 0)] as const);
    expect(await shown('Stock by category')).toEqual(categories.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
  });

  test('the choice of regions, and what it leaves', async () => {
    const regions = [...new Set(since(200).map(({ region }) => region!))].sort();
    expect(await shown('variable region')).toEqual(regions.map(region => [region]));
    const two = regions.slice(0, 2);
    const ours = (order: CountedOrder): boolean => two.includes(order.region!);
    expect(await shown('Revenue', { choices: { region: two } })).toEqual([[revenue(since(61, 31).filter(ours))], [revenue(since(30).filter(ours))]]);
    expect((await shown('Revenue by region', { choices: { region: two } })).map(([region]) => region).sort()).toEqual(two);
    expect(await shown('Revenue', { choices: { region: ["O'Neill', 'x"] } })).toEqual([[0], [0]]);
  });

  test('another time range', async () => {
    const range = { from: new Date(gold.now.getTime() - 7 * DAY), to: new Date(gold.now.getTime() - DAY) };
    expect(await shown('Revenue', { range })).toEqual([[revenue(since(14, 8))], [revenue(since(7, 1))]]);
    expect((await shown('Daily revenue', { range })).every(([day]) => String(day) >= daysAgo(7) && String(day) <= daysAgo(1))).toBe(true);
  });

  test('the tables, their rows and their last change', async () => {
    const rows = await shown('Last change of each table');
    const groupsOfSales = groups(orders.filter(({ region }) => region !== undefined), ({ day, region }) => `${day} ${region}`).size;
    expect(rows.map(([table, count]) => [table, count])).toEqual([
      ['daily_sales_by_region', groupsOfSales], ['key_metrics', 5], ['product_performance', gold.items('products').length],
    ]);
    for (const [,, changed] of rows) expect(Math.abs(Number(changed) - gold.now.getTime())).toBeLessThan(3_600_000);
  });
});

describe("Grafana's own code", () => {
  const panelsOf = (): PanelJson[] => grafanaDashboards(gold.spec, 'local')[0].panels.filter(({ type }) => type !== 'row');
  const frame = async (title: string): Promise<ReturnType<typeof frameOf>> => {
    const { sql } = panelStatements(gold.spec, { now: gold.now }).find(statement => statement.title === title)!;
    const { names, types, rows } = await gold.query(sql);
    return frameOf(names.map((name, i) => ({ name, type: types[i], values: rows.map(row => row[i]) })));
  };
  const texts = async (title: string): Promise<Displayed[]> => {
    const { fieldConfig, options } = panelsOf().find(panel => panel.title === title)!;
    return displayed(await frame(title), fieldConfig, options);
  };

  test('finds something to show in every panel', async () => {
    for (const { title, type, options } of panelsOf()) {
      const { fields, length } = await frame(title);
      expect([title, fields.some(field => field.type === 'number'), length > 0]).toEqual([title, true, true]);
      if (type === 'timeseries') expect(fields[0].type).toBe('time');
      if (!options!.reduceOptions) continue;
      const shownTexts = (await texts(title)).map(({ text }) => text);
      expect([title, shownTexts.length > 0, shownTexts.filter(text => !/\d/.test(text))]).toEqual([title, true, []]);
    }
  });

  test('calls slices by their names, writes money as money, and ages in words', async () => {
    const slices = await texts('Revenue by region');
    expect(slices.map(({ title }) => title).sort()).toEqual(byRegion(since(30)).map(([region]) => region).sort());
    expect(slices.every(({ text }) => text.startsWith('€'))).toBe(true);
    expect((await texts('Key metrics')).map(({ title }) => title))
      .toEqual(['Orders today', 'Revenue today', 'Revenue, 90 days']);
    const [[before], [present]] = (await shown('Recent revenue')) as number[][];
    const [week, month] = await texts('Recent revenue');
    expect([week.title, month.title]).toEqual(['Revenue, 7 days', 'Revenue, 30 days']);
    expect(week.change).toBeCloseTo((present - before) / before * 100);
    const { title, fieldConfig } = panelsOf().at(-1)!;
    expect(cells(await frame(title), fieldConfig)[2].every(text => / ago$|^in /.test(text))).toBe(true);
  });
});

function statusOf(stock: number): string {
  if (stock < 10) return 'Critical';
  return stock < 50 ? 'Low' : 'Good';
}
