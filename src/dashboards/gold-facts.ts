import type { CheckContext } from '../checks/check';
import { goldColumns } from '../checks/gold-columns';
import type { SqlType } from '../expression/sql-type';
import { isTime } from '../expression/type-rules';
import type { GoldTableDeclaration, MeasureDeclaration } from '../spec/pipeline-declaration';
import type { Named } from '../spec/pipeline-spec';
import { mapValues } from '../spec/silver-columns';

/** What a panel must know of the Gold table that it shows. */
export interface GoldFacts {
  readonly name: string;
  readonly kind: GoldTableDeclaration['kind'];
  /** The type is undefined where another check reports why. */
  readonly columns: Named<SqlType | undefined>;
  /** Columns that tell a row from the others; none is known of a snapshot. */
  readonly groups: readonly string[];
  /** Columns by whose values rows can be chosen. */
  readonly dimensions: readonly string[];
  /** How each figure was computed. */
  readonly measures: Named<MeasureDeclaration['aggregate']>;
  readonly metrics: readonly string[];
  /** Metrics that are known of the period before too. */
  readonly compared: readonly string[];
  /** Dates and timestamps among the groups. */
  readonly times: readonly string[];
}

export function goldFacts(context: CheckContext, name: string, gold: GoldTableDeclaration): GoldFacts {
  const columns = goldColumns(context, gold);
  const groups = groupsOf(gold);
  const timed = (column: string): boolean => {
    const type = columns[column];
    return type !== undefined && isTime(type);
  };
  return {
    name,
    kind: gold.kind,
    columns,
    groups,
    dimensions: gold.kind === 'snapshot' ? Object.keys(gold.columns) : groups,
    measures: gold.kind === 'aggregate' ? mapValues(gold.measures, ({ aggregate }) => aggregate) : {},
    metrics: gold.kind === 'metrics' ? Object.keys(gold.metrics).sort() : [],
    compared: gold.kind === 'metrics' ? Object.keys(gold.metrics).filter(metric => gold.metrics[metric].previous) : [],
    times: gold.kind === 'aggregate' ? groups.filter(timed) : [],
  };
}

function groupsOf(gold: GoldTableDeclaration): string[] {
  switch (gold.kind) {
    case 'aggregate': return Object.keys(gold.groupBy).sort();
    case 'snapshot': return [];
    case 'metrics': return ['metric_name'];
  }
}
