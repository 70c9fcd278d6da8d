import { reachSeconds, type RetentionSpec } from '../spec/retention';
import type { Check } from './check';
import type { Problem } from './problem';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** What could be put through again must not outlive the memory of what has overtaken it, nor that memory the changes it points at. */
export const checkRetention: Check = ({ declaration: { retention } }) => [
  ...wholeDays(retention),
  ...retention.snapshotSeconds < HOUR ? [{
    path: 'maintenance.snapshotRetention', what: 'queries that run would lose their snapshot', value: text(retention.snapshotSeconds), fix: 'keep snapshots for an hour at least',
  }] : [],
  ...retention.absentSeconds < reachSeconds(retention) ? [{
    path: 'maintenance.absentRetention',
    what: 'a change that is put through again could bring back a row that has been deleted since',
    value: text(retention.absentSeconds),
    fix: `use ${text(reachSeconds(retention))} at least, a day longer than failures, rejected records and the reach of an export, or keep those for less time`,
  }] : [],
  ...retention.bronzeSeconds !== undefined && retention.bronzeSeconds <= retention.absentSeconds ? [{
    path: 'maintenance.bronzeRetention',
    what: 'keys that left a table would point at changes that are gone',
    value: text(retention.bronzeSeconds),
    fix: `use more than absentRetention, ${text(retention.absentSeconds)}, or keep Bronze for ever`,
  }] : [],
];

/** S3 counts the life of objects in days. */
function wholeDays(retention: RetentionSpec): Problem[] {
  return (['failure', 'rejected', 'bronze'] as const).flatMap(name => {
    const seconds = retention[`${name}Seconds`];
    if (seconds === undefined || (seconds >= DAY && seconds % DAY === 0)) return [];
    return [{ path: `maintenance.${name}Retention`, what: 'S3 keeps objects for whole days', value: text(seconds), fix: 'use Duration.days(n)' }];
  });
}

function text(seconds: number): string {
  return seconds % DAY === 0 ? `${seconds / DAY} days` : `${seconds / HOUR} hours`;
}
