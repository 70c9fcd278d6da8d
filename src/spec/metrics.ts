/** The metrics that functions send and that alarms, dashboards and users read: both sides take names and units from here. */

export const METRICS_NAMESPACE = 'MedallionAnalytics';

/** Every metric has the first; the second comes with it where a pipeline is asked for metrics of each table. */
export const METRIC_DIMENSIONS = { pipeline: 'Pipeline', table: 'Table' } as const;

export interface MetricSpec {
  readonly name: string;
  readonly unit: 'Count' | 'Bytes' | 'Seconds';
  /** How values of several tables, and of several invocations, go together. */
  readonly statistic: 'Sum' | 'Maximum';
  /** A metric costs only for the hours in which it is sent, so what counts incidents is left out while there are none. */
  readonly sent: 'always' | 'unless-zero';
  /** One sentence, for people. */
  readonly meaning: string;
}

export const METRICS = {
  changesIngested: counter('ChangesIngested', 'Changes of source tables that Bronze wrote down.'),
  bronzeFilesWritten: counter('BronzeFilesWritten', 'Parquet files that Bronze wrote.'),
  recordsRejected: counter('RecordsRejected', 'Stream records and lines of exports that could not be read and were set aside under rejected/.'),
  conversionErrors: counter('ConversionErrors', 'Values that did not convert to their column\'s type and are NULL.'),
  sequenceAnomalies: counter('SequenceAnomalies', 'Changes whose time lies before that of an earlier change of the same item in the batch.'),
  freshness: {
    name: 'Freshness',
    unit: 'Seconds',
    statistic: 'Maximum',
    sent: 'always',
    meaning: 'How long the oldest Bronze file that was new to a Silver run had waited when the run ended; 0 if nothing was new.',
  },
  itemsMerged: counter('ItemsMerged', 'Items whose latest change a Silver run took.'),
  bronzeFilesRead: counter('BronzeFilesRead', 'Bronze files that Silver runs took.'),
  itemsQuarantined: counter('ItemsQuarantined', 'Changed items that a quarantine rule holds back, counted for each rule that they break.'),
  itemsDropped: counter('ItemsDropped', 'Changed items that a drop rule keeps out, counted for each rule that they break.'),
  expectationWarnings: counter('ExpectationWarnings', 'Changed items that break a rule which only warns.'),
  unmatchedLookups: counter('UnmatchedLookups', 'Changed items that point at a row of a joined table which is not there.'),
  poisonedFiles: gauge('PoisonedFiles', 'Bronze files that cannot be read and are left out until they are repaired.'),
  hoursPaused: gauge('HoursPaused', 'How many hours the table that is paused longest has not been read; after 24 its stream forgets changes.'),
  failedBatches: gauge('FailedBatches', 'Batches of changes that Lambda has given up and that wait to be put through again, up to 1000.'),
  tablesRefreshed: counter('TablesRefreshed', 'Gold tables that were refreshed.'),
  announcementsFailed: counter('AnnouncementsFailed', 'Runs of Gold that could not tell EventBridge of every refresh; the next run tells it.'),
  filesHealed: counter('FilesHealed', 'Bronze files that no Silver run had taken when the daily sweep found them; the next run takes them.'),
  changesRedriven: counter('ChangesRedriven', 'Changes that a redrive has put through Bronze again.'),
  setAsideFilesLeft: gauge('SetAsideFilesLeft', 'Files that a redrive left where they are, because they are too old, unreadable, of no table, or failed.'),
  changesReencoded: counter('ChangesReencoded', 'Changes that a rebuild or a replay has encoded again.'),
  changesNotReencoded: counter('ChangesNotReencoded', 'Files and single changes that a rebuild or a replay could not encode again.'),
  backfillRowsLoaded: counter('BackfillRowsLoaded', 'Rows of exports that a backfill has written to Bronze.'),
  itemsSettled: counter('ItemsSettled', 'Items that a backfill has read from their table, since the clocks left their order open.'),
  backfillRowsRemoved: counter('BackfillRowsRemoved', 'Rows that a repair has written to Bronze as deleted.'),
  upkeepStatements: counter('UpkeepStatements', 'Statements by which Maintenance compacted, vacuumed and pruned tables.'),
  rowsPruned: counter('RowsPruned', 'Rows of bookkeeping tables that nothing needs any more and Maintenance deleted.'),
  objectsPruned: counter('ObjectsPruned', 'Run manifests and former catalog entries that Maintenance deleted.'),
  bytesScanned: { ...counter('BytesScanned', 'Bytes that Athena read for the pipeline\'s own statements; they are what Athena charges for.'), unit: 'Bytes' },
  tablesFailed: counter('TablesFailed', 'Tables whose part of a stage failed.'),
  tablesParked: counter('TablesParked', 'Tables that a stage left to its next start because time ran out.'),
  startsWhileBusy: counter('StartsWhileBusy', 'Starts of a stage that ended at once because another one was at work.'),
  tablesCreated: counter('TablesCreated', 'Iceberg tables that a deploy created or extended.'),
} as const satisfies { readonly [metric: string]: MetricSpec };

export type MetricKey = keyof typeof METRICS;

/** Values of one stage's invocation, for a table or for all of them. */
export type Measurements = { readonly [metric in MetricKey]?: number };

function counter<Name extends string>(name: Name, meaning: string) {
  return { name, unit: 'Count', statistic: 'Sum', sent: 'unless-zero', meaning } as const;
}

function gauge<Name extends string>(name: Name, meaning: string) {
  return { ...counter(name, meaning), statistic: 'Maximum' } as const;
}
