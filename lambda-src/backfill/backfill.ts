import { createHash } from 'node:crypto';
import { HEALABLE_DAYS } from '../../src/spec/export-reach';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { backfillKey, EXPORTS_PREFIX } from '../../src/spec/storage-layout';
import { DeployedTables } from '../bronze/deployed-tables';
import type { HashKeySource } from '../bronze/hash-key';
import { maskings } from '../bronze/masking';
import { readControl } from '../journal/control-object';
import type { SilverProgress } from '../journal/control-state';
import { readPaused } from '../operations/paused-state';
import type { ItemReader } from '../ports/item-reader';
import type { ObjectStreams } from '../ports/object-streams';
import type { StageDependencies } from '../ports/stage-dependencies';
import type { TableExports } from '../ports/table-exports';
import { requireDeployment, sourceOf } from '../schema/deployment';
import { isTaken, newFiles } from '../silver/bronze-listing';
import { SilverTable } from '../silver/silver-table';
import type { BackfillRequest } from './backfill-request';
import { BACKFILL_VERSION, BackfillRecord, isExpired, NEW_EXPORT, workerOf, type BackfillState, type ExportState } from './backfill-state';
import { ANOTHER_EXPORT, BackfillRefusedError, ExportCorruptError, ExportFailedError, PointInTimeRecoveryOffError } from './errors';
import type { ExportSource } from './export-line';
import { ExportLoad, type LoadedTable, type LoadLimits } from './export-load';
import { corrupt, readExportManifest, type ExportManifest } from './export-manifest';
import { Removal } from './removal';
import { Settlement } from './settlement';
import { SHORTEST_WINDOW, windowsOf, type Window } from './windows';

export interface BackfillDependencies extends Omit<StageDependencies, 'pipeline'> {
  readonly streams: ObjectStreams;
  readonly exports: TableExports;
  readonly items: ItemReader;
  /** Lets Silver take what is new; it need not wait for the end. */
  readonly startSilver: () => Promise<void>;
  /** Asked if a table hashes attributes. */
  readonly hashKey?: HashKeySource;
  readonly loadLimits?: LoadLimits;
}

/** What to do next: go on at once, go on after a while, leave it to an execution that is at it already, or nothing. */
export type BackfillStep = NextStep & {
  /** What this step alone has done. */
  readonly done: BackfillCounts;
};

type NextStep =
  | { readonly state: 'working'; readonly progress: BackfillProgress }
  | { readonly state: 'waiting'; readonly seconds: number; readonly progress: BackfillProgress }
  | { readonly state: 'elsewhere'; readonly execution: string; readonly progress: BackfillProgress }
  | { readonly state: 'done'; readonly progress: BackfillProgress };

export interface BackfillCounts {
  readonly rows: number;
  readonly rejected: number;
  readonly settled: number;
  readonly removed: number;
}

/** A backfill in a few words, for whoever watches it. */
export interface BackfillProgress extends BackfillCounts {
  readonly phase: BackfillState['phase'];
  readonly export: string;
  readonly files: string;
}

/** In seconds. An execution may hold 25,000 events, and each question whether something has ended adds nine, more if it fails. */
const SHORTEST_PAUSE = 60;
const LONGEST_PAUSE = 600;
const LONGEST_HEAL = HEALABLE_DAYS * 24 * 60 * 60 * 1000;
/** Each costs money by the size of the table, and what no export cures is no better the next night. */
const MOST_EXPORTS = 3;
const MINUTE_MICROS = 60_000_000n;

/**
 * Fills a Silver table from exports of its source: export, load into the change log, settle what the clocks leave open, and let
 * Silver take it. Each call does what can be done now and writes down how far it has come, so that anybody can go on.
 */
export class Backfill {
  private readonly deployed: DeployedTables;

  public constructor(private readonly dependencies: BackfillDependencies) {
    this.deployed = new DeployedTables(dependencies.store);
  }

  /**
   * Throws PointInTimeRecoveryOffError, ExportRefusedError, ExportFailedError, ExportCorruptError, KeyUnreadableError or
   * BackfillRefusedError if it cannot go on, BackfillBusyError if somebody else has begun to go on with it at this very moment.
   *
   * @param execution the name of who asks; while one is at a backfill it is left to that
   */
  public async advance(request: BackfillRequest, execution: string): Promise<BackfillStep> {
    const { spec, store, clock } = this.dependencies;
    assertKnown(request, spec);
    const record = await BackfillRecord.open(store, request.id, () => this.begun(request));
    const before = progressOf(record);
    const worker = workerOf(record.state, clock.now());
    const step: NextStep = worker !== undefined && worker.execution !== execution
      ? { state: 'elsewhere', execution: worker.execution, progress: before }
      : await this.ownStep(record, execution);
    return { ...step, done: difference(step.progress, before) };
  }

