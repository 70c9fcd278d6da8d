import type { SqlType } from '../../src/expression/sql-type';
import type { Named } from '../../src/spec/pipeline-spec';
import type { ControlState, SilverProgress } from '../journal/control-state';
import { OutOfTimeError } from '../journal/errors';
import type { Journal } from '../journal/journal';
import { formatRun } from '../journal/run';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { QueryFailedError, type QueryEngine } from '../ports/query-engine';
import { requireDeployment } from '../schema/deployment';
import type { Statement } from '../sql/nodes';
import { newFiles, progressAfter, type ChunkLimits, type NewFiles } from './bronze-listing';
import { dimensionRuns, gatherChanges, moved, type DimensionRuns } from './dimension-changes';
import { ExpectationFailedError, OvertakenError, SilverTableMissingError } from './errors';
import { isNotedOtherwise, ledgerColumns, notedAnew } from './ledger-columns';
import { planMerges, planRewrites, type MergeLimits } from './merge-plan';
import type { MergeScope } from './merge-scope';
import { findPoisonedFiles, type PoisonedFile } from './poisoned-files';
import { writeManifest } from './run-manifest';
import { ScanMeter } from './scan-meter';
import { addInspections, NOTHING_DONE, type TableReport } from './silver-report';
import type { SilverTable } from './silver-table';
import { absentMerge } from './statements/absent-merge';
import type { DimensionChanges } from './statements/affected';
import { clearColumns, filledPartitions } from './statements/clear-columns';
import { inspection, inspectionOf, type Inspection } from './statements/inspection';
import { ledgerInsert } from './statements/ledger-insert';
import { outdatedChanges, outdatedRows } from './statements/outdated';
import { movesOf, moveProbe, partitionsOf, staleProbe } from './statements/probes';
import { reEnrichment } from './statements/re-enrichment';
import { silverMerge } from './statements/silver-merge';
import { redefined, TableRebuild, withoutGold, type TableRebuildReport } from './table-rebuild';

export interface TableRunDependencies {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  readonly journal: Journal;
  readonly chunkLimits: ChunkLimits;
  readonly mergeLimits: MergeLimits;
}

/** The table as this invocation found it. */
interface OpenTable {
  readonly uuid: string;
  readonly totalBytes: number;
  readonly definitionEpoch: number;
  /** Columns that are there and declared no more. */
  readonly retired: Named<SqlType>;
  readonly rebuild: TableRebuild;
}

interface Chunk {
  readonly run: string;
  readonly files: NewFiles;
  readonly poisoned: readonly PoisonedFile[];
  readonly dimensionRuns: DimensionRuns;
  readonly dimensionChanges: DimensionChanges;
  /** `first` under a definition: it also does what no file asks for. */
  readonly place: 'first' | 'later';
}

/** A step of so many files is no limit any more. */
const LARGEST_STEP = 1000;

/** A chunk that is not begun with less time than this left is begun by the next invocation. */
export const TIME_FOR_A_CHUNK = 2 * 60 * 1000;

/** One table's part of a Silver invocation: chunks of new files, each committed by itself, until there are none. */
export class TableRun {
  private chunks = 0;
  private done = NOTHING_DONE;
  private oldestTaken?: Date;
  private readonly meter: ScanMeter;

  public constructor(private readonly table: SilverTable, private readonly dependencies: TableRunDependencies) {
    this.meter = new ScanMeter(dependencies);
  }

  /** What has been committed so far, also when `run` throws. */
  public get report(): TableReport {
    const waited = this.oldestTaken ? (this.dependencies.clock.now().getTime() - this.oldestTaken.getTime()) / 1000 : 0;
    return { ...this.done, bytesScanned: this.meter.bytesScanned, lag: waited };
  }

  /** Whether whatever went wrong may be because a deploy has changed the table, or its change log, beneath this run. */
  public async isOvertaken(): Promise<boolean> {
    try {
      await this.deployedEpoch();
      return false;
    } catch (error) {
      return error instanceof OvertakenError;
    }
  }

