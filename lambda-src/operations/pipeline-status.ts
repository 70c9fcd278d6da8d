import type { Named, PipelineSpec } from '../../src/spec/pipeline-spec';
import { FAILED_BATCHES_PREFIX, REJECTED_PREFIX } from '../../src/spec/storage-layout';
import { readControl } from '../journal/control-object';
import { emptyControl, type ControlState } from '../journal/control-state';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { readDeployment } from '../schema/deployment';
import { newFiles } from '../silver/bronze-listing';
import { backfillStatus, rebuildStatus, type BackfillStatus, type RebuildStatus } from './work-under-way';

/** How a pipeline stands, from what lies in its bucket. */
export interface PipelineStatus {
  /** Who is at work; null if nobody is. */
  readonly holder: { readonly id: string; readonly silentSeconds: number } | null;
  readonly statementsInFlight: readonly StatementInFlight[];
  readonly silver: Named<SilverTableStatus>;
  readonly gold: Named<GoldTableStatus>;
  /** By Silver table; those whose rebuild is not complete. */
  readonly rebuilds: Named<RebuildStatus>;
  /** Backfills, repairs and heals that are not done, and those that ended within a day. */
  readonly backfills: readonly BackfillStatus[];
  /** Objects below the places where what could not be taken is kept. */
  readonly failedBatches: number;
  readonly rejectedFiles: number;
}

export interface StatementInFlight {
  readonly slot: string;
  readonly recordedAt: string;
  /** Null while nobody knows whether it runs. */
  readonly queryExecutionId: string | null;
}

export interface SilverTableStatus {
  /** `new`: no run has ended yet; `rebuild`: its rows were made under a former definition. */
  readonly state: 'new' | 'current' | 'behind' | 'rebuild';
  readonly committedRun: string | null;
  /** Bronze files that no run has taken. */
  readonly waitingFiles: number;
  /** Hour, UTC, of the oldest of them: `2026-01-31T09`. */
  readonly waitingSince: string | null;
  readonly unreadableFiles: readonly string[];
}

export interface GoldTableStatus {
  readonly state: 'new' | 'current' | 'behind';
  /** The Silver run up to which it has come. */
  readonly consumedRun: string | null;
}

const EVERYTHING = { files: Infinity, bytes: Infinity };

/** Reads only, and needs no journal: what it says may be a moment old. */
export async function pipelineStatus(
  { spec, store, clock }: { readonly spec: PipelineSpec; readonly store: ObjectStore; readonly clock: Clock },
): Promise<PipelineStatus> {
  const control = await readControl(store, clock);
  const state = control?.state ?? emptyControl(0);
  const deployment = await readDeployment(store);
  const silver = await Promise.all(Object.entries(spec.tables).map(async ([name, { bronzeName }]) => {
    const epoch = deployment?.definitions[name]?.at(-1)?.epoch;
    return [name, await silverStatus(store, bronzeName, state, name, epoch)] as const;
  }));
  return {
    holder: control && state.holder !== null
      ? { id: state.holder, silentSeconds: Math.round((control.servedAt.getTime() - control.lastModified.getTime()) / 1000) }
      : null,
    statementsInFlight: Object.entries(state.slots)
      .map(([slot, { recordedAt, queryExecutionId }]) => ({ slot, recordedAt, queryExecutionId: queryExecutionId ?? null })),
    silver: Object.fromEntries(silver),
    gold: Object.fromEntries(Object.entries(spec.gold).map(([name, { silverTable }]) => [name, goldStatus(state, name, silverTable)])),
    rebuilds: await rebuildStatus(store, Object.keys(spec.tables)),
    backfills: await backfillStatus({ store, clock }),
    failedBatches: await countBelow(store, FAILED_BATCHES_PREFIX),
    rejectedFiles: await countBelow(store, REJECTED_PREFIX),
  };
}

async function silverStatus(
  store: ObjectStore, bronzeName: string, { progress }: ControlState, name: string, epoch: number | undefined,
): Promise<SilverTableStatus> {
  const reached = progress[name];
  const { keys } = await newFiles(store, bronzeName, reached, EVERYTHING);
  const about = {
    committedRun: reached?.committedRun ?? null,
    waitingFiles: keys.length,
    waitingSince: keys.length === 0 ? null : hourOf(keys[0]),
    unreadableFiles: (reached?.poisoned ?? []).map(({ key }) => key),
  };
  if (!reached) return { state: 'new', ...about };
  if (epoch !== undefined && reached.definitionEpoch !== epoch) return { state: 'rebuild', ...about };
  return { state: keys.length === 0 ? 'current' : 'behind', ...about };
}

function goldStatus({ gold, progress }: ControlState, name: string, silverTable: string): GoldTableStatus {
  const position = gold[name];
  if (!position) return { state: 'new', consumedRun: null };
  const isCurrent = position.consumedRun === progress[silverTable]?.committedRun;
  return { state: isCurrent ? 'current' : 'behind', consumedRun: position.consumedRun };
}

function hourOf(key: string): string {
  const [, day, hour] = /dt=(\d{4}-\d{2}-\d{2})\/hr=(\d{2})\//.exec(key)!;
  return `${day}T${hour}`;
}

async function countBelow(store: ObjectStore, prefix: string): Promise<number> {
  let count = 0;
  for await (const object of store.list(prefix)) if (!object.key.endsWith('/')) count++;
  return count;
}
