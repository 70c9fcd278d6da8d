import type { PipelineDeclaration } from '../spec/pipeline-declaration';
import type { Named } from '../spec/pipeline-spec';
import type { ExpressionReader } from './expression-reader';
import type { Problem } from './problem';
import type { SourceFacts } from './source-facts';
import type { TableColumns } from './table-columns';

/** All that a check may look at. */
export interface CheckContext {
  readonly declaration: PipelineDeclaration;
  /** What is known of the source of each Silver table. */
  readonly sources: Named<SourceFacts>;
  /** Columns of each Silver table. */
  readonly columns: Named<TableColumns>;
  readonly expressions: ExpressionReader;
}

/** Looks for one kind of mistake. It never throws: another check may report what it stumbles over. */
export type Check = (context: CheckContext) => readonly Problem[];
