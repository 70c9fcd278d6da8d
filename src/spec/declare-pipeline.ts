import { declareRetention } from '../maintenance/declare-retention';
import type { MaintenanceOptions } from '../maintenance/maintenance-options';
import type { PipelineDefinition } from '../model/pipeline-definition';
import type { PipelineDeclaration } from './pipeline-declaration';
import { mapValues } from './silver-columns';

/** A definition, and of how the pipeline runs what the definition is checked against. */
export interface DeclaredProps extends PipelineDefinition {
  readonly name?: string;
  readonly maintenance?: MaintenanceOptions;
}

/** What the props say, as data. */
export function declarePipeline(definition: DeclaredProps): PipelineDeclaration {
  return {
    timeZone: definition.timeZone?.timezoneName ?? 'Etc/UTC',
    retention: declareRetention(definition.maintenance),
    tables: mapValues(definition.tables, (table, name) => table._render(name)),
    gold: mapValues(definition.gold ?? {}, table => table._render()),
    dashboards: mapValues(definition.dashboards ?? {}, dashboard => dashboard._render()),
  };
}
