import { Journal, type JournalDependencies } from '../../../lambda-src/journal/journal';
import { formatRun } from '../../../lambda-src/journal/run';
import { emptyProgress, statementFor } from '../journal-factories';
import { OPTIMIZE_STEP } from './athena';

/** What Silver does with the journal: tables side by side, each its statements and then its progress. Returns the tables that failed. */
export async function invocation(dependencies: JournalDependencies, steps: { readonly [table: string]: number }): Promise<Error[]> {
  const journal = await Journal.acquire(dependencies);
  try {
    const tables = await Promise.allSettled(Object.entries(steps).map(([table, count]) => runTable(journal, table, count)));
    return tables.flatMap(table => table.status === 'rejected' ? [table.reason as Error] : []);
  } finally {
    await journal.release();
  }
}

/** What Maintenance does with it: one statement a table, which may take hours and changes no row. */
export async function maintenance(dependencies: JournalDependencies, tables: readonly string[]): Promise<Error[]> {
  const journal = await Journal.acquire(dependencies);
  try {
    const done = await Promise.allSettled(tables.map(async table => {
      await journal.settle(table);
      const purpose = JSON.stringify({ table, epoch: journal.epoch, step: OPTIMIZE_STEP });
      await journal.execute(table, { kind: 'optimize', table: { layer: 'silver', name: table }, purpose });
    }));
    return done.flatMap(table => table.status === 'rejected' ? [table.reason as Error] : []);
  } finally {
    await journal.release();
  }
}

async function runTable(journal: Journal, table: string, count: number): Promise<void> {
  await journal.settle(table);
  const progress = { ...emptyProgress, committedRun: formatRun(journal.epoch, 1) };
  for (let step = 1; step <= count; step++) {
    const statement = statementFor(table, JSON.stringify({ table, epoch: journal.epoch, step }));
    if (step < count) await journal.execute(table, statement);
    else await journal.execute(table, statement, state => ({ ...state, progress: { ...state.progress, [table]: progress } }));
  }
}
