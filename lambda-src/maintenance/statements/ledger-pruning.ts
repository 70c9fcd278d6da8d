import type { SilverTable } from '../../silver/silver-table';
import { compare, count, item, ownColumn, table, text } from '../../sql/build';
import type { Query, SqlExpression, Statement } from '../../sql/nodes';

/** How many rows a pruning takes away, as `consumed`. */
export function ledgerProbe(silver: SilverTable, upTo: string): Query {
  return { kind: 'select', columns: [item(count(), 'consumed')], from: table(silver.ledger, 'l'), where: consumed(upTo) };
}

/** Takes the rows away that every Gold table has taken into account. */
export function ledgerPruning(silver: SilverTable, upTo: string): Statement {
  return { kind: 'delete', target: silver.ledger, where: consumed(upTo), purpose: `forget what Gold has taken of ${silver.name}` };
}

function consumed(upTo: string): SqlExpression {
  return compare(ownColumn('_run'), '<=', text(upTo));
}
