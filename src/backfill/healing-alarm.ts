import type { AlarmName } from '../monitoring/alarm-catalogue';

/** The pipeline's own alarm that starts a heal, if it is asked to. */
export const HEALING_ALARM = 'bronze-iterator-age-critical' satisfies AlarmName;
