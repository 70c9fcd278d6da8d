import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { DeployedPipeline } from '../../src/spec/deployed-pipeline';
import { CLIENT_SETTINGS } from '../aws/client-settings';
import { EventSourceMappings } from '../aws/event-source-mappings';
import { Schedules } from '../aws/schedules';
import type { PauseDependencies, PauseTargets } from '../operations/pause';
import type { Connection } from './connection';

/** What `pause`, `resume` and `status` reach the pipeline's switches with. */
export function pauseDependencies({ store, clock, lambda }: Pick<Connection, 'store' | 'clock' | 'lambda'>): PauseDependencies {
  return {
    store,
    clock,
    mappings: new EventSourceMappings(lambda),
    schedules: new Schedules(new SchedulerClient(CLIENT_SETTINGS)),
  };
}

/** The switches of some tables and stages. */
export function pauseTargets(
  deployed: DeployedPipeline, tables = Object.keys(deployed.tables), stages = Object.keys(deployed.schedules),
): PauseTargets {
  return {
    tables: Object.fromEntries(tables.map(table => [table, deployed.tables[table].eventSourceMapping])),
    schedules: Object.fromEntries(stages.map(stage => [stage, deployed.schedules[stage]])),
  };
}
