import type { GoldTableSpec } from '../../src/spec/pipeline-spec';
import { acquirePatiently, type Patience } from '../journal/acquire-patiently';
import type { ControlState, GoldPosition, SilverProgress } from '../journal/control-state';
import { OutOfTimeError } from '../journal/errors';
import type { Journal } from '../journal/journal';
import { forgetUndeclaredGold } from '../journal/undeclared-gold';
import type { TableDescription } from '../ports/query-engine';
import type { StageDependencies } from '../ports/stage-dependencies';
import { requireDeployment } from '../schema/deployment';
import { limiter } from '../silver/dependency-schedule';
import { lastKnownRun } from '../silver/last-known-run';
import type { Statement } from '../sql/nodes';
import { failureText } from '../state/failure-text';
import { announceRefreshes, untold, type AnnouncementDependencies } from './announcement';
import { GoldFailedError, GoldTableMissingError } from './errors';
import type { GoldReport, GoldTableReport } from './gold-report';
import { GoldTable, type RefreshScope } from './gold-table';
import { aggregateMerge } from './statements/aggregate-merge';
import { metricsMerge } from './statements/metrics-merge';
import { snapshotMerge } from './statements/snapshot-merge';
import { boundsOf, windowBounds } from './window-bounds';

/** Silver starts Gold when it is done, and another stage may be ending just now: busy is worth a few tries. */
const PATIENCE: Patience = { attempts: 4, pause: 5000 };

/** How many tables are refreshed side by side. */
const WIDTH = 8;

const IDLE: GoldTableReport = { state: 'idle', bytesScanned: 0 };

export type GoldDependencies = StageDependencies & AnnouncementDependencies;

/** Refreshes the Gold tables that are due: rows of their Silver table were touched, or a window's bound has moved. */
export class Gold {
  public constructor(private readonly dependencies: GoldDependencies) {}

  /** Throws JournalBusyError when another stage is at work, GoldFailedError after all tables when one failed. */
  public async run(): Promise<GoldReport> {
    const { spec, store } = this.dependencies;
    await requireDeployment(store);
    const journal = await acquirePatiently({ ...this.dependencies, lastKnownRun: () => lastKnownRun(this.dependencies) }, PATIENCE);
    try {
      await forgetUndeclaredGold(journal, spec);
      const limit = limiter(WIDTH);
      const reports = await Promise.all(Object.entries(spec.gold).map(async ([name, definition]) =>
        [name, await limit(() => this.refresh(journal, new GoldTable(spec, name, definition)))] as const));
      const announced = await announceRefreshes(journal, this.dependencies);
      const report: GoldReport = { tables: Object.fromEntries(reports), announced };
      if (reports.some(([, { state }]) => state === 'failed')) throw new GoldFailedError(report);
      return report;
    } finally {
      await journal.release();
    }
  }

  private async refresh(journal: Journal, gold: GoldTable): Promise<GoldTableReport> {
    try {
      return await this.refreshIfDue(journal, gold);
    } catch (error) {
      if (error instanceof OutOfTimeError) return { state: 'parked', bytesScanned: 0, error: error.message };
      return { state: 'failed', bytesScanned: 0, error: failureText(error) };
    }
  }

  private async refreshIfDue(journal: Journal, gold: GoldTable): Promise<GoldTableReport> {
    const slot = `gold.${gold.name}`;
    await journal.settle(slot);
    if (!journal.state.progress[gold.silver.name]) return IDLE;
    const now = this.dependencies.clock.now();
    const description = await this.dependencies.engine.describe(gold.target);
    if (!description) throw new GoldTableMissingError(gold.name);
    const silver = journal.state.progress[gold.silver.name];
    const target = positionNow(gold, description, silver, now);
    const position = journal.state.gold[gold.name];
    const scope = dueScope(gold.definition, position, target, now);
    if (!scope) return IDLE;
    const refresh = { run: journal.epoch, computedAt: now.toISOString(), ...silver.asOf !== undefined && { dataAsOf: silver.asOf } };
    const commit = (state: ControlState): ControlState =>
      untold({ ...state, gold: { ...state.gold, [gold.name]: target } }, gold.name, refresh);
    const { bytesScanned } = await journal.execute(slot, refreshStatement(gold.found(description), scope, now), commit);
    return { state: 'refreshed', scope: scope.kind, bytesScanned };
  }
}

/** Where the table stands once it is refreshed now. */
function positionNow(gold: GoldTable, { uuid }: TableDescription, { committedRun, tableUuid }: SilverProgress, now: Date): GoldPosition {
  return {
    tableUuid: uuid,
    silverUuid: tableUuid,
    definitionHash: gold.definition.definitionHash,
    consumedRun: committedRun,
    windowBounds: boundsOf(gold.definition, now),
  };
}

/** What to compute again; undefined if nothing can have changed. */
export function dueScope(
  definition: GoldTableSpec, position: GoldPosition | undefined, target: GoldPosition, now: Date,
): RefreshScope | undefined {
  const known = (['tableUuid', 'silverUuid', 'definitionHash'] as const).every(name => position?.[name] === target[name]);
  if (!position || !known) return { kind: 'everything' };
  const touched = position.consumedRun !== target.consumedRun;
  const moved = Object.entries(target.windowBounds).some(([name, bound]) => position.windowBounds[name] !== bound);
  if (!touched && !moved) return undefined;
  const { refresh } = definition;
  switch (refresh.kind) {
    case 'full': return { kind: 'everything' };
    case 'changed': return { kind: 'touched', runs: { after: position.consumedRun, upTo: target.consumedRun } };
    case 'delta': {
      const { start, startDay } = windowBounds(refresh.window, now);
      return { kind: 'window', column: refresh.column, start: start!, startDay: startDay! };
    }
  }
}

/** The one statement that refreshes a table. */
export function refreshStatement(gold: GoldTable, scope: RefreshScope, now: Date): Statement {
  const { spec, name, definition } = gold;
  // Emptied when the definition changed, they are empty ever since.
  const retired = scope.kind === 'everything' ? gold.retired : {};
  switch (definition.kind) {
    case 'aggregate': return aggregateMerge(new GoldTable(spec, name, definition, retired), scope, now);
    case 'snapshot': return snapshotMerge(new GoldTable(spec, name, definition, retired), scope, now);
    case 'metrics': return metricsMerge(new GoldTable(spec, name, definition, retired), now);
  }
}
