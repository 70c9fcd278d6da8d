import type { GoldSnapshotSpec } from '../../../src/spec/pipeline-spec';
import { and, column, columnsFrom, commonTable, equal, item, table, text } from '../../sql/build';
import type { Query, SqlExpression, Statement } from '../../sql/nodes';
import { qualified } from '../../sql/user-expression';
import type { GoldTable, RefreshScope } from '../gold-table';
import { inRuns } from './aggregate-merge';
import { PRESENT, replaceRows } from './replace-rows';

/** Computes rows again and replaces them, in one statement; a row whose Silver row has gone, or is filtered out, is deleted. */
export function snapshotMerge(gold: GoldTable<GoldSnapshotSpec>, scope: RefreshScope, computedAt: Date): Statement {
  const { key } = gold.definition;
  const keyColumns = Object.values(key);
  const others = Object.keys(gold.definition.columns).filter(name => !keyColumns.includes(name));
  const same = (left: string, right: string): SqlExpression =>
    and(...keyColumns.map(name => equal(column(left, name), column(right, name))));
  return replaceRows(gold, {
    source: {
      kind: 'select',
      with: [{ name: 'keys', query: candidateKeys(gold, scope) }, { name: 'fresh', query: freshRows(gold) }],
      columns: [...columnsFrom('k', keyColumns), ...columnsFrom('f', [...others, PRESENT])],
      from: commonTable('keys', 'k'),
      joins: [{ type: 'left', relation: commonTable('fresh', 'f'), on: same('f', 'k') }],
    },
    on: same('t', 's'),
    key: keyColumns,
    values: others,
    computedAt,
  });
}

function candidateKeys(gold: GoldTable<GoldSnapshotSpec>, scope: RefreshScope): Query {
  const keys = Object.entries(gold.definition.key);
  if (scope.kind === 'touched') {
    return {
      kind: 'select',
      distinct: true,
      columns: keys.map(([silver, name]) => item(column('l', silver), name)),
      from: table(gold.silver.ledger, 'l'),
      where: inRuns('l', scope.runs),
    };
  }
  const actual: Query = { kind: 'select', columns: keys.map(([silver, name]) => item(column('v', silver), name)), from: table(gold.silver.target, 'v') };
  const present: Query = { kind: 'select', columns: columnsFrom('p', keys.map(([, name]) => name)), from: table(gold.target, 'p') };
  return { kind: 'union', queries: [actual, present] };
}

function freshRows(gold: GoldTable<GoldSnapshotSpec>): Query {
  return {
    kind: 'select',
    columns: [
      ...Object.entries(gold.definition.columns).map(([name, { tree }]) => item(qualified(tree, 'v'), name)),
      item(text('yes'), PRESENT),
    ],
    from: table(gold.silver.target, 'v'),
    where: gold.filter('v'),
  };
}