  public async run(): Promise<TableReport> {
    const { journal, chunkLimits } = this.dependencies;
    // What an earlier invocation left in flight may still change the table: nothing is read before it is over.
    await journal.settle(this.slot);
    const open = await this.open();
    let progress = await this.noted(this.trusted(open));
    let place: Chunk['place'] = open.rebuild.isDue(progress) ? 'first' : 'later';
    if (place === 'first') await open.rebuild.open(progress);
    let limits = stepped(chunkLimits, journal.state.steps[this.table.name]);
    for (;;) {
      this.noteRebuild(open.rebuild.report);
      const chunk = await this.nextChunk(open, progress, limits, place);
      if (!chunk) {
        await this.endRebuild(open);
        return this.report;
      }
      this.oldestTaken = earlier(this.oldestTaken, chunk.files.oldest);
      try {
        const { inspected, poisoned, committed } = await this.runChunk(open, chunk, progress);
        progress = committed;
        place = 'later';
        this.done = {
          ...this.done,
          state: 'committed',
          runs: this.done.runs + 1,
          files: this.done.files + chunk.files.keys.length,
          inspection: addInspections(this.done.inspection, inspected),
          poisoned: [...this.done.poisoned, ...poisoned.map(({ key }) => key)],
        };
      } catch (error) {
        if (error instanceof OutOfTimeError) await this.takeSmallerSteps(chunk);
        // The correction may be among the files that this chunk left out.
        if (!(error instanceof ExpectationFailedError) || chunk.files.more === 'no') throw error;
        limits = { files: 4 * limits.files, bytes: 4 * limits.bytes };
      }
    }
  }

  /** A chunk that one invocation could not finish would be too much for the next one too. */
  private async takeSmallerSteps({ files }: Chunk): Promise<void> {
    const step = Math.max(1, Math.floor(files.keys.length / 2));
    await this.dependencies.journal.commit(state => ({ ...state, steps: { ...state.steps, [this.table.name]: step } }));
  }

  private noteRebuild(rebuild: TableRebuildReport | undefined): void {
    this.done = { ...this.done, rebuild };
  }

  /** All that is there has been taken; if nothing is left to be encoded again, so has the last of a rebuild. */
  private async endRebuild({ rebuild, definitionEpoch }: OpenTable): Promise<void> {
    if (!rebuild.isEnding) return;
    const { journal } = this.dependencies;
    const [{ outdated }] = await this.meter.query(outdatedRows(this.table, definitionEpoch));
    // Gold tables that look at a window only have seen no more than that of it.
    if (rebuild.isFirst) await journal.commit(state => withoutGold(state, this.table));
    this.noteRebuild(await rebuild.end(Number(outdated)));
    this.done = { ...this.done, state: 'committed' };
  }

  private get slot(): string {
    return `silver.${this.table.name}`;
  }

  private async open(): Promise<OpenTable> {
    const { engine, store, clock } = this.dependencies;
    const description = await engine.describe(this.table.target);
    if (!description) throw new SilverTableMissingError(`the table ${this.table.name} does not exist: deploy the stack again, which creates it`);
    const definitionEpoch = await this.deployedEpoch();
    return {
      uuid: description.uuid,
      totalBytes: description.totalBytes,
      definitionEpoch,
      retired: this.table.retired(description.columns),
      rebuild: await TableRebuild.read({ store, clock }, this.table, definitionEpoch),
    };
  }

  /** Asked while the journal is ours: an answer from before may be older than what another run has done since. */
  private async deployedEpoch(): Promise<number> {
    const { definitions } = await requireDeployment(this.dependencies.store);
    const latest = definitions[this.table.name]?.at(-1);
    if (latest?.hash === this.table.definition.definitionHash) return latest.epoch;
    throw new OvertakenError(`this code was built for another definition of ${this.table.name} than the last deploy recorded: `
      + 'wait until the deploy has finished, or deploy again');
  }

  /**
   * Call it with files that are listed already: those of a new definition are written only once it is recorded. Merged under the former
   * one they would carry the new epoch, and no rebuild would look at them again.
   */
  private async assertStillDeployed({ definitionEpoch }: OpenTable): Promise<void> {
    if (await this.deployedEpoch() === definitionEpoch) return;
    throw new OvertakenError(`${this.table.name} has been defined anew while this run was under way: the next run takes the files that it left`);
  }

  /** The recorded progress, unless it speaks of a table that has been dropped and made again: then Bronze is read from the start. */
  private trusted(open: OpenTable): SilverProgress | undefined {
    const progress = this.dependencies.journal.state.progress[this.table.name];
    return progress?.tableUuid === open.uuid ? progress : undefined;
  }

