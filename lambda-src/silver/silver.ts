import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { ControlState, SilverProgress } from '../journal/control-state';
import { OutOfTimeError } from '../journal/errors';
import { Journal } from '../journal/journal';
import { forgetUndeclaredGold } from '../journal/undeclared-gold';
import { hoursPaused, readPaused } from '../operations/paused-state';
import type { StageDependencies } from '../ports/stage-dependencies';
import { requireDeployment } from '../schema/deployment';
import { failureText } from '../state/failure-text';
import { CHUNK_LIMITS, newFiles, type ChunkLimits } from './bronze-listing';
import { runInOrder, type DependencyGraph } from './dependency-schedule';
import { OvertakenError, SilverFailedError } from './errors';
import { failedBatches } from './failed-batches';
import { lastKnownRun } from './last-known-run';
import { MERGE_LIMITS, type MergeLimits } from './merge-plan';
import { NOTHING_DONE, type SilverReport, type TableReport } from './silver-report';
import { SilverTable } from './silver-table';
import { TableRun } from './table-run';

export interface SilverDependencies extends StageDependencies {
  readonly chunkLimits?: ChunkLimits;
  readonly mergeLimits?: MergeLimits;
}

/** How many tables run side by side. */
const WIDTH = 8;

/**
 * Brings new Bronze files into the Silver tables: dimensions before the facts that they enrich, tables side by side, each
 * committing its own runs.
 */
export class Silver {
  public constructor(private readonly dependencies: SilverDependencies) {}

  /** Throws JournalBusyError when another stage is at work, SilverFailedError after all tables when one failed. */
  public async run(): Promise<SilverReport> {
    const { spec, store } = this.dependencies;
    await requireDeployment(store);
    const journal = await Journal.acquire({ ...this.dependencies, lastKnownRun: () => lastKnownRun(this.dependencies) });
    try {
      await forgetUndeclaredGold(journal, spec);
      const tables = await runInOrder<TableReport>(dependencyGraph(spec), WIDTH, {
        run: name => this.runTable(new TableRun(new SilverTable(spec, name), {
          ...this.dependencies,
          journal,
          chunkLimits: this.dependencies.chunkLimits ?? CHUNK_LIMITS,
          mergeLimits: this.dependencies.mergeLimits ?? MERGE_LIMITS,
        })),
        skip: (_, because) => ({ ...NOTHING_DONE, state: 'skipped', error: `${because} did not finish` }),
        endedWell: ({ state }) => state === 'committed' || state === 'idle',
      });
      const report: SilverReport = {
        tables: await this.measured(tables, journal.state), failedBatches: await failedBatches(store), ...await this.paused(),
      };
      if (Object.values(tables).some(({ state }) => state === 'failed')) throw new SilverFailedError(report);
      return report;
    } finally {
      await journal.release();
    }
  }

  /** What a table's report says beside its own runs: how far it is behind where it did not get to its end, and what it left out. */
  private async measured(tables: SilverReport['tables'], { progress }: ControlState): Promise<SilverReport['tables']> {
    const entries = Object.entries(tables).map(async ([name, table]) => {
      const unreadable = progress[name]?.poisoned.length ?? 0;
      const isDone = table.state === 'committed' || table.state === 'idle';
      return [name, { ...table, unreadable, lag: isDone ? table.lag : await this.waiting(name, progress[name]) }] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  /** For how many seconds the oldest file that a table has not taken yet has been waiting. */
  private async waiting(name: string, progress: SilverProgress | undefined): Promise<number | undefined> {
    const { spec, store, clock } = this.dependencies;
    try {
      const { oldest } = await newFiles(store, spec.tables[name].bronzeName, progress, this.dependencies.chunkLimits ?? CHUNK_LIMITS);
      return oldest ? (clock.now().getTime() - oldest.getTime()) / 1000 : 0;
    } catch {
      // It must not hide why the table did not get to its end.
      return undefined;
    }
  }

  /** A mapping that is off has no iterator age: nobody else would tell. */
  private async paused(): Promise<Pick<SilverReport, 'hoursPaused'>> {
    const { store, clock } = this.dependencies;
    try {
      const hours = hoursPaused(await readPaused(store), clock.now());
      return hours > 0 ? { hoursPaused: hours } : {};
    } catch {
      // Whether somebody paused something decides nothing here.
      return {};
    }
  }

  /** A failed table stops nobody but the tables that depend on it. */
  private async runTable(table: TableRun): Promise<TableReport> {
    try {
      return await table.run();
    } catch (error) {
      // Chunks that were committed before stay so, and stay in the report.
      if (error instanceof OutOfTimeError) return { ...table.report, state: 'parked', error: error.message };
      if (error instanceof OvertakenError || await table.isOvertaken()) return { ...table.report, state: 'overtaken', error: failureText(error) };
      return { ...table.report, state: 'failed', error: failureText(error) };
    }
  }
}

function dependencyGraph(spec: PipelineSpec): DependencyGraph {
  return Object.fromEntries(Object.entries(spec.tables).map(([name, { enrichments }]) => [name, enrichments.map(({ table }) => table)]));
}
