import { BIGINT, DOUBLE } from '../../../src/expression/sql-type';
import { ascending, call, cast, column, equal, item, text } from '../../sql/build';
import type { Query, SelectItem, SqlExpression } from '../../sql/nodes';
import { whole } from './gold-rows';
import type { TimeStep } from './time-step';

export interface Gaps {
  /** Column of the times, by which the query groups. */
  readonly time: string;
  readonly type: 'date' | 'timestamp';
  readonly step: TimeStep;
  /** Where the last gap ends, if a time range says it. */
  readonly end?: SqlExpression;
  /** Columns of which every combination has times of its own. */
  readonly by: readonly string[];
  readonly values: readonly string[];
  /** Those that are 0 where there are no rows; the others are unknown there. */
  readonly zero: readonly string[];
}

const SPAN = '_span';
const GAP = '_gap';
/** Trino makes no longer sequence. */
const LONGEST = 9999;

/**
 * Rows for the times that a grouped query has none for: a day without orders has 0 orders, and no row. From the first time that has rows,
 * since what was before a table begins is not known, to the end of the range. One scan: each row is repeated until the next one.
 */
export function withoutGaps(grouped: Query, { time, type, step, end, by, values, zero }: Gaps): Query {
  const inner = (name: string): SqlExpression => column('v', name);
  const next: SqlExpression = {
    kind: 'lead', operand: inner(time), partitionBy: by.map(inner), orderBy: [ascending(inner(time))],
  };
  const toEnd: SqlExpression = end
    ? { kind: 'binary', operator: '+', left: call('date_diff', text(step), inner(time), end), right: whole(1), type: BIGINT }
    : whole(1);
  const spans: Query = {
    kind: 'select',
    columns: [
      ...[time, ...by, ...values].map(name => item(inner(name), name)),
      item(call('coalesce', call('date_diff', text(step), inner(time), next), toEnd), SPAN),
    ],
    from: { kind: 'subquery', query: grouped, as: 'v' },
  };
  const own = equal(column('t', GAP), whole(0));
  const value = (name: string): SelectItem => item({
    kind: 'case',
    branches: [{ when: own, then: column('f', name) }],
    ...(zero.includes(name) && { otherwise: cast(whole(0), DOUBLE) }),
  }, name);
  const repeats: SqlExpression = { kind: 'binary', operator: '-', left: column('f', SPAN), right: whole(1), type: BIGINT };
  return {
    kind: 'select',
    columns: [
      item({ kind: 'later', time: column('f', time), type, count: column('t', GAP), unit: step }, time),
      ...by.map(name => item(column('f', name), name)),
      ...values.map(value),
    ],
    from: { kind: 'subquery', query: spans, as: 'f' },
    joins: [{ type: 'cross', relation: { kind: 'sequence', last: call('least', repeats, whole(LONGEST)), as: 't', column: GAP } }],
    orderBy: [time, ...by].map(name => ascending(column(undefined, name))),
  };
}
