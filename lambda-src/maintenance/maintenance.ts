import { keptSeconds, retentionOf } from '../../src/spec/retention';
import { acquirePatiently } from '../journal/acquire-patiently';
import { JournalLostError, OutcomeOpenError, OutOfTimeError } from '../journal/errors';
import { forgetUndeclaredGold } from '../journal/undeclared-gold';
import type { StageDependencies } from '../ports/stage-dependencies';
import type { TableVersions } from '../ports/table-versions';
import { readVersion } from '../rebuild/rebuild-state';
import { requireDeployment, type Deployment } from '../schema/deployment';
import { limiter } from '../silver/dependency-schedule';
import { lastKnownRun } from '../silver/last-known-run';
import { SilverTable } from '../silver/silver-table';
import { pruneAbsent, pruneLedger } from './bookkeeping-retention';
import { sweepBronze } from './bronze-sweep';
import { MaintenanceFailedError } from './errors';
import type { MaintainedTable, MaintenanceReport } from './maintenance-report';
import { pruneManifests } from './manifest-retention';
import { SlotWork } from './slot-work';
import { maintainTable, type UpkeepOptions } from './table-upkeep';

export interface MaintenanceDependencies extends StageDependencies {
  readonly tableVersions: TableVersions;
  /** See UpkeepOptions. */
  readonly wholeUpTo?: number;
}

/** It runs once a day, so another stage's turn is worth waiting for: up to eight minutes. */
const PATIENCE = { attempts: 12, pause: 30_000 };

/** How many tables are maintained side by side; the account's queries need room too. */
const WIDTH = 4;

/**
 * Keeps the lake in shape: finds Bronze files that no run has taken, forgets what nothing needs any more, compacts what has
 * changed and lets old snapshots go.
 */
export class Maintenance {
  public constructor(private readonly dependencies: MaintenanceDependencies) {}

  /** Throws JournalBusyError when another stage is at work, MaintenanceFailedError after all tables when one failed. */
  public async run(): Promise<MaintenanceReport> {
    const { spec, store } = this.dependencies;
    const deployment = await requireDeployment(store);
    const journal = await acquirePatiently({ ...this.dependencies, lastKnownRun: () => lastKnownRun(this.dependencies) }, PATIENCE);
    try {
      await forgetUndeclaredGold(journal, spec);
      const chores = this.chores(deployment)
        .map(({ slot, steps }) => ({ steps, work: new SlotWork(slot, { ...this.dependencies, journal }) }));
      // What waited the longest comes first: one that never gets its turn would grow for ever.
      const last = ({ work }: { readonly work: SlotWork }): string => journal.state.maintenance?.[work.slot]?.vacuumedAt ?? '';
      chores.sort((left, right) => last(left).localeCompare(last(right), 'en'));
      const limit = limiter(WIDTH);
      const reports = chores.map(async ({ work, steps }) => [work.slot, await limit(() => outcome(work, steps))] as const);
      const report: MaintenanceReport = { tables: Object.fromEntries(await Promise.all(reports)) };
      if (Object.values(report.tables).some(({ state }) => state === 'failed')) throw new MaintenanceFailedError(report);
      return report;
    } finally {
      await journal.release();
    }
  }

  /** What costs no statement comes first, then what makes a table smaller before it is compacted. */
  private chores(deployment: Deployment): readonly Chores[] {
    const { spec, wholeUpTo } = this.dependencies;
    const options: UpkeepOptions = { snapshotSeconds: retentionOf(spec).snapshotSeconds, wholeUpTo };
    const silver = Object.keys(spec.tables).map(name => new SilverTable(spec, name)).map((table): Chores => ({
      slot: `silver.${table.name}`,
      steps: [
        work => sweepBronze(work, table),
        work => pruneManifests(work, table),
        work => this.pruneAbsent(work, table, deployment),
        work => pruneLedger(work, table),
        work => maintainTable(work, table.target, options, table),
        work => maintainTable(work, table.absent, options),
        ...table.tracked ? [(work: SlotWork) => maintainTable(work, table.ledger, options)] : [],
      ],
    }));
    const gold = Object.keys(spec.gold).map((name): Chores => ({
      slot: `gold.${name}`, steps: [work => maintainTable(work, { layer: 'gold', name }, options)],
    }));
    return [...silver, ...gold];
  }

  /**
   * While changes of long ago come in once more, in any order, nothing is forgotten that holds them back. Nor is it while Bronze, which
   * forgets itself, has copies of them that a rebuild has made: the next rebuild would read those.
   */
  private async pruneAbsent(work: SlotWork, table: SilverTable, deployment: Deployment): Promise<void> {
    const { store, journal } = work.dependencies;
    const due = deployment.definitions[table.name]?.at(-1)?.epoch !== journal.state.progress[table.name]?.definitionEpoch;
    const rebuild = await readVersion(store, table.name);
    if (due || (rebuild && !rebuild.state.complete)) return;
    const { bronzeSeconds } = retentionOf(this.dependencies.spec);
    if (rebuild && bronzeSeconds !== undefined && rebuild.age < keptSeconds(bronzeSeconds) * 1000) return;
    await pruneAbsent(work, table);
  }
}

type Step = (work: SlotWork) => Promise<void>;

interface Chores {
  readonly slot: string;
  readonly steps: readonly Step[];
}

/** A step that fails stops neither the others nor another table, unless it shows that nothing more can be done here. */
async function outcome(work: SlotWork, steps: readonly Step[]): Promise<MaintainedTable> {
  const errors: Error[] = [];
  for (const step of [() => work.settle(), ...steps]) {
    try {
      await step(work);
    } catch (error) {
      errors.push(error as Error);
      if (ENDS.some(type => error instanceof type)) break;
    }
  }
  const failures = errors.filter(error => !(error instanceof OutOfTimeError));
  if (failures.length > 0) return { ...work.report, state: 'failed', error: failures.map(({ name, message }) => `${name}: ${message}`).join('\n') };
  const [parked] = errors;
  if (parked) return { ...work.report, state: 'parked', error: parked.message };
  if (work.report.state === 'parked') return work.report;
  return { ...work.report, state: work.report.statements > 0 ? 'maintained' : 'idle' };
}

const ENDS = [OutOfTimeError, OutcomeOpenError, JournalLostError];
