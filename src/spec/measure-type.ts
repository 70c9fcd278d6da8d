import { BIGINT, DOUBLE, decimal, isExactNumeric, type SqlType } from '../expression/sql-type';
import type { MeasureSpec } from './pipeline-spec';

const MAX_PRECISION = 38;

/** The type of a figure over a column; undefined for a column that has none such. */
export function measureType(aggregate: MeasureSpec['aggregate'], column: SqlType | undefined): SqlType | undefined {
  switch (aggregate) {
    case 'count': case 'count-distinct': return BIGINT;
    case 'avg': return DOUBLE;
    case 'min': case 'max': return column;
    case 'sum':
      if (column?.kind === 'integer' || column?.kind === 'bigint') return BIGINT;
      return column?.kind === 'decimal' ? decimal(MAX_PRECISION, column.scale) : DOUBLE;
  }
}

/** The type of `metric_value`: exact if all metrics are, with as many decimals as the one that has most. */
export function metricsType(types: readonly SqlType[]): SqlType {
  if (!types.every(isExactNumeric)) return DOUBLE;
  return decimal(MAX_PRECISION, Math.max(0, ...types.map(type => type.kind === 'decimal' ? type.scale : 0)));
}
