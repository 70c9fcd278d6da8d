import type { SqlType } from '../expression/sql-type';
import type { KeyMetricSpec, Named, PipelineSpec } from './pipeline-spec';
import { mapValues } from './silver-columns';
import { GOLD_SYSTEM_COLUMNS, METRIC_COLUMNS } from './system-columns';

/** Every column of a Gold table, in the order in which it is created. */
export function goldColumns(spec: PipelineSpec, name: string): Named<SqlType> {
  const gold = spec.gold[name];
  switch (gold.kind) {
    case 'aggregate': return {
      ...mapValues(gold.groupBy, group => group.type),
      ...mapValues(gold.measures, measure => measure.type),
      ...GOLD_SYSTEM_COLUMNS,
    };
    case 'snapshot': return { ...mapValues(gold.columns, column => column.type), ...GOLD_SYSTEM_COLUMNS };
    case 'metrics': {
      const { metric_name, ...bounds } = METRIC_COLUMNS;
      const previous: Named<SqlType> = hasPrevious(gold.metrics) ? { previous_value: gold.valueType } : {};
      return { metric_name, metric_value: gold.valueType, ...previous, ...bounds, ...GOLD_SYSTEM_COLUMNS };
    }
  }
}

/** Whether a table of those metrics has a column for the period before. */
export function hasPrevious(metrics: Named<Pick<KeyMetricSpec, 'previous'>>): boolean {
  return Object.values(metrics).some(({ previous }) => previous);
}
