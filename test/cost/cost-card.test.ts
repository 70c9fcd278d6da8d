import * as fc from 'fast-check';
import { largeUnpartitioned } from '../../lambda-src/cost/assumptions';
import { costCard } from '../../lambda-src/cost/cost-card';
import { PRICES } from '../../lambda-src/cost/prices';
import { idleWorkload, orderWorkload, type DeployedParts } from '../../lambda-src/cost/workload';
import { everyTypeShop } from '../sql/every-type-shop';

const spec = everyTypeShop();
const names = Object.keys(spec.tables);
const parts: DeployedParts = { alarmMetrics: 10, dashboards: 1, keys: 0, silverRunsPerDay: 48, goldRunsPerDay: 24 };

const dollars = (ordersPerDay: number) => costCard(spec, orderWorkload(names, 'orders_enriched', ordersPerDay), parts);

test('an idle pipeline issues no query: it costs what its alarms and metrics cost, and cents', () => {
  const { lines, total } = costCard(spec, idleWorkload(names), parts);
  const alarms = parts.alarmMetrics * PRICES.alarmMonth + parts.dashboards * PRICES.dashboardMonth;
  expect(lines.filter(({ service }) => service === 'Athena').map(line => line.dollars)).toEqual([0, 0]);
  expect(total - alarms).toBeLessThan(1);
});

test('cost follows change', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (one, other) => {
    const [less, more] = [one, other].sort((left, right) => left - right);
    expect(dollars(less).total).toBeLessThanOrEqual(dollars(more).total);
  }), { numRuns: 50 });
});

test('a quiet table pays for its changes, not for the schedule', () => {
  const [statements] = dollars(1).lines;
  expect(statements.dollars).toBeLessThan(dollars(10_000).lines[0].dollars / 10);
});

test('the total is the sum of its lines', () => {
  const { lines, total } = dollars(1000);
  expect(total).toBeCloseTo(lines.reduce((sum, line) => sum + line.dollars, 0), 10);
});

test('a table is large without partitions when its files are more than a merge reads whole', () => {
  const sized = (items: number) => {
    return { dashboardHours: 0, tables: Object.fromEntries(names.map(name => [name, { changesPerDay: 1, items, itemBytes: 1024 }])) };
  };
  const unpartitioned = names.filter(name => spec.tables[name].partitionBy.length === 0);
  expect(unpartitioned.length).toBeGreaterThan(0);
  expect(largeUnpartitioned(spec, [sized(1000), sized(4 * 1024 ** 2)])).toEqual([]);
  expect(largeUnpartitioned(spec, [sized(1000), sized(4 * 1024 ** 2 + 1)])).toEqual(unpartitioned);
  const partitioned = { tables: Object.fromEntries(names.map(name => [name, { ...spec.tables[name], partitionBy: [{ kind: 'day' as const, column: 'x' }] }])) };
  expect(largeUnpartitioned(partitioned as unknown as typeof spec, [sized(1e9)])).toEqual([]);
});
