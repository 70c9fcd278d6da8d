import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { Clock, TimeLeft } from './clock';
import type { ObjectStore } from './object-store';
import type { QueryEngine } from './query-engine';

/** What every stage that runs SQL under the journal is given. */
export interface StageDependencies {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  /** Tells this pipeline's statements from every other's. */
  readonly pipeline: string;
}