  private async ownStep(record: BackfillRecord, execution: string): Promise<NextStep> {
    if (record.state.phase === 'done') return { state: 'done', progress: progressOf(record) };
    await record.writeWorker({ execution, at: this.dependencies.clock.now().toISOString() });
    try {
      await this.assertSameSource(record.state);
      return await this.step(record);
    } catch (error) {
      if (error instanceof ExportCorruptError) {
        const { current } = record;
        await record.writeAnotherExport(this.dependencies.clock.now());
        if (isExpired(current, this.dependencies.clock.now())) return working(record);
      }
      // Whoever goes on once the cause is gone need not wait. What has been taken away meanwhile is somebody else's.
      await record.writeWorker(undefined).catch(() => undefined);
      throw error;
    }
  }

  private async step(record: BackfillRecord): Promise<NextStep> {
    switch (record.state.phase) {
      case 'exporting': return this.export(record);
      case 'loading': return this.load(record);
      case 'settling': return this.settle(record);
      case 'merging': return this.awaitSilver(record);
      case 'removing': return this.remove(record);
      case 'done': return { state: 'done', progress: progressOf(record) };
    }
  }

  private async begun(request: BackfillRequest): Promise<BackfillState> {
    const { clock } = this.dependencies;
    const tableArn = await this.source(request.table);
    if (tableArn === undefined) throw new BackfillRefusedError(`no deploy has recorded the source of ${request.table}: deploy the stack again`);
    const now = clock.now();
    const windows = request.kind === 'window' ? windowsOf(await this.spanOf(request, tableArn), now) : [undefined];
    const exports = windows.map((window): ExportState =>
      window ? { ...NEW_EXPORT, from: window.from.toISOString(), to: window.to.toISOString() } : NEW_EXPORT);
    return {
      formatVersion: BACKFILL_VERSION,
      request,
      tableArn,
      startedAt: now.toISOString(),
      updatedAt: now.toISOString(),
      phase: 'exporting',
      exports,
      current: 0,
      awaited: [],
      removed: 0,
    };
  }

  /** A deploy may have put another table in its place since: the change log is that one's now. */
  private async assertSameSource({ request: { table }, tableArn }: BackfillState): Promise<void> {
    const source = await this.source(table);
    if (source === undefined || source === tableArn) return;
    throw new BackfillRefusedError(`${table} is read from ${source} since a deploy, so that nothing more is loaded from ${tableArn}: `
      + 'start another backfill for the new source; the first load of it that a deploy starts is another one already');
  }

  /** As the last deploy has recorded it. */
  private async source(table: string): Promise<string | undefined> {
    const { spec, store } = this.dependencies;
    return sourceOf(await requireDeployment(store), spec.tables[table].bronzeName);
  }

  /** As far back as the table can be exported, where nobody knows better: what a stream has lost shows nowhere. */
  private async spanOf({ from, to }: BackfillRequest, tableArn: string): Promise<Window> {
    const end = new Date(to ?? NaN);
    if (from !== undefined) return { from: new Date(from), to: end };
    const earliest = await this.recoverableFrom(tableArn);
    return { from: new Date(Math.max(earliest.getTime(), end.getTime() - LONGEST_HEAL)), to: end };
  }

  private async recoverableFrom(tableArn: string): Promise<Date> {
    const earliest = await this.dependencies.exports.recoverableFrom(tableArn);
    if (!earliest) throw new PointInTimeRecoveryOffError(tableArn);
    return earliest;
  }

  private async export(record: BackfillRecord): Promise<NextStep> {
    const { exports, clock } = this.dependencies;
    if (record.current.exportArn === undefined) {
      await record.writeCurrent({ exportArn: await this.startExport(record), exportedAt: clock.now().toISOString() }, clock.now());
    }
    const status = await exports.describe(record.current.exportArn!);
    switch (status.state) {
      case 'running': return waiting(record, this.pause(record));
      case 'failed': {
        const { exportArn } = record.current;
        await record.writeAnotherExport(clock.now());
        throw new ExportFailedError(`the export ${exportArn} failed: ${status.message}. ${ANOTHER_EXPORT}`);
      }
      case 'completed': {
        const manifest = await readExportManifest(this.dependencies.store, status.manifestKey);
        await record.writeCurrent({
          manifestKey: status.manifestKey,
          exportId: manifest.exportId,
          items: manifest.itemCount,
          files: manifest.files.length,
          ...manifest.kind === 'full' ? { time: String(BigInt(manifest.exportTime.getTime()) * 1000n - MINUTE_MICROS) } : {},
        }, clock.now(), { phase: 'loading' });
        return working(record);
      }
    }
  }

