import type { Expression } from '../../../src/expression/expression';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';

/** How far apart the times of neighbouring groups are. */
export type TimeStep = 'day' | 'hour';

/**
 * The step of a column that an aggregate groups by, if its expression says it: `CAST(at AS date)`, `date_trunc('hour', at)`. Months and
 * whatever else is of no even length have none, and a plain date may stand for a month.
 */
export function timeStep({ gold }: PipelineSpec, goldTable: string, column: string): TimeStep | undefined {
  const table = gold[goldTable];
  return table.kind === 'aggregate' && Object.hasOwn(table.groupBy, column) ? stepOf(table.groupBy[column].tree) : undefined;
}

function stepOf(expression: Expression): TimeStep | undefined {
  switch (expression.kind) {
    case 'cast': case 'try-cast': {
      if (expression.type.kind !== 'date') return undefined;
      // Hours of one day are one date.
      return expression.expression.kind === 'column' || stepOf(expression.expression) ? 'day' : undefined;
    }
    case 'call': {
      const [first, second] = expression.arguments;
      if (expression.name === 'date' && first.kind === 'column') return 'day';
      if (expression.name !== 'date_trunc' || first.kind !== 'literal' || second.kind !== 'column') return undefined;
      return first.value === 'day' || first.value === 'hour' ? first.value : undefined;
    }
    default: return undefined;
  }
}
