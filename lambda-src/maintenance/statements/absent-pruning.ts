import { TIMESTAMP } from '../../../src/expression/sql-type';
import type { SilverTable } from '../../silver/silver-table';
import { and, compare, count, item, not, ownColumn, table, text, timestamp } from '../../sql/build';
import type { Query, SqlExpression, Statement } from '../../sql/nodes';

/** How many entries a pruning takes away, as `expired`, and the time of the oldest change whose entry stays, as `oldest`. */
export function absentProbe(silver: SilverTable, before: Date): Query {
  const oldest: SqlExpression = {
    kind: 'aggregate', function: 'min', arguments: [CHANGED_AT], where: and(mayGo(), compare(CHANGED_AT, '>=', timestamp(before))), type: TIMESTAMP,
  };
  return {
    kind: 'select',
    columns: [item(count(expired(before)), 'expired'), item(oldest, 'oldest')],
    from: table(silver.absent, 'a'),
  };
}

/**
 * Takes the entries away whose change is so old that none older can come in any more. What a quarantine rule holds back stays: its
 * entry is all that says so.
 */
export function absentPruning(silver: SilverTable, before: Date): Statement {
  return { kind: 'delete', target: silver.absent, where: expired(before), purpose: `forget keys that left ${silver.name} long ago` };
}

const CHANGED_AT = ownColumn('_event_timestamp');

function expired(before: Date): SqlExpression {
  return and(mayGo(), compare(CHANGED_AT, '<', timestamp(before)));
}

function mayGo(): SqlExpression {
  return not({ kind: 'like', operand: ownColumn('_reason'), pattern: text('quarantine:%') });
}
