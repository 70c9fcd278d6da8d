/** Where things lie in the pipeline's bucket: constructs, handlers and the local runner ask here and nowhere else. */

export const BRONZE_PREFIX = 'bronze/';
export const REJECTED_PREFIX = 'rejected/';
/** Where Lambda itself puts batches that it gives up, as `<mapping>/<shard>/YYYY/MM/DD/<time>-<uuid>`; the place cannot be chosen. */
export const FAILED_BATCHES_PREFIX = 'aws/lambda/';
/** What has been put through Bronze again, under the key that it had before. */
export const DONE_PREFIX = 'done/';
export const RUNS_PREFIX = 'runs/';
export const JOURNAL_PREFIX = 'journal/';
/** What was submitted, word for word; a lifecycle rule removes it after a while. */
export const JOURNAL_REQUESTS_PREFIX = `${JOURNAL_PREFIX}requests/`;
export const RESULTS_PREFIX = 'athena-results/';
/** Where DynamoDB writes exports of the source tables; a lifecycle rule removes them after a while. */
export const EXPORTS_PREFIX = 'exports/';
/** How far each backfill has come, an object each. */
export const BACKFILLS_PREFIX = 'backfills/';

/** The journal: who may write, what is in flight, how far every table has come. */
export const CONTROL_KEY = `${JOURNAL_PREFIX}control.json`;

/** Who paused what, and since when; missing if nobody ever did. */
export const PAUSED_KEY = 'paused.json';

/** What the last deploy recorded: sources and definition epochs. */
export const DEPLOYMENT_KEY = 'deployment.json';

/** The spec of the last deploy that succeeded. */
export const SPEC_KEY = 'pipeline.json';

/** Tells by which key this lake hashes private values, without telling the key. */
export const HASH_KEY_MARK_KEY = 'hash-key.json';

/** How far tables have come with what a changed definition asks for. */
export const REBUILDS_PREFIX = 'rebuilds/';

/** `backfills/first-orders.json`. */
export function backfillKey(id: string): string {
  return `${BACKFILLS_PREFIX}${id}.json`;
}

/** `bronze/orders/`. */
export function bronzePrefix(bronzeName: string): string {
  return `${BRONZE_PREFIX}${bronzeName}/`;
}

/** `done/rejected/orders/…`: where a file that was set aside is filed. */
export function doneKey(key: string): string {
  return `${DONE_PREFIX}${key}`;
}

/** `dt=2026-01-31/hr=09/`: the hour, in UTC, in which a file was written. */
export function hourPrefix(time: Date): string {
  const text = time.toISOString();
  return `dt=${text.slice(0, 10)}/hr=${text.slice(11, 13)}/`;
}

/** `runs/orders/run=000000000012.0001/`: the Bronze files that one run reads. */
export function runPrefix(bronzeName: string, run: string): string {
  return `${RUNS_PREFIX}${bronzeName}/run=${run}/`;
}

/** `rebuilds/orders.json`. */
export function rebuildKey(silverTable: string): string {
  return `${REBUILDS_PREFIX}${silverTable}.json`;
}

/** `silver/orders/`: all that belongs to one Iceberg table. */
export function tablePrefix(layer: 'silver' | 'gold' | 'bookkeeping', name: string): string {
  return `${layer}/${name}/`;
}

/** Glue table over Bronze through run manifests. */
export function manifestTableName(bronzeName: string): string {
  return `${bronzeName}_runs`;
}

/** Bookkeeping table: keys that are not in Silver, and why. */
export function absentTableName(silverTable: string): string {
  return `absent_${silverTable}`;
}

/** Bookkeeping table: values that runs touched, for Gold. */
export function ledgerTableName(silverTable: string): string {
  return `ledger_${silverTable}`;
}

/** View in the Silver database: changes that a quarantine rule holds back. */
export function quarantineViewName(silverTable: string): string {
  return `${silverTable}_quarantine`;
}

/** A Glue database each. */
export const LAYERS = ['bronze', 'silver', 'gold', 'bookkeeping'] as const;
export type Layer = (typeof LAYERS)[number];

/** `shop_silver`. */
export function databaseName(pipeline: string, layer: Layer): string {
  return `${pipeline}_${layer}`;
}