  private async startExport({ state, current }: BackfillRecord): Promise<string> {
    const { exports } = this.dependencies;
    const { tableArn, request: { id, table } } = state;
    if ((current.failed ?? 0) >= MOST_EXPORTS) throw new BackfillRefusedError(tooManyExports(id, tableArn));
    const earliest = await this.recoverableFrom(tableArn);
    // Windows are cut at whole seconds.
    if (current.from !== undefined && Date.parse(current.from) < Math.floor(earliest.getTime() / 1000) * 1000) {
      const possibleAt = new Date(earliest.getTime() + SHORTEST_WINDOW);
      throw new BackfillRefusedError(`the window begins ${current.from}, but ${tableArn} can be recovered from ${earliest.toISOString()} on only: `
        + (possibleAt.getTime() <= Date.parse(state.exports.at(-1)!.to!)
          ? 'begin another one then, and repair the table in full if changes of before may be missing'
          : `repair the table in full, or begin another one after ${possibleAt.toISOString()}, since no export covers less than 15 minutes`));
    }
    return exports.start({
      tableArn,
      // DynamoDB answers it with the same export for 8 hours: a crash before the ARN is noted starts no second one.
      token: createHash('sha256').update(JSON.stringify([tableArn, id, state.startedAt, state.current, ...current.failed ? [current.failed] : []])).digest('hex').slice(0, 36),
      prefix: `${EXPORTS_PREFIX}${table}`,
      scope: current.from === undefined ? { kind: 'full' } : { kind: 'window', from: new Date(current.from), to: new Date(current.to!) },
    });
  }

  private async load(record: BackfillRecord): Promise<NextStep> {
    const { table, manifest, source } = await this.opened(record);
    const end = await new ExportLoad(this.dependencies, table, record, manifest, source).run();
    if (end === 'parked') return working(record);
    const { rows, rejected, items, manifestKey } = record.current;
    if (rows + rejected !== items) throw corrupt(manifestKey!, `it counts ${items} items, but ${rows + rejected} were loaded`);
    await record.write({ phase: 'settling' }, this.dependencies.clock.now());
    return working(record);
  }

  private async settle(record: BackfillRecord): Promise<NextStep> {
    const { clock } = this.dependencies;
    const { table, manifest, source } = await this.opened(record);
    const { current, state: { tableArn, request } } = record;
    const covered = current.from === undefined
      ? { from: source.time, before: source.time }
      : { from: microsOf(current.from), before: microsOf(current.to!) };
    const silver = new SilverTable(this.dependencies.spec, request.table);
    const settled = { silver, table, tableArn, manifest, source, covered };
    const { items, written, outcome } = await new Settlement(this.dependencies, settled).run();
    if (items > 0) {
      await record.writeCurrent({ settled: current.settled + items, written: [...current.written, ...written] }, clock.now());
    }
    if (outcome.kind === 'wait') return waiting(record, outcome.seconds);
    if (outcome.kind === 'more') return working(record);
    if (record.state.current === record.state.exports.length - 1) return this.merge(record);
    await record.write({ phase: 'exporting', current: record.state.current + 1 }, clock.now());
    return working(record);
  }

  /** All that was in the change log when the last row had been written, so that a repair then sees every row that may be too old. */
  private async awaitSilver(record: BackfillRecord): Promise<NextStep> {
    const { spec, store, clock, startSilver } = this.dependencies;
    const { request: { table, kind }, awaited } = record.state;
    const { bronzeName, ttlDeletes } = spec.tables[table];
    const progress = await this.silverProgress(table);
    if (!awaited.every(key => isTaken(bronzeName, progress, key))) {
      // Whoever has paused Silver wants no run; the rows are taken by the first one after it.
      if (!Object.hasOwn((await readPaused(store)).schedules, 'silver')) await startSilver();
      return waiting(record, this.pause(record));
    }
    // Items that expired are not in the export either, and are to stay.
    const removes = kind === 'repair' && ttlDeletes === 'remove';
    await record.write({ phase: removes ? 'removing' : 'done', awaited: [] }, clock.now());
    return working(record);
  }

  private async merge(record: BackfillRecord): Promise<NextStep> {
    const { spec, store, clock } = this.dependencies;
    const { table } = record.state.request;
    const progress = await this.silverProgress(table);
    const { keys } = await newFiles(store, spec.tables[table].bronzeName, progress, { files: Infinity, bytes: Infinity });
    await record.write({ phase: 'merging', awaited: keys }, clock.now());
    return working(record);
  }

