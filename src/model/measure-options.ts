import type { MeasureOptions } from './measure';
import { optional, struct, text } from './shape';

const USAGE = "{ where: \"status = 'PAID'\" }";

/** What measures and metrics alike take. */
export const MEASURE_OPTIONS = optional(struct<MeasureOptions>({ where: optional(text('the predicate', USAGE)) }, USAGE));
