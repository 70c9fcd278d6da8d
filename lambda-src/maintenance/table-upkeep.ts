import type { MaintenanceRecord } from '../journal/control-state';
import { QueryFailedError, type TableDescription } from '../ports/query-engine';
import { MERGE_LIMITS } from '../silver/merge-plan';
import type { SilverTable } from '../silver/silver-table';
import { partitionsOf, recentProbe } from '../silver/statements/probes';
import type { Statement, TableName } from '../sql/nodes';
import type { SlotWork } from './slot-work';
import { optimizePartition, optimizeTable } from './statements/optimize';

export interface UpkeepOptions {
  /** How long snapshots are kept, in seconds. */
  readonly snapshotSeconds: number;
  /** Size of a partitioned table, in bytes, above which OPTIMIZE goes over changed partitions only. */
  readonly wholeUpTo?: number;
}

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** So often OPTIMIZE goes over all of a large table: rows that only left a partition are not seen to have changed it. */
const WHOLE_EVERY = 7 * DAY;

/** More changed partitions than this are dealt with in one statement. */
const MOST_PARTITIONS = 50;

/** The clocks of the functions that write rows and of this one differ. */
const CLOCK_MARGIN = HOUR;

/** A catalog's entries that are kept for a look back. */
const VERSIONS_KEPT = 100;

/**
 * Keeps one Iceberg table in shape: compacts what has changed since the last time, then lets go of old snapshots. A table that
 * has not changed costs nothing, but for one VACUUM when the snapshots of its last change come of age.
 */
export async function maintainTable(work: SlotWork, table: TableName, options: UpkeepOptions, silver?: SilverTable): Promise<void> {
  const { clock } = work.dependencies;
  const found = await work.describe(table);
  if (found.version === undefined) return;
  let record = work.recordOf(table, found);
  if (record.version !== found.version) {
    record = await compact(work, table, found, record, options, silver);
    await work.record(table, record);
  }
  if (!vacuumIsDue(record, clock.now(), options.snapshotSeconds * 1000)) return;
  const ended = await work.executeRounds({ kind: 'vacuum', table, purpose: `expire old snapshots of ${table.name}` }, 0);
  if (ended === 'finished') await work.record(table, { ...record, vacuumedAt: clock.now().toISOString() });
  await pruneVersions(work, table);
  if (ended === 'unfinished' || record.version === undefined) work.park();
}

/** After every change, and once more when what that change replaced may go. */
export function vacuumIsDue({ changedAt, vacuumedAt }: MaintenanceRecord, now: Date, retention: number): boolean {
  if (changedAt === undefined) return false;
  if (vacuumedAt === undefined || vacuumedAt < changedAt) return true;
  const expiry = Date.parse(changedAt) + retention;
  return now.getTime() >= expiry && Date.parse(vacuumedAt) < expiry;
}

/** VACUUM gets its turn however much there is to compact: what OPTIMIZE does not finish in half of the time waits for another day. */
async function compact(
  work: SlotWork, table: TableName, found: TableDescription, record: MaintenanceRecord, options: UpkeepOptions, silver?: SilverTable,
): Promise<MaintenanceRecord> {
  const { clock, timeLeft } = work.dependencies;
  const started = clock.now();
  const leave = timeLeft() / 2;
  const partitions = silver && await changedPartitions(work, silver, found, record, options, started);
  const byPartition = partitions && await optimizeEach(work, partitions, leave);
  const ended = byPartition === undefined || byPartition === 'refused' ? await work.executeRounds(optimizeTable(table), leave) : byPartition;
  const changedAt = clock.now().toISOString();
  if (ended === 'unfinished') return { ...record, version: undefined, changedAt };
  const optimizedAt = started.toISOString();
  const { version } = await work.describe(table);
  return { ...record, version, optimizedAt, wholeAt: ended === byPartition ? record.wholeAt : optimizedAt, changedAt };
}

/**
 * Where a partition is a range of its column's values, only Trino says that OPTIMIZE takes that range for a partition. An engine
 * that does not is asked for the whole table instead.
 */
async function optimizeEach(
  work: SlotWork, statements: readonly Statement[], leave: number,
): Promise<'finished' | 'unfinished' | 'refused'> {
  for (const statement of statements) {
    if (work.dependencies.timeLeft() < leave) return 'unfinished';
    try {
      if (await work.executeRounds(statement, leave) === 'unfinished') return 'unfinished';
    } catch (error) {
      if (error instanceof QueryFailedError && error.failure.kind === 'statement') return 'refused';
      throw error;
    }
  }
  return 'finished';
}

/** A statement for each; undefined if one statement is to go over all partitions. */
async function changedPartitions(
  work: SlotWork,
  silver: SilverTable,
  found: TableDescription,
  { optimizedAt, wholeAt }: MaintenanceRecord,
  options: UpkeepOptions,
  now: Date,
): Promise<Statement[] | undefined> {
  const isSmall = found.totalBytes <= (options.wholeUpTo ?? MERGE_LIMITS.pruneAbove);
  if (silver.partitions.length === 0 || isSmall || optimizedAt === undefined) return undefined;
  if (wholeAt === undefined || now.getTime() - Date.parse(wholeAt) >= WHOLE_EVERY) return undefined;
  const since = new Date(Date.parse(optimizedAt) - CLOCK_MARGIN);
  const changed = partitionsOf(silver, await work.query(recentProbe(silver, since)));
  return changed.length > MOST_PARTITIONS ? undefined : changed.map(partition => optimizePartition(silver, partition));
}

async function pruneVersions(work: SlotWork, table: TableName): Promise<void> {
  const { tableVersions } = work.dependencies;
  const old = (await tableVersions.list(table)).slice(VERSIONS_KEPT);
  if (old.length > 0) await tableVersions.delete(table, old);
  work.count('tableVersionsPruned', old.length);
}