  /** Before anything is written: should the run be cut off, the next one may be of the former deploy. */
  private async noted(progress: SilverProgress | undefined): Promise<SilverProgress | undefined> {
    if (!progress || !isNotedOtherwise(progress, this.table)) return progress;
    const { journal } = this.dependencies;
    await journal.commit(state => notedAnew(state, this.table));
    // Gold has something to do, whether or not there are files.
    this.done = { ...this.done, state: 'committed' };
    return journal.state.progress[this.table.name];
  }

  private async nextChunk(
    open: OpenTable, recorded: SilverProgress | undefined, limits: ChunkLimits, place: Chunk['place'],
  ): Promise<Chunk | undefined> {
    const { store, journal, timeLeft } = this.dependencies;
    const { state } = journal;
    // Under a new definition, rows are enriched from other columns, or by other keys.
    const progress = recorded && place === 'first' ? { ...recorded, enrichedUpTo: {} } : recorded;
    const files = await newFiles(store, this.table.bronzeName, progress, limits);
    const runs = dimensionRuns(this.table, state);
    const behind = moved(runs, progress);
    if (files.keys.length === 0 && Object.keys(behind).length === 0 && place === 'later') return undefined;
    if (timeLeft() < TIME_FOR_A_CHUNK) throw new OutOfTimeError(this.slot);
    await this.assertStillDeployed(open);
    const run = this.nextRun();
    const dimensionChanges = await gatherChanges({ store, state }, this.table, run, progress, behind);
    return { run, files, poisoned: [], dimensionRuns: runs, dimensionChanges, place };
  }

  private nextRun(): string {
    return formatRun(this.dependencies.journal.epoch, ++this.chunks);
  }

  private async runChunk(open: OpenTable, chunk: Chunk, progress: SilverProgress | undefined): Promise<ChunkResult> {
    try {
      const { inspected, statements } = await this.plan(open, chunk);
      const committed = this.progressAfter(open, chunk, progress);
      await this.write(statements, committed, chunk.place);
      return { inspected, committed, poisoned: chunk.poisoned };
    } catch (error) {
      if (!(error instanceof QueryFailedError) || error.failure.kind !== 'statement') throw error;
      const ports = { store: this.dependencies.store, meter: this.meter };
      const poisoned = await findPoisonedFiles(ports, this.table, chunk.run, readable(chunk));
      if (poisoned.length === 0) throw error;
      return this.runChunk(open, { ...chunk, run: this.nextRun(), poisoned: [...chunk.poisoned, ...poisoned] }, progress);
    }
  }

  /** The statements of one chunk, in the order that keeps them safe to repeat after a crash between any two. */
  private async plan(open: OpenTable, chunk: Chunk): Promise<{ inspected: Inspection; statements: Statement[] }> {
    const { store, clock } = this.dependencies;
    const { run, dimensionChanges } = chunk;
    await writeManifest(store, { bronzeName: this.table.bronzeName, run }, readable(chunk).map(key => store.uri(key)));
    const inspected = inspectionOf(this.table, await this.meter.query(inspection(this.table, run)));
    this.assertExpectations(inspected);
    await this.requestRebuild(open, run);
    const ledger = ledgerInsert(this.table, run, dimensionChanges);
    const merges = inspected.keys > 0 ? await this.mergeScopes(open, run) : [];
    const rewrites = await this.rewriteScopes(open, dimensionChanges);
    const statements = [
      ...chunk.place === 'first' ? await this.clearRetired(open) : [],
      // Before the MERGE: after it, a crash would leave the key free for a late older change.
      ...inspected.removed > 0 ? [absentMerge(this.table, run)] : [],
      // Before the MERGE: after it, the old values could not be read any more.
      ...ledger ? [ledger] : [],
      ...merges.map(scope => silverMerge(this.table, run, clock.now(), scope)),
      ...rewrites.flatMap(scope => reEnrichment(this.table, dimensionChanges, clock.now(), scope) ?? []),
    ];
    return { inspected, statements };
  }

  /** Before anything of the run is written: what older definitions encoded in its files is only to stand in for a while. */
  private async requestRebuild({ rebuild, definitionEpoch }: OpenTable, run: string): Promise<void> {
    if (definitionEpoch === 1) return;
    const [{ outdated }] = await this.meter.query(outdatedChanges(this.table, run, definitionEpoch));
    if (Number(outdated) > 0) await rebuild.request(run);
  }

