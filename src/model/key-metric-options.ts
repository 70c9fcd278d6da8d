import type { KeyMetricOptions } from './key-metric';
import { optional, struct, text, yesOrNo } from './shape';

const USAGE = '{ withPreviousPeriod: true }';

export const KEY_METRIC_OPTIONS = optional(struct<KeyMetricOptions>({
  where: optional(text('the predicate', "{ where: \"status = 'PAID'\" }")), withPreviousPeriod: optional(yesOrNo('withPreviousPeriod', USAGE)),
}, USAGE));
