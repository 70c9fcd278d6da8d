import type { Named } from '../../src/spec/pipeline-spec';
import { BACKFILLS_PREFIX } from '../../src/spec/storage-layout';
import { progressOf, type BackfillProgress } from '../backfill/backfill';
import type { BackfillRequest } from '../backfill/backfill-request';
import { readBackfill } from '../backfill/backfill-state';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { readRebuild, type RebuildState } from '../rebuild/rebuild-state';

/** How far a backfill, a repair or a heal of one table has come. */
export interface BackfillStatus extends BackfillProgress {
  readonly id: string;
  readonly table: string;
  readonly kind: BackfillRequest['kind'];
  readonly startedAt: string;
  /** When it last went on. */
  readonly updatedAt: string;
  readonly silentSeconds: number;
}

/** How far a table has come with a changed definition. */
export interface RebuildStatus {
  /** `encoding`: changes are still to be encoded again; `merging`: they are, and Silver takes them. */
  readonly state: 'encoding' | 'merging';
  readonly epoch: number;
  readonly filesRead: number;
  readonly changes: number;
  /** Files and changes that could not be encoded again. */
  readonly skipped: number;
}

const DAY = 24 * 60 * 60;

/** Those that are not done, and those that ended within the last day; the latest first. */
export async function backfillStatus({ store, clock }: { readonly store: ObjectStore; readonly clock: Clock }): Promise<BackfillStatus[]> {
  const found: BackfillStatus[] = [];
  for await (const { key } of store.list(BACKFILLS_PREFIX)) {
    if (!key.endsWith('.json')) continue;
    const version = await readBackfill(store, key.slice(BACKFILLS_PREFIX.length, -'.json'.length));
    if (!version) continue;
    const { request: { id, table, kind }, startedAt, updatedAt, phase } = version.state;
    const silentSeconds = Math.round((clock.now().getTime() - Date.parse(updatedAt)) / 1000);
    if (phase === 'done' && silentSeconds > DAY) continue;
    found.push({ id, table, kind, startedAt, updatedAt, silentSeconds, ...progressOf(version) });
  }
  return found.sort((left, right) => right.startedAt.localeCompare(left.startedAt, 'en'));
}

/** Of tables whose rebuild is not complete. */
export async function rebuildStatus(store: ObjectStore, tables: readonly string[]): Promise<Named<RebuildStatus>> {
  const states = await Promise.all(tables.map(async table => [table, await readRebuild(store, table)] as const));
  return Object.fromEntries(states.flatMap(([table, state]) => state && !state.complete ? [[table, statusOf(state)]] : []));
}

function statusOf({ queue, epoch, progress: { files, changes, skipped } }: RebuildState): RebuildStatus {
  return { state: queue.length > 0 ? 'encoding' : 'merging', epoch, filesRead: files, changes, skipped: skipped.length };
}
