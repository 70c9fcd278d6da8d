/** Every alarm there is: constructs, docs/runbook.md and docs/monitoring.md follow this list. */
export interface AlarmSpec {
  /** What it means that the alarm goes off, in one plain sentence. */
  readonly sentence: string;
  /** It goes off at this value and above. Undefined: only if a user gives one. */
  readonly threshold?: number;
  readonly unit: 'hours' | 'failures' | 'starts' | 'records' | 'batches' | 'files' | 'messages' | 'changes' | 'minutes' | 'percent' | 'runs';
}

export const ALARMS = {
  'bronze-iterator-age-warning': {
    sentence: 'Bronze is a quarter of the stream\'s 24 hours behind: changes are late, and are lost when it falls behind by all of them.',
    threshold: 6,
    unit: 'hours',
  },
  'bronze-iterator-age-critical': {
    sentence: 'Bronze is three quarters of the stream\'s 24 hours behind: DynamoDB will soon forget changes that nobody has read.',
    threshold: 18,
    unit: 'hours',
  },
  'stream-paused': { sentence: 'A stream has not been read for hours because somebody has paused it; after 24 its changes are lost.', threshold: 4, unit: 'hours' },
  'bronze-failed': { sentence: 'Bronze has been failing for a quarter of an hour; Lambda keeps trying the same batches.', threshold: 1, unit: 'failures' },
  'failed-batches': { sentence: 'Batches of changes that Lambda has given up wait to be put through again.', threshold: 1, unit: 'batches' },
  'rejected-records': { sentence: 'Stream records could not be read and were set aside, so their changes are not in Silver.', threshold: 1, unit: 'records' },
  'sequence-anomalies': {
    sentence: 'An item\'s changes carry times that contradict their order in the stream; a backfill or repair of such items needs a second look.',
    threshold: 1,
    unit: 'changes',
  },
  'silver-failed': { sentence: 'A Silver run failed for at least one table, which keeps its former rows.', threshold: 1, unit: 'failures' },
  'silver-did-not-run': { sentence: 'Silver has not been started for three times its interval.', threshold: 1, unit: 'starts' },
  'gold-failed': { sentence: 'A Gold refresh failed for at least one table, which keeps its former rows.', threshold: 1, unit: 'failures' },
  'gold-did-not-run': { sentence: 'Gold has not been started for three times its interval.', threshold: 1, unit: 'starts' },
  'gold-unannounced': { sentence: 'Gold is fresh, but the event that tells of it could not be sent; the next run sends it.', threshold: 1, unit: 'runs' },
  'maintenance-failed': { sentence: 'Maintenance failed for at least one Iceberg table, which grows slower to read meanwhile.', threshold: 1, unit: 'failures' },
  'maintenance-did-not-run': { sentence: 'Maintenance has not been started for three times its interval.', threshold: 1, unit: 'starts' },
  'rebuild-failed': {
    sentence: 'Changes could not be encoded again under a changed definition; until they are, the rows stay as the former one made them.',
    threshold: 1,
    unit: 'failures',
  },
  'redrive-failed': { sentence: 'Putting failed batches and rejected records through Bronze again failed; they are where they were.', threshold: 1, unit: 'failures' },
  'backfill-failed': { sentence: 'Loading an export failed for at least one table, which may lack items.', threshold: 1, unit: 'failures' },
  'freshness-missed': { sentence: 'Changes have waited in Bronze for longer than the freshness target before Silver had them.', unit: 'minutes' },
  'poisoned-files': { sentence: 'Bronze files that Athena cannot read are left out, so their changes are not in Silver.', threshold: 1, unit: 'files' },
  'quarantine-rate': { sentence: 'An unusual share of the changed items breaks a quarantine rule and is held back.', unit: 'percent' },
  'schedule-dead-letters': { sentence: 'A schedule could not start its stage at all, for want of rights or of the function.', threshold: 1, unit: 'messages' },
} as const satisfies { readonly [alarm: string]: AlarmSpec };

export type AlarmName = keyof typeof ALARMS;

export const ALARM_NAMES = Object.keys(ALARMS) as readonly AlarmName[];

const RUNBOOK = 'https://github.com/cdk-medallion-analytics/cdk-medallion-analytics/blob/main/docs/runbook.md';

/** Where it says what to do; a section of the runbook is called as its alarm. */
export function runbookSection(alarm: AlarmName): string {
  return `${RUNBOOK}#${alarm}`;
}
