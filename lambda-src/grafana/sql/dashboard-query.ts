import { TIMESTAMP, VARCHAR } from '../../../src/expression/sql-type';
import type { DashboardSpec, VariableSpec } from '../../../src/spec/dashboard-spec';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { ascending, call, cast, column, count, isNotNull, item, table, text } from '../../sql/build';
import type { Aggregate, Query, SqlExpression } from '../../sql/nodes';
import { GoldRows, whole } from './gold-rows';

/** Columns of the freshness panel. */
export const FRESHNESS = { table: 'gold_table', rows: 'row_count', changed: 'last_change' } as const;

const EPOCH: SqlExpression = { kind: 'literal', type: TIMESTAMP, value: '1970-01-01 00:00:00.000000' };

/** The values that a variable offers. It reads one column. */
export function variableQuery(spec: PipelineSpec, { goldTable, column: name }: VariableSpec): Query {
  const rows = new GoldRows(spec, { goldTable, filters: {} });
  const value = rows.type(name).kind === 'varchar' ? rows.column(name) : cast(rows.column(name), VARCHAR);
  return {
    kind: 'select',
    distinct: true,
    columns: [item(value, name)],
    from: rows.from,
    where: isNotNull(rows.column(name)),
    orderBy: [ascending(column(undefined, name))],
  };
}

/** How many rows each table of a dashboard has, and when one of them last got a new value, in milliseconds since 1970. */
export function freshnessQuery({ panels }: DashboardSpec): Query {
  const tables = [...new Set(panels.map(({ goldTable }) => goldTable))].sort();
  return {
    kind: 'select',
    columns: Object.values(FRESHNESS).map(name => item(column('f', name), name)),
    from: { kind: 'subquery', query: { kind: 'union-all', queries: tables.map(freshnessOf) }, as: 'f' },
    orderBy: [ascending(column('f', FRESHNESS.table))],
  };
}

function freshnessOf(goldTable: string): Query {
  const newest: Aggregate = { kind: 'aggregate', function: 'max', arguments: [column('g', 'computed_at')], type: TIMESTAMP };
  const seconds = call('date_diff', text('second'), EPOCH, newest);
  return {
    kind: 'select',
    columns: [
      item(text(goldTable), FRESHNESS.table),
      item(count(), FRESHNESS.rows),
      item({ kind: 'binary', operator: '*', left: seconds, right: whole(1000) }, FRESHNESS.changed),
    ],
    from: table({ layer: 'gold', name: goldTable }, 'g'),
  };
}
