import { VARCHAR } from '../../src/expression/sql-type';
import { epochOfRun } from '../journal/run';
import type { StageDependencies } from '../ports/stage-dependencies';
import { column, item } from '../sql/build';
import type { Query } from '../sql/nodes';
import { SilverTable } from './silver-table';

/** The greatest run number in any ledger: where a lost journal must go on from, or Gold would take new runs for old ones. */
export async function lastKnownRun({ engine, spec, timeLeft }: Pick<StageDependencies, 'engine' | 'spec' | 'timeLeft'>): Promise<number> {
  const tables = Object.keys(spec.tables).map(name => new SilverTable(spec, name)).filter(({ tracked }) => tracked);
  const runs = await Promise.all(tables.map(async table => {
    if (!await engine.describe(table.ledger)) return 0;
    const { rows: [{ run }] } = await engine.query(greatestRun(table), timeLeft);
    return run === null ? 0 : epochOfRun(run);
  }));
  return Math.max(0, ...runs);
}

function greatestRun(table: SilverTable): Query {
  return {
    kind: 'select',
    columns: [item({ kind: 'aggregate', function: 'max', arguments: [column('g', '_run')], type: VARCHAR }, 'run')],
    from: { kind: 'table', table: table.ledger, as: 'g' },
  };
}