  private async remove(record: BackfillRecord): Promise<NextStep> {
    const { clock } = this.dependencies;
    const { current, state: { removed, request } } = record;
    if (current.rejected > 0) {
      throw new BackfillRefusedError(`${current.rejected} lines of the export could not be read (they are in rejected/), so it is not known which items `
        + 'it lacks, and nothing was removed. Correct the definition or the items, and repair again');
    }
    const { table, source } = await this.opened(record);
    const silver = new SilverTable(this.dependencies.spec, request.table);
    const step = await new Removal(this.dependencies, silver, table, source).run(current.written);
    if (step.removed > 0) {
      await record.writeCurrent({ written: [...current.written, ...step.written] }, clock.now(), { removed: removed + step.removed });
      return working(record);
    }
    const progress = await this.silverProgress(request.table);
    if (current.written.every(key => isTaken(silver.bronzeName, progress, key))) {
      await record.write({ phase: 'done' }, clock.now());
      return working(record);
    }
    return this.merge(record);
  }

  /** The longer nothing has happened, the longer it may take. */
  private pause({ state: { updatedAt } }: BackfillRecord): number {
    const waited = (this.dependencies.clock.now().getTime() - Date.parse(updatedAt)) / 1000;
    return Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, Math.ceil(2 * waited)));
  }

  private async silverProgress(table: string): Promise<SilverProgress | undefined> {
    const { store, clock } = this.dependencies;
    return (await readControl(store, clock))?.state.progress[table];
  }

  private async opened({ current, state }: BackfillRecord): Promise<OpenExport> {
    const { spec, store } = this.dependencies;
    const definition = spec.tables[state.request.table];
    const manifest = await readExportManifest(store, current.manifestKey!);
    const source: ExportSource = {
      exportId: manifest.exportId,
      kind: manifest.kind,
      tableName: state.tableArn.slice(state.tableArn.lastIndexOf('/') + 1),
      time: BigInt(current.time ?? 0),
    };
    const epoch = await this.deployed.epoch(state.request.table, definition);
    const { [state.request.table]: masking } = await maskings(spec, store, this.dependencies.hashKey);
    return { table: { spec: definition, epoch, masking }, manifest, source };
  }
}

interface OpenExport {
  readonly table: LoadedTable;
  readonly manifest: ExportManifest;
  readonly source: ExportSource;
}

function assertKnown({ id, table, kind }: BackfillRequest, spec: PipelineSpec): void {
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(id)) throw new BackfillRefusedError(`the id ${JSON.stringify(id)} must be 1 to 200 letters, digits, - and _`);
  if (!Object.hasOwn(spec.tables, table)) {
    throw new BackfillRefusedError(`there is no Silver table ${JSON.stringify(table)}, or no more since a deploy, so that nothing is loaded into it. `
      + `There are ${Object.keys(spec.tables).join(', ')}`);
  }
  if (!['full', 'repair', 'window'].includes(kind)) throw new BackfillRefusedError(`the kind ${JSON.stringify(kind)} must be full, repair or window`);
}

function tooManyExports(id: string, tableArn: string): string {
  return `${MOST_EXPORTS} exports of ${tableArn} could not be used, each as its execution has said, and no other one is paid for. Fix: remove the cause; `
    + `then start the backfill anew under another name, or delete ${backfillKey(id)} from the pipeline's bucket if it is a first load, which then begins anew`;
}

function microsOf(iso: string): bigint {
  return BigInt(Date.parse(iso)) * 1000n;
}

function working(record: BackfillRecord): NextStep {
  return { state: 'working', progress: progressOf(record) };
}

function waiting(record: BackfillRecord, seconds: number): NextStep {
  return { state: 'waiting', seconds, progress: progressOf(record) };
}

/** Where another export takes the place of one, counting begins anew. */
function difference(now: BackfillCounts, before: BackfillCounts): BackfillCounts {
  const grown = (count: keyof BackfillCounts) => Math.max(0, now[count] - before[count]);
  return {
    rows: grown('rows'), rejected: grown('rejected'), settled: grown('settled'), removed: grown('removed'),
  };
}

export function progressOf({ state }: { readonly state: BackfillState }): BackfillProgress {
  const sum = (of: (one: ExportState) => number) => state.exports.reduce((total, one) => total + of(one), 0);
  const { loadedFiles, files } = state.exports[state.current];
  return {
    phase: state.phase,
    export: `${state.current + 1} of ${state.exports.length}`,
    files: `${loadedFiles} of ${files}`,
    rows: sum(one => one.rows),
    rejected: sum(one => one.rejected),
    settled: sum(one => one.settled),
    removed: state.removed,
  };
}
