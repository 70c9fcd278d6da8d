import type { BackfillOptions } from '../backfill/backfill-options';
import { HEALING_ALARM } from '../backfill/healing-alarm';
import type { MonitoringOptions } from '../monitoring/monitoring-options';
import type { Problem } from './problem';

/** Gaps cannot be healed on an alarm that is off. */
export function healingProblems({ healOnIteratorAge }: BackfillOptions, { alarms }: MonitoringOptions): Problem[] {
  const setting = alarms?.[HEALING_ALARM];
  if (!healOnIteratorAge || !setting || setting._threshold() !== undefined) return [];
  return [{
    path: 'backfill.healOnIteratorAge',
    what: `it needs the alarm ${HEALING_ALARM}, which monitoring.alarms turns off`,
    fix: 'leave one of the two out, or give healOn an alarm of yours',
  }];
}