  private async clearRetired({ retired, totalBytes }: OpenTable): Promise<Statement[]> {
    if (Object.keys(retired).length === 0) return [];
    const { clock, mergeLimits } = this.dependencies;
    const partitioned = this.table.partitions.length > 0;
    const partitions = partitioned ? partitionsOf(this.table, await this.meter.query(filledPartitions(this.table, retired))) : [];
    const scopes = partitioned ? planRewrites(partitions, this.table.buckets, totalBytes, mergeLimits) : [{}];
    return scopes.map(scope => clearColumns(this.table, retired, clock.now(), scope));
  }

  private assertExpectations({ violations }: Inspection): void {
    const failing = this.table.expectations.filter(({ name, action }) => action === 'fail' && violations[name] > 0);
    if (failing.length === 0) return;
    throw new ExpectationFailedError(this.table.name, Object.fromEntries(failing.map(({ name }) => [name, violations[name]])));
  }

  private async mergeScopes(open: OpenTable, run: string): Promise<MergeScope[]> {
    if (this.table.partitions.length === 0) return [{}];
    const moves = movesOf(this.table, await this.meter.query(moveProbe(this.table, run)));
    return planMerges(moves, this.table.buckets, open.totalBytes, this.dependencies.mergeLimits);
  }

  private async rewriteScopes(open: OpenTable, changes: DimensionChanges): Promise<MergeScope[]> {
    if (this.table.partitions.length === 0) return [{}];
    const probe = staleProbe(this.table, changes);
    if (!probe) return [];
    const partitions = partitionsOf(this.table, await this.meter.query(probe));
    return planRewrites(partitions, this.table.buckets, open.totalBytes, this.dependencies.mergeLimits);
  }

  private progressAfter(open: OpenTable, chunk: Chunk, progress: SilverProgress | undefined): SilverProgress {
    return {
      tableUuid: open.uuid,
      definitionEpoch: open.definitionEpoch,
      committedRun: chunk.run,
      ...progressAfter(this.table.bronzeName, progress, chunk.files, this.dependencies.clock.now()),
      enrichedUpTo: chunk.dimensionRuns,
      poisoned: [...progress?.poisoned ?? [], ...chunk.poisoned],
      ...asOf(progress, chunk.files),
      ledgerColumns: ledgerColumns(this.table),
    };
  }

  /** One after the other; the last one's end and the table's progress are one write. */
  private async write(statements: readonly Statement[], committed: SilverProgress, place: Chunk['place']): Promise<void> {
    const { journal } = this.dependencies;
    const commit = (state: ControlState): ControlState => {
      const others = place === 'first' ? redefined(state, this.table) : state;
      return {
        ...others,
        progress: { ...others.progress, [this.table.name]: committed },
        steps: doubled(state.steps, this.table.name),
      };
    };
    for (const statement of statements.slice(0, -1)) this.meter.add(await journal.execute(this.slot, statement));
    const last = statements.at(-1);
    if (last) this.meter.add(await journal.execute(this.slot, last, commit));
    else await journal.commit(commit);
  }
}

interface ChunkResult {
  readonly inspected: Inspection;
  readonly committed: SilverProgress;
  readonly poisoned: readonly PoisonedFile[];
}

function readable({ files, poisoned }: Chunk): string[] {
  const unreadable = new Set(poisoned.map(({ key }) => key));
  return files.keys.filter(key => !unreadable.has(key));
}

/** Only the last chunk leaves nothing older behind. */
function asOf(progress: SilverProgress | undefined, { newest, more }: NewFiles): Pick<SilverProgress, 'asOf'> {
  const former = progress?.asOf ?? '';
  const latest = more === 'no' && newest && newest.toISOString() > former ? newest.toISOString() : former;
  return latest === '' ? {} : { asOf: latest };
}

function earlier(one: Date | undefined, other: Date | undefined): Date | undefined {
  return one && other ? new Date(Math.min(one.getTime(), other.getTime())) : one ?? other;
}

function stepped(limits: ChunkLimits, files: number | undefined): ChunkLimits {
  return files === undefined ? limits : { ...limits, files: Math.min(files, limits.files) };
}

/** After each chunk that went well the next one may be larger again. */
function doubled(steps: ControlState['steps'], table: string): ControlState['steps'] {
  const { [table]: step, ...others } = steps;
  return step === undefined || step >= LARGEST_STEP ? others : { ...others, [table]: 2 * step };
}
