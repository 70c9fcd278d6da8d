import type { Named } from '../../src/spec/pipeline-spec';

/** What a pipeline is to carry. */
export interface Workload {
  readonly tables: Named<TableWorkload>;
  /** Hours a day in which somebody has a dashboard open. */
  readonly dashboardHours: number;
}

export interface TableWorkload {
  readonly changesPerDay: number;
  readonly items: number;
  /** Of one item, as DynamoDB counts them. */
  readonly itemBytes: number;
}

/** What the template of a pipeline says about its parts. */
export interface DeployedParts {
  /** Metrics that alarms watch; each is billed as an alarm. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
  readonly keys: number;
  readonly silverRunsPerDay: number;
  readonly goldRunsPerDay: number;
}

/** The article's shop: nearly all changes are orders. */
export function orderWorkload(names: readonly string[], fact: string, ordersPerDay: number): Workload {
  const table = (name: string): TableWorkload => name === fact
    ? { changesPerDay: ordersPerDay, items: 365 * ordersPerDay, itemBytes: 1024 }
    : { changesPerDay: ordersPerDay / 50, items: 10 * ordersPerDay, itemBytes: 512 };
  return { tables: Object.fromEntries(names.map(name => [name, table(name)])), dashboardHours: 8 };
}

/** A pipeline that is deployed, and nobody uses. */
export function idleWorkload(names: readonly string[]): Workload {
  return { tables: Object.fromEntries(names.map(name => [name, { changesPerDay: 0, items: 1000, itemBytes: 1024 }])), dashboardHours: 0 };
}
