import { RUNS_PREFIX, runPrefix } from '../../src/spec/storage-layout';
import type { ObjectStore } from '../ports/object-store';
import type { BronzeRun } from '../sql/nodes';

/**
 * Writes down which Bronze files a run reads: one URI a line, the form that Athena's symlink tables read. Written once; a
 * run number is never used twice, so what is there already can only be the same.
 */
export async function writeManifest(store: ObjectStore, run: BronzeRun, files: readonly string[]): Promise<void> {
  await store.put(manifestKey(run), files.join('\n'), { kind: 'absent' });
}

export async function readManifest(store: ObjectStore, run: BronzeRun): Promise<string[]> {
  const files = await findManifest(store, run);
  if (!files) throw new Error(`run ${run.run} of ${run.bronzeName} has no manifest`);
  return files;
}

/** As `readManifest`; undefined if the manifest has been removed since. */
export async function findManifest(store: ObjectStore, run: BronzeRun): Promise<string[] | undefined> {
  const object = await store.get(manifestKey(run));
  return object && new TextDecoder().decode(object.body).split('\n').filter(line => line !== '');
}

export interface ManifestSummary {
  readonly key: string;
  readonly run: string;
  readonly lastModified: Date;
}

/** All manifests of a change log, in the order of their runs. */
export async function* manifestsOf(store: ObjectStore, bronzeName: string, after?: string): AsyncIterable<ManifestSummary> {
  const prefix = `${RUNS_PREFIX}${bronzeName}/run=`;
  for await (const { key, lastModified } of store.list(prefix, after)) {
    yield { key, run: key.slice(prefix.length, key.lastIndexOf('/')), lastModified };
  }
}

/** Manifests that other tables gathered, and those of probes, have something behind the run. */
export function isOwnRun(run: string): boolean {
  return !run.includes('-');
}

function manifestKey({ bronzeName, run }: BronzeRun): string {
  return `${runPrefix(bronzeName, run)}manifest`;
}
