import type { PipelineDefinition } from '../model/pipeline-definition';
import type { PipelineDeclaration } from './pipeline-declaration';
import { mapValues } from './silver-columns';

/** What the props say, as data. */
export function declarePipeline(definition: PipelineDefinition): PipelineDeclaration {
  return {
    timeZone: definition.timeZone?.timezoneName ?? 'Etc/UTC',
    tables: mapValues(definition.tables, (table, name) => table._render(name)),
    gold: mapValues(definition.gold ?? {}, table => table._render()),
    dashboards: mapValues(definition.dashboards ?? {}, dashboard => dashboard._render()),
  };
}
