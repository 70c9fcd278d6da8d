import type { Measurements } from '../../src/spec/metrics';
import type { Named } from '../../src/spec/pipeline-spec';

/** What one invocation of a stage measured. */
export interface StageMeasurements {
  /** What belongs to no table. */
  readonly stage?: Measurements;
  /** By table: `silver.orders`. */
  readonly tables: Named<Measurements>;
}
