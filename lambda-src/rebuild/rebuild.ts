import { randomUUID } from 'node:crypto';
import type { PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import { REJECTED_PREFIX } from '../../src/spec/storage-layout';
import type { HashKeySource } from '../bronze/hash-key';
import { maskings } from '../bronze/masking';
import { LEASE, PARK_BEFORE } from '../journal/limits';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { requireDeployment } from '../schema/deployment';
import { failureText } from '../state/failure-text';
import { dueFiles } from './due-files';
import { REENCODING_LIMITS, ReEncoding, type ReEncodingLimits } from './re-encoding';
import { changeRebuild, isSameWork, readVersion, type RebuildState, type RebuildWork } from './rebuild-state';

export interface RebuildDependencies {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  readonly limits?: ReEncodingLimits;
  /** Needed where the spec hashes private values. */
  readonly hashKey?: HashKeySource;
}

/** What one invocation did. */
export interface RebuildReport {
  readonly tables: { readonly [silverTable: string]: RebuildTableReport };
}

export interface RebuildTableReport {
  /**
   * `encoded`: Silver has all it needs; `parked`: time ran out, the next invocation goes on; `busy`: another one is at it; `waiting`: the
   * deploy of this code has not ended, or Silver has not begun.
   */
  readonly state: 'encoded' | 'parked' | 'busy' | 'waiting' | 'idle' | 'failed';
  readonly files: number;
  readonly changes: number;
  /** Files and single changes that could not be encoded again. */
  readonly skipped: number;
  readonly error?: string;
}

/** At least one table's changes could not be encoded again; the others' are, as far as there was time. */
export class RebuildFailedError extends Error {
  public readonly name = 'RebuildFailedError';
  public constructor(public readonly report: RebuildReport) {
    const failed = Object.entries(report.tables).filter(([, { state }]) => state === 'failed');
    super(failed.map(([table, { error }]) => `${table}: ${error}`).join('\n'));
  }
}

/**
 * Encodes changes of older definitions again under the present one, from the images that Bronze keeps, as new Bronze files. Silver
 * takes these like any others; a greater epoch makes them win over what they say the same change was. It runs beside all other
 * stages: it neither holds the journal nor touches a table.
 */
export class Rebuild {
  private readonly worker = randomUUID();

  public constructor(private readonly dependencies: RebuildDependencies) {}

  /** Throws RebuildFailedError after all tables when one failed. */
  public async run(): Promise<RebuildReport> {
    const { spec, store } = this.dependencies;
    const deployment = await requireDeployment(store);
    const tables: { [silverTable: string]: RebuildTableReport } = {};
    for (const [name, table] of Object.entries(spec.tables)) {
      const latest = deployment.definitions[name]?.at(-1);
      tables[name] = latest?.hash === table.definitionHash ? await this.tableReport(name, table, latest.epoch) : { ...NOTHING, state: 'waiting' };
    }
    if (Object.values(tables).some(({ state }) => state === 'failed')) throw new RebuildFailedError({ tables });
    return { tables };
  }

  private async tableReport(name: string, table: SilverTableSpec, epoch: number): Promise<RebuildTableReport> {
    try {
      return await this.table(name, table, epoch);
    } catch (error) {
      return { ...NOTHING, state: 'failed', error: failureText(error) };
    }
  }

  private async table(name: string, table: SilverTableSpec, epoch: number): Promise<RebuildTableReport> {
    const version = await readVersion(this.dependencies.store, name);
    if (!version || version.state.queue.length === 0) return { ...NOTHING, state: version ? 'encoded' : 'idle' };
    if (version.state.epoch !== epoch) return { ...NOTHING, state: 'waiting' };
    if (version.state.worker !== null && version.age < LEASE) return { ...NOTHING, state: 'busy' };
    // A deploy may have come since, and Silver may have begun with it: what that asks for is not for this code.
    const taken = await this.change(name, state => state?.epoch === epoch ? { ...state, worker: this.worker } : state);
    if (taken?.worker !== this.worker) return { ...NOTHING, state: 'waiting' };
    const before = taken.progress;
    let encoded: Encoded;
    try {
      encoded = await this.encode(name, table, epoch);
    } finally {
      // Nobody need wait for one that has failed; for one that has died they do.
      await this.change(name, present => present?.worker === this.worker ? { ...present, worker: null } : present);
    }
    const { state, skipped } = encoded;
    return {
      state: !state || state.worker !== this.worker ? 'busy' : state.queue.length === 0 ? 'encoded' : 'parked',
      files: (state?.progress.files ?? 0) - before.files,
      changes: (state?.progress.changes ?? 0) - before.changes,
      skipped,
    };
  }

  /** Works off the queue until it is empty, time is short, or another has taken over. */
  private async encode(name: string, table: SilverTableSpec, epoch: number): Promise<Encoded> {
    const { spec, store, clock, timeLeft, limits = REENCODING_LIMITS, hashKey } = this.dependencies;
    const masking = (await maskings(spec, store, hashKey))[name];
    let skipped = 0;
    for (;;) {
      const state = (await readVersion(store, name))?.state;
      const [work] = state?.queue ?? [];
      if (!state || !work || state.worker !== this.worker || timeLeft() < PARK_BEFORE) return { state, skipped };
      const encoding = new ReEncoding({ store, clock }, table, { from: work.kind === 'log' ? state.base : 0, epoch }, limits, masking);
      for await (const step of encoding.steps(dueFiles(store, table.bronzeName, work))) {
        const written = await this.change(name, present => present && this.advanced(present, work, step));
        if (written?.worker !== this.worker || written.epoch !== epoch) return { state: written, skipped };
        skipped += step.skipped.length;
        if (timeLeft() < PARK_BEFORE) return { state: written, skipped };
      }
      const rejectedFiles = await this.rejectedFiles(table);
      await this.change(name, present => present && this.finished(present, work, rejectedFiles));
    }
  }

  private advanced(state: RebuildState, work: RebuildWork, step: { readonly last: string } & Omit<RebuildState['progress'], 'rejectedFiles'>): RebuildState {
    const { progress } = state;
    return this.ours(state, {
      queue: state.queue.map(other => isSameWork(other, work) ? { ...other, after: step.last } : other),
      progress: {
        ...progress,
        files: progress.files + step.files,
        changes: progress.changes + step.changes,
        skipped: [...progress.skipped, ...step.skipped].slice(0, MOST_SKIPPED),
      },
    });
  }

  private finished(state: RebuildState, work: RebuildWork, rejectedFiles: number): RebuildState {
    return this.ours(state, {
      queue: state.queue.filter(other => !isSameWork(other, work)), progress: { ...state.progress, rejectedFiles },
    });
  }

  /** Who has lost the work to another leaves its state alone. */
  private ours(state: RebuildState, change: Partial<RebuildState>): RebuildState {
    return state.worker === this.worker ? { ...state, ...change } : state;
  }

  private change(name: string, change: Parameters<typeof changeRebuild>[2]): Promise<RebuildState | undefined> {
    return changeRebuild(this.dependencies, name, change);
  }

  private async rejectedFiles({ bronzeName }: SilverTableSpec): Promise<number> {
    let files = 0;
    for await (const { key } of this.dependencies.store.list(`${REJECTED_PREFIX}${bronzeName}/`)) files += key.endsWith('.json') ? 1 : 0;
    return files;
  }
}

/** Where one invocation has left the table, and how much it has left out itself: the state names the first of all only. */
interface Encoded {
  readonly state: RebuildState | undefined;
  readonly skipped: number;
}

const NOTHING = { files: 0, changes: 0, skipped: 0 };

/** Enough to see what is wrong; the state must stay small. */
const MOST_SKIPPED = 100;
