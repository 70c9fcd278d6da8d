import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { lineageFiles } from '../../lambda-src/lineage/lineage-files';
import { lineageGraph } from '../../lambda-src/lineage/lineage-graph';
import { scheduleText } from '../../lambda-src/lineage/lineage-text';
import { textWidth, wrapText } from '../../lambda-src/lineage/wrap-text';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { temporaryFolder } from '../helpers/temporary-folder';
import { shopSpec } from '../local/shop-spec';

const SHOWN = path.join(__dirname, '..', '..', 'docs', 'example-lineage.svg');
const spec = shopSpec(path.join(temporaryFolder(), 'cdk.out'));

describe('the lineage of the shop', () => {
  const { layers, nodes, edges } = lineageGraph(spec);
  const node = (id: string) => nodes.find(candidate => candidate.id === id)!;

  test('goes from each source to each panel', () => {
    const into = (id: string): string[] => edges.filter(({ to }) => to === id).flatMap(({ from }) => [from, ...into(from)]);
    const panel = nodes.find(({ layer, title }) => layer === 'panel' && title === 'Revenue by region')!;
    expect(new Set(into(panel.id))).toEqual(new Set([
      'gold:daily_sales_by_region', 'silver:orders_enriched', 'silver:customers', 'bronze:orders_enriched', 'bronze:customers',
      'source:orders_enriched', 'source:customers',
    ]));
    expect(panel.details).toEqual(['pie: total_revenue by region']);
  });

  test('says when each layer is made', () => {
    expect(Object.fromEntries(layers.map(({ name, when }) => [name, when]))).toEqual({
      source: 'DynamoDB tables', bronze: 'as the streams tell', silver: 'every 30 minutes', gold: 'after Silver, and every hour', panel: 'refreshed every 5 minutes',
    });
  });

  test('names columns with their types, keys, joins and rules', () => {
    const { details, remarks } = node('silver:orders_enriched');
    expect(details).toEqual(expect.arrayContaining(['order_id varchar, key', 'total_amount decimal(12,2)', 'customer_region varchar, from customers.region']));
    expect(remarks).toEqual([
      'joins customers on customer_id', 'quarantine unless total_not_negative: total_amount >= 0', 'partitioned by month(order_date)',
    ]);
    expect(edges).toContainEqual({ from: 'silver:customers', to: 'silver:orders_enriched', kind: 'join', label: 'customer_id' });
    expect(node('gold:daily_sales_by_region').details).toEqual(expect.arrayContaining([
      'order_date = CAST(order_date AS date), group', 'total_revenue = sum(total_amount)', 'unique_customers = count(distinct customer_id)',
    ]));
    expect(node('gold:key_metrics').details).toContain('revenue_7d = sum(total_amount), last 7 days and the period before');
  });

  test('is drawn in docs/ as it is: UPDATE_GOLDEN=1 writes the picture anew', () => {
    const svg = lineageFiles(spec, 'ecommerce')['lineage.svg'];
    if (process.env.UPDATE_GOLDEN) writeFileSync(SHOWN, svg);
    expect(svg).toBe(readFileSync(SHOWN, 'utf8'));
  });

  test('fits its boxes, and names every table in the picture and in the flow chart', () => {
    const { 'lineage.svg': svg, 'lineage.md': markdown } = lineageFiles(spec, 'ecommerce');
    for (const name of [...Object.keys(spec.tables), ...Object.keys(spec.gold)]) expect([svg.includes(`>${name}<`), markdown.includes(`<b>${name}</b>`)]).toEqual([true, true]);
    for (const [, text] of svg.matchAll(/class="(?:detail|remark)">([^<]*)</g)) expect(textWidth(text.replace(/&#\d+;/g, '>'), 12)).toBeLessThanOrEqual(260);
    expect(markdown.match(/^ {2}n\d+ -->/gm)!.length).toBe(edges.filter(({ kind }) => kind === 'flow').length);
    expect(markdown).toContain('-. "customer_id" .->');
  });
});

test('what a user writes is text in the picture and in the flow chart, whatever it is', () => {
  const { customers } = spec.tables;
  const nasty = '"]; click n0 <script>alert(1)</script> & `x`';
  const odd: PipelineSpec = {
    ...spec,
    gold: {},
    dashboards: {},
    tables: { customers: { ...customers, columns: { ...customers.columns, name: { ...customers.columns.name, attribute: nasty } } } },
  };
  const { 'lineage.svg': svg, 'lineage.md': markdown } = lineageFiles(odd, 'shop');
  expect(svg).not.toContain('<script');
  expect(markdown.split('\n').filter(line => line.includes('click')).map(line => line.replace(/^ *n\d+\["[^"]*"\]$/, ''))).toEqual(['']);
  expect(markdown).not.toContain('<script');
});

test('schedules are said in words where they are rates', () => {
  expect(['rate(1 hour)', 'rate(30 minutes)', 'rate(2 days)', 'cron(0 3 * * ? *)'].map(scheduleText))
    .toEqual(['every hour', 'every 30 minutes', 'every 2 days', 'cron(0 3 * * ? *)']);
});

test('text is wrapped where it has spaces, and cut where it has none', () => {
  expect(wrapText('one two three', 60, 12)).toEqual(['one two', 'three']);
  expect(wrapText('x'.repeat(30), 100, 12).every(line => textWidth(line, 12) <= 100)).toBe(true);
  expect(wrapText('x'.repeat(30), 100, 12).join('')).toBe('x'.repeat(30));
  expect(wrapText('', 100, 12)).toEqual(['']);
});
