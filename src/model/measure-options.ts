import type { MeasureOptions } from './measure';
import { optional, struct, text } from './shape';

const USAGE = "{ where: \"status = 'PAID'\" }";

/** What measures and metrics alike take. */
export const WHERE = optional(text('the predicate', USAGE));

export const MEASURE_OPTIONS = optional(struct<MeasureOptions>({ where: WHERE }, USAGE));
