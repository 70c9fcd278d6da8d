import type { ControlState } from '../journal/control-state';
import { readRebuild } from '../rebuild/rebuild-state';
import { limiter } from '../silver/dependency-schedule';
import { isOwnRun, manifestsOf, type ManifestSummary } from '../silver/run-manifest';
import type { SilverTable } from '../silver/silver-table';
import type { SlotWork } from './slot-work';

/** For a look back, and for the sweep, which reads those of the last days. */
const KEPT = 14 * 24 * 60 * 60 * 1000;

const DELETED_AT_ONCE = 16;

/** Removes run manifests that nothing will read any more. */
export async function pruneManifests(work: SlotWork, silver: SilverTable): Promise<void> {
  const { store, clock, journal } = work.dependencies;
  const enriched = lowestEnriched(journal.state, silver.name);
  const queued = await queuedRuns(work, silver);
  const before = clock.now().getTime() - KEPT;
  const old: ManifestSummary[] = [];
  let latest: ManifestSummary | undefined;
  for await (const manifest of manifestsOf(store, silver.bronzeName)) {
    if (isOwnRun(manifest.run)) latest = manifest;
    const isNeeded = queued.has(manifest.run) || (isOwnRun(manifest.run) && enriched !== undefined && manifest.run > enriched);
    if (!isNeeded && manifest.lastModified.getTime() < before) old.push(manifest);
  }
  // Its number tells where to go on from, should the journal be lost.
  const gone = old.filter(({ key }) => key !== latest?.key);
  const limit = limiter(DELETED_AT_ONCE);
  await Promise.all(gone.map(({ key }) => limit(() => store.delete(key))));
  work.count('manifestsPruned', gone.length);
}

/** Runs whose changes are still to be encoded again: without the manifest all of the change log would have to be read for each. */
async function queuedRuns(work: SlotWork, silver: SilverTable): Promise<ReadonlySet<string>> {
  const { queue = [] } = await readRebuild(work.dependencies.store, silver.name) ?? {};
  return new Set(queue.flatMap(one => one.kind === 'run' ? [one.run] : []));
}

/**
 * The last run of a dimension that every table has been enriched from; undefined if none is enriched from it. Tables that are
 * declared no more count as well: one that is declared again goes on from where it was.
 */
export function lowestEnriched({ progress }: ControlState, dimension: string): string | undefined {
  return Object.values(progress).flatMap(({ enrichedUpTo }) => enrichedUpTo[dimension] ?? []).sort()[0];
}
