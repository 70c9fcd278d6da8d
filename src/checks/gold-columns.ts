import type { SqlType } from '../expression/sql-type';
import { hasPrevious } from '../spec/gold-columns';
import { measureType, metricsType } from '../spec/measure-type';
import type { GoldTableDeclaration } from '../spec/pipeline-declaration';
import { GOLD_SYSTEM_COLUMNS, METRIC_COLUMNS } from '../spec/system-columns';
import type { CheckContext } from './check';
import { entry } from './lookup';

/** The columns of a Gold table; the type is undefined where another check reports why. */
export function goldColumns(context: CheckContext, gold: GoldTableDeclaration): { readonly [name: string]: SqlType | undefined } {
  const silver = entry(context.columns, gold.silverTable);
  const typeOf = (text: string): SqlType | undefined => silver && context.expressions.value('', text, silver).expression?.type;
  switch (gold.kind) {
    case 'aggregate': {
      const measures = Object.entries(gold.measures).map(([name, measure]) => {
        const column = measure.column !== undefined && silver ? entry(silver.data, measure.column) : undefined;
        return [name, measureType(measure.aggregate, column)] as const;
      });
      return { ...typesOf(gold.groupBy, typeOf), ...Object.fromEntries(measures), ...GOLD_SYSTEM_COLUMNS };
    }
    case 'snapshot': return { ...typesOf(gold.columns, typeOf), ...GOLD_SYSTEM_COLUMNS };
    case 'metrics': return {
      ...METRIC_COLUMNS,
      metric_value: metricsType([]),
      ...(hasPrevious(gold.metrics) && { previous_value: metricsType([]) }),
      ...GOLD_SYSTEM_COLUMNS,
    };
  }
}

function typesOf(
  expressions: { readonly [name: string]: string }, typeOf: (text: string) => SqlType | undefined,
): { [name: string]: SqlType | undefined } {
  return Object.fromEntries(Object.entries(expressions).map(([name, text]) => [name, typeOf(text)]));
}
