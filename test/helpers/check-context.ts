import type { Check, CheckContext } from '../../src/checks/check';
import { ExpressionReader } from '../../src/checks/expression-reader';
import { PipelineDefinitionError } from '../../src/checks/problem';
import { sourceFacts } from '../../src/checks/source-facts';
import { tableColumns } from '../../src/checks/table-columns';
import { loadExpressionParser } from '../../src/expression/parser';
import type { PipelineDefinition } from '../../src/model/pipeline-definition';
import { declarePipeline, type DeclaredProps } from '../../src/spec/declare-pipeline';
import { mapValues } from '../../src/spec/silver-columns';

/** A mistake and the nearest definition without it. */
export interface CheckCase {
  readonly mistake: string;
  readonly wrong: () => PipelineDefinition;
  readonly right: () => PipelineDefinition;
  /** Every line that the check reports. */
  readonly problems: readonly string[];
}

export function contextOf(definition: DeclaredProps): CheckContext {
  const declaration = declarePipeline(definition);
  return {
    declaration,
    sources: mapValues(definition.tables, table => sourceFacts(table._sourceTable())),
    columns: tableColumns(declaration),
    expressions: new ExpressionReader(loadExpressionParser),
  };
}

/** What the check says, as a user reads it. */
export function reported(check: Check, definition: DeclaredProps): string[] {
  return new PipelineDefinitionError('P', check(contextOf(definition))).message.split('\n').slice(1);
}

export function describeCheck(title: string, check: Check, cases: readonly CheckCase[]): void {
  describe(title, () => {
    test.each(cases)('$mistake is reported', ({ wrong, problems }) => {
      expect(reported(check, wrong())).toEqual(problems);
    });

    test.each(cases)('$mistake: the nearest valid definition passes', ({ right }) => {
      expect(reported(check, right())).toEqual([]);
    });
  });
}
