import type { Handler } from './handler-assets';

/** What a function may be given. */
export interface FunctionLimits {
  /** In MiB. */
  readonly leastMemory: number;
  /** In seconds. */
  readonly shortestTimeout: number;
}

/** Lambda's own. The journal relies on the second: who has been silent for longer is dead. */
export const MOST_MEMORY = 10_240;
export const LONGEST_TIMEOUT = 15 * 60;

/**
 * With less, a stage would never get anywhere: it begins nothing that it may not end, and hands the rest on with a minute or two
 * left. Those that write rows hold a batch of 6 MB and the Parquet library.
 */
export const FUNCTION_LIMITS: { readonly [handler in Handler]: FunctionLimits } = {
  bronze: { leastMemory: 512, shortestTimeout: 60 },
  redrive: { leastMemory: 512, shortestTimeout: 180 },
  rebuild: { leastMemory: 512, shortestTimeout: 180 },
  backfill: { leastMemory: 512, shortestTimeout: 180 },
  silver: { leastMemory: 128, shortestTimeout: 300 },
  gold: { leastMemory: 128, shortestTimeout: 180 },
  maintenance: { leastMemory: 128, shortestTimeout: 300 },
  schema: { leastMemory: 128, shortestTimeout: 180 },
};
