import type { GoldAggregateSpec } from '../../../src/spec/pipeline-spec';
import { and, column, columnsFrom, commonTable, compare, item, table, text, timeBound } from '../../sql/build';
import type { Query, SelectItem, SqlExpression, Statement } from '../../sql/nodes';
import { sameValue } from '../../sql/null-safe';
import { qualified } from '../../sql/user-expression';
import type { GoldTable, RefreshScope, RunRange } from '../gold-table';
import { measureExpression } from './measures';
import { PRESENT, replaceRows } from './replace-rows';

/**
 * Computes groups again and replaces them, in one statement: readers see the old table or the new one. The groups are those that
 * the scope names, present ones among them, so that a group whose last row has gone is deleted.
 */
export function aggregateMerge(gold: GoldTable<GoldAggregateSpec>, scope: RefreshScope, computedAt: Date): Statement {
  const groups = Object.keys(gold.definition.groupBy);
  const measures = Object.keys(gold.definition.measures);
  const same = (left: string, right: string): SqlExpression =>
    and(...groups.map(name => sameValue(column(left, name), column(right, name), gold.definition.groupBy[name].type)));
  return replaceRows(gold, {
    source: {
      kind: 'select',
      with: [
        { name: 'groups', query: candidateGroups(gold, scope) },
        { name: 'fresh', query: freshGroups(gold, scope) },
      ],
      columns: [...columnsFrom('g', groups), ...columnsFrom('f', [...measures, PRESENT])],
      from: commonTable('groups', 'g'),
      joins: [{ type: 'left', relation: commonTable('fresh', 'f'), on: same('f', 'g') }],
    },
    on: same('t', 's'),
    key: groups,
    values: measures,
    computedAt,
  });
}

/** Groups that may have changed: touched ones, or all that are or were. */
function candidateGroups(gold: GoldTable<GoldAggregateSpec>, scope: RefreshScope): Query {
  if (scope.kind === 'touched') {
    return {
      kind: 'select',
      distinct: true,
      columns: groupItems(gold, 'l'),
      from: table(gold.silver.ledger, 'l'),
      where: gold.filter('l', inRuns('l', scope.runs)),
    };
  }
  const window = scope.kind === 'window' ? scope : undefined;
  const present: Query = {
    kind: 'select',
    columns: columnsFrom('p', Object.keys(gold.definition.groupBy)),
    from: table(gold.target, 'p'),
    where: window && sinceStart(gold, column('p', window.column), window),
  };
  const actual: Query = {
    kind: 'select',
    columns: groupItems(gold, 'v'),
    from: table(gold.silver.target, 'v'),
    where: gold.filter('v', ...window ? [sinceStart(gold, groupExpression(gold, window.column, 'v'), window)] : []),
  };
  return { kind: 'union', queries: [actual, present] };
}

/** The groups as Silver has them now. */
function freshGroups(gold: GoldTable<GoldAggregateSpec>, scope: RefreshScope): Query {
  const { groupBy, measures } = gold.definition;
  const window = scope.kind === 'window' ? scope : undefined;
  const touched = scope.kind === 'touched'
    ? [{
      type: 'inner' as const,
      relation: commonTable('groups', 'g'),
      on: and(...Object.entries(groupBy).map(([name, { type }]) => sameValue(groupExpression(gold, name, 'v'), column('g', name), type))),
    }]
    : undefined;
  return {
    kind: 'select',
    columns: [
      ...groupItems(gold, 'v'),
      ...Object.entries(measures).map(([name, measure]) => item(measureExpression(measure, gold.silver.data, 'v'), name)),
      item(text('yes'), PRESENT),
    ],
    from: table(gold.silver.target, 'v'),
    joins: touched,
    where: gold.filter('v', ...window ? [sinceStart(gold, groupExpression(gold, window.column, 'v'), window)] : []),
    groupBy: Object.keys(groupBy).map(name => groupExpression(gold, name, 'v')),
  };
}

function groupItems(gold: GoldTable<GoldAggregateSpec>, alias: string): SelectItem[] {
  return Object.keys(gold.definition.groupBy).map(name => item(groupExpression(gold, name, alias), name));
}

function groupExpression(gold: GoldTable<GoldAggregateSpec>, name: string, alias: string): SqlExpression {
  return qualified(gold.definition.groupBy[name].tree, alias);
}

function sinceStart(gold: GoldTable<GoldAggregateSpec>, value: SqlExpression, { column: name, start, startDay }: Extract<RefreshScope, { kind: 'window' }>): SqlExpression {
  return compare(value, '>=', timeBound(start, startDay, gold.definition.groupBy[name].type));
}

/** Rows of a ledger that those runs wrote. */
export function inRuns(alias: string, { after, upTo }: RunRange): SqlExpression {
  return and(compare(column(alias, '_run'), '>', text(after)), compare(column(alias, '_run'), '<=', text(upTo)));
}
