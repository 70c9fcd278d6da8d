import type { GoldTableSpec, PipelineSpec } from '../../src/spec/pipeline-spec';
import { plannedStatements } from '../operations/planned-statements';
import { MERGE_LIMITS } from '../silver/merge-plan';
import type { DeployedParts, TableWorkload, Workload } from './workload';

/** What Athena is given in a month, and reads for it. */
export interface QueryLoad {
  readonly statements: number;
  readonly bytes: number;
  readonly panelQueries: number;
  readonly panelBytes: number;
}

const DAYS = 30;
/** What Athena charges for a query at least. */
const LEAST_BYTES = 10 * 1024 ** 2;
/** Parquet of a Silver row against the item. */
const SILVER_SHARE = 0.25;
/** Columns that a Gold table reads of a Silver row. */
const GOLD_COLUMNS_SHARE = 0.3;
/** Of a partitioned table above the pruning threshold, what a run's changes touch. */
const PRUNED_SHARE = 0.1;
/** Grafana asks again only when the answer that Athena keeps is older; the dashboards that the library writes say so. */
const REUSE_MINUTES = 5;

export function queriesOf(spec: PipelineSpec, workload: Workload, parts: DeployedParts): QueryLoad {
  const silver = Object.keys(spec.tables).map(name => silverLoad(spec, name, workload, parts));
  const gold = Object.values(spec.gold).map(definition => goldLoad(definition, workload, parts));
  const all = [...silver, ...gold];
  const panels = Object.values(spec.dashboards).reduce((total, { panels: shown, refreshSeconds }) =>
    total + shown.length * 60 / Math.max(refreshSeconds / 60, REUSE_MINUTES), 0);
  const panelQueries = panels * workload.dashboardHours * DAYS;
  return {
    statements: all.reduce((total, { statements }) => total + statements, 0),
    bytes: all.reduce((total, { bytes }) => total + bytes, 0),
    panelQueries,
    panelBytes: panelQueries * LEAST_BYTES,
  };
}

interface TableLoad {
  readonly statements: number;
  readonly bytes: number;
}

function silverLoad(spec: PipelineSpec, name: string, { tables }: Workload, { silverRunsPerDay }: DeployedParts): TableLoad {
  const runs = runsWithChanges(tables[name], silverRunsPerDay) * DAYS;
  if (runs === 0) return { statements: 0, bytes: 0 };
  const changed = tables[name].changesPerDay * DAYS / runs * tables[name].itemBytes;
  const planned = plannedStatements(spec, new Date(0)).filter(({ stage, table }) => stage === 'silver' && table === name).length;
  return { statements: runs * planned, bytes: runs * planned * Math.max(LEAST_BYTES, changed + touchedBytes(spec, name, tables[name])) };
}

function goldLoad({ silverTable, refresh }: GoldTableSpec, { tables }: Workload, { silverRunsPerDay }: DeployedParts): TableLoad {
  const runs = runsWithChanges(tables[silverTable], silverRunsPerDay) * DAYS;
  const read = silverBytes(tables[silverTable]) * (refresh.kind === 'full' ? 1 : GOLD_COLUMNS_SHARE);
  return { statements: runs, bytes: runs * Math.max(LEAST_BYTES, read) };
}

/** Of a Silver table's files. */
export function silverBytes({ items, itemBytes }: TableWorkload): number {
  return items * itemBytes * SILVER_SHARE;
}

/** What one statement reads of the table itself: all of it, or above the threshold the partitions that hold changed rows. */
function touchedBytes(spec: PipelineSpec, name: string, workload: TableWorkload): number {
  const size = silverBytes(workload);
  return size > MERGE_LIMITS.pruneAbove && spec.tables[name].partitionBy.length > 0 ? size * PRUNED_SHARE : size;
}

/** Changes come at random: some runs of a quiet table find none, and issue no statement. */
function runsWithChanges({ changesPerDay }: TableWorkload, runsPerDay: number): number {
  return runsPerDay * (1 - Math.exp(-changesPerDay / runsPerDay));
}
