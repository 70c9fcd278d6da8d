import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ALL_CHECKS } from '../checks/all-checks';
import type { CheckContext } from '../checks/check';
import { ExpressionReader } from '../checks/expression-reader';
import { PipelineDefinitionError, type Problem } from '../checks/problem';
import { sourceFacts } from '../checks/source-facts';
import { tableColumns } from '../checks/table-columns';
import { checkTokens } from '../checks/tokens';
import { defaultDashboard } from '../dashboards/default-dashboard';
import { loadExpressionParser } from '../expression/parser';
import { declarePipeline, type DeclaredProps } from './declare-pipeline';
import { definitionShapeProblems } from './definition-shape';
import { shortUid } from './grafana-uid';
import { inWords } from './in-words';
import type { Named, PipelineSpec } from './pipeline-spec';
import { renderSpec } from './render-spec';
import { mapValues } from './silver-columns';

export interface CompiledPipeline {
  readonly spec: PipelineSpec;
  /** The DynamoDB table behind each Silver table. */
  readonly sources: Named<dynamodb.ITable>;
}

/**
 * Compiles what a user declares. Throws PipelineDefinitionError with every problem there is.
 *
 * @param scope the pipeline, for messages.
 * @param name the pipeline's own, for a dashboard that nobody has declared.
 * @param settings looks at what else there is among the props, once everything is of the right kind; reported together with the rest.
 */
export function compilePipeline(
  scope: Construct, definition: DeclaredProps, name = 'pipeline', settings: () => readonly Problem[] = () => [],
): CompiledPipeline {
  const refuse = (problems: readonly Problem[]): void => {
    if (problems.length > 0) throw new PipelineDefinitionError(scope.node.path, problems);
  };
  // Nothing else can be said of what is of another kind, nor of a value that is not known.
  refuse(definitionShapeProblems(definition));
  const declaration = declarePipeline(definition);
  const sources = mapValues(definition.tables, table => table._sourceTable());
  const others = settings();
  const tokens = checkTokens(declaration);
  if (tokens.length > 0) refuse([...tokens, ...others]);
  const context: CheckContext = {
    declaration,
    sources: mapValues(sources, sourceFacts),
    columns: tableColumns(declaration),
    expressions: new ExpressionReader(loadExpressionParser),
  };
  refuse([...ALL_CHECKS.flatMap(check => check(context)), ...others]);
  const title = definition.name === undefined ? scope.node.path : inWords(definition.name);
  return { spec: renderSpec(definition.dashboards ? context : withDefaultDashboard(context, name, title)), sources };
}

function withDefaultDashboard(context: CheckContext, name: string, title: string): CheckContext {
  const dashboard = defaultDashboard(context, title);
  if (!dashboard) return context;
  return { ...context, declaration: { ...context.declaration, dashboards: { [shortUid(name)]: dashboard } } };
}
