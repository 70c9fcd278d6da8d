import { bronzePrefix, hourPrefix } from '../../src/spec/storage-layout';
import type { SilverProgress } from '../journal/control-state';
import { isDataFile } from '../silver/bronze-listing';
import { limiter } from '../silver/dependency-schedule';
import { isOwnRun, manifestsOf, readManifest } from '../silver/run-manifest';
import type { SilverTable } from '../silver/silver-table';
import type { SlotWork } from './slot-work';

const HOUR = 60 * 60 * 1000;

/** How far back files are looked for: a writer is over within minutes, and the sweep runs every day. */
const SWEPT = 3 * 24 * HOUR;

/** The clocks of those who write files, of those who list them and of the store differ. */
const CLOCK_MARGIN = 2 * HOUR;

const READ_AT_ONCE = 16;

/**
 * Looks for files that appeared under an hour when no run listed it any more, and puts them on the list that the next run takes
 * first. Manifests say what has been taken: also that of a run that was never committed, since its files are listed again.
 */
export async function sweepBronze(work: SlotWork, silver: SilverTable): Promise<void> {
  const { journal } = work.dependencies;
  const progress = journal.state.progress[silver.name];
  if (!progress) return;
  const missed = await missedFiles(work, silver, progress);
  if (missed.length === 0) return;
  await journal.commit(state => {
    const former = state.progress[silver.name];
    const names = [...new Set([...former.missed ?? [], ...missed])].sort();
    return { ...state, progress: { ...state.progress, [silver.name]: { ...former, missed: names } } };
  });
  work.healed(missed.map(name => `${bronzePrefix(silver.bronzeName)}${name}`));
}

async function missedFiles(work: SlotWork, silver: SilverTable, progress: SilverProgress): Promise<string[]> {
  const { store, clock } = work.dependencies;
  const prefix = bronzePrefix(silver.bronzeName);
  const from = hourPrefix(new Date(clock.now().getTime() - SWEPT));
  const closed: string[] = [];
  for await (const { key } of store.list(prefix, `${prefix}${from}`)) {
    const name = key.slice(prefix.length);
    if (name >= progress.listFrom) break;
    if (isDataFile(name)) closed.push(name);
  }
  if (closed.length === 0) return [];
  const known = new Set([...progress.poisoned.map(({ key }) => key.slice(prefix.length)), ...progress.missed ?? []]);
  const taken = new Set(await takenFiles(work, silver));
  return closed.filter(name => !known.has(name) && !taken.has(store.uri(`${prefix}${name}`)));
}

/** URIs in manifests that were written since the first swept hour began. */
async function takenFiles(work: SlotWork, silver: SilverTable): Promise<string[]> {
  const { store, clock } = work.dependencies;
  const since = clock.now().getTime() - SWEPT - HOUR - CLOCK_MARGIN;
  const limit = limiter(READ_AT_ONCE);
  const reading: Promise<string[]>[] = [];
  for await (const { run, lastModified } of manifestsOf(store, silver.bronzeName)) {
    if (!isOwnRun(run) || lastModified.getTime() < since) continue;
    reading.push(limit(() => readManifest(store, { bronzeName: silver.bronzeName, run })));
  }
  return (await Promise.all(reading)).flat();
}
