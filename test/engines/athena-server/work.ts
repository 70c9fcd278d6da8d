import { setTimeout } from 'node:timers/promises';
import { trinoTable, type NamedTable } from './sql/names';
import type { Work } from './sql/statement';
import { runOnTrino, TrinoError, type TrinoOptions, type TrinoResult } from './trino';

/** Athena's AwsDataCatalog; its Hive tables are reached through it too. */
const CATALOG = 'awsdatacatalog';
/** What the keys mean when a table does not set them. */
const DEFAULTS = { maxAge: 432_000, keep: 1 };
/** Athena rewrites files below three quarters of its target of 512 MB. */
const SMALL_FILE = '384MB';
/** Seconds until a node that has just been started again must take work. */
const NODE_PATIENCE = 30;

/** Carries out what a statement asks for; the last result is the statement's. */
export async function carryOut(work: Work, url: string, database: string | undefined, stopped: AbortSignal): Promise<TrinoResult> {
  const run = (sql: string): Promise<TrinoResult> => onSomeNode(() => runOnTrino(trino, database, sql, stopped));
  const trino: TrinoOptions = { url, catalog: CATALOG };
  switch (work.kind) {
    case 'run': return inOrder(work.sql, run);
    case 'optimize': return run(`ALTER TABLE ${trinoTable(work.table)} EXECUTE optimize(file_size_threshold => '${SMALL_FILE}') ${work.where}`);
    case 'vacuum': return vacuum(work.table, run);
  }
}

/** Snapshots and unreferenced files that are older than the table's own properties say. */
async function vacuum(table: NamedTable, run: (sql: string) => Promise<TrinoResult>): Promise<TrinoResult> {
  const properties = await run(`SELECT key, value FROM ${trinoTable({ ...table, table: `${table.table}$properties` })}`);
  const property = (key: string): string | undefined => properties.rows.find(([name]) => name === key)?.[1] as string | undefined;
  const seconds = Number(property('vacuum_max_snapshot_age_seconds') ?? DEFAULTS.maxAge);
  const keep = Number(property('vacuum_min_snapshots_to_keep') ?? DEFAULTS.keep);
  const snapshots = await run(`SELECT count(*) FROM ${trinoTable({ ...table, table: `${table.table}$snapshots` })}`);
  // Trino keeps none but the current one; where more must stay, none is expired that Athena might have kept.
  const expire = Number(snapshots.rows[0][0]) > keep ? [`expire_snapshots(retention_threshold => '${seconds}s')`] : [];
  return inOrder([...expire, `remove_orphan_files(retention_threshold => '${seconds}s')`]
    .map(procedure => `ALTER TABLE ${trinoTable(table)} EXECUTE ${procedure}`), run);
}

/** Athena always has a node. A single one that has just come back may be away once more for a moment; nothing has run then. */
async function onSomeNode(run: () => Promise<TrinoResult>): Promise<TrinoResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const hasNode = !(error instanceof TrinoError) || error.errorName !== 'NO_NODES_AVAILABLE';
      if (hasNode || attempt === NODE_PATIENCE) throw error;
      await setTimeout(1000);
    }
  }
}

async function inOrder(statements: readonly string[], run: (sql: string) => Promise<TrinoResult>): Promise<TrinoResult> {
  let result: TrinoResult = { columns: [], rows: [], updateCount: undefined, bytesScanned: 0 };
  for (const sql of statements) result = await run(sql);
  return result;
}
