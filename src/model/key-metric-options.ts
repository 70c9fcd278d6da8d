import type { KeyMetricOptions } from './key-metric';
import { WHERE } from './measure-options';
import { oneOf, optional, struct } from './shape';

const USAGE = '{ withPreviousPeriod: true }';

export const KEY_METRIC_OPTIONS = optional(struct<KeyMetricOptions>({
  where: WHERE,
  withPreviousPeriod: optional(oneOf([true, false], 'withPreviousPeriod must be true or false', USAGE)),
}, USAGE));
