import { runPrefix } from '../../src/spec/storage-layout';
import type { ControlState, SilverProgress } from '../journal/control-state';
import type { ObjectStore } from '../ports/object-store';
import { isOwnRun, manifestsOf, readManifest, writeManifest } from './run-manifest';
import type { SilverTable } from './silver-table';
import type { DimensionChanges } from './statements/affected';

/** Every table that rows of this one get values from, through chains of enrichments. */
export function dimensionsOf(table: SilverTable): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const { table: dimension } of table.spec.tables[name].enrichments) {
      if (found.has(dimension)) continue;
      found.add(dimension);
      visit(dimension);
    }
  };
  visit(table.name);
  return [...found].sort();
}

/** For each dimension its latest committed run; empty text before the first. */
export type DimensionRuns = { readonly [dimension: string]: string };

export function dimensionRuns(table: SilverTable, state: ControlState): DimensionRuns {
  return Object.fromEntries(dimensionsOf(table).map(dimension => [dimension, state.progress[dimension]?.committedRun ?? '']));
}

/** The dimensions that have come further than this table was last enriched from. */
export function moved(runs: DimensionRuns, progress: SilverProgress | undefined): DimensionRuns {
  return Object.fromEntries(Object.entries(runs).filter(([dimension, run]) => progress?.enrichedUpTo[dimension] !== run));
}

/**
 * Gathers the files of all the dimension's runs since the last enrichment, those that crashed included, in one manifest of this
 * table's own run, so that a statement reads one run of it however many there were.
 */
export async function gatherChanges(
  { store, state }: { readonly store: ObjectStore; readonly state: ControlState },
  table: SilverTable,
  run: string,
  progress: SilverProgress | undefined,
  behind: DimensionRuns,
): Promise<DimensionChanges> {
  const gathered = await Promise.all(Object.entries(behind).map(async ([dimension, upTo]) => {
    const from = progress?.enrichedUpTo[dimension];
    if (from === undefined) return [dimension, { kind: 'everything' as const }] as const;
    const { bronzeName } = table.spec.tables[dimension];
    const files = new Set<string>();
    for (const dimensionRun of await runsBetween(store, bronzeName, from, upTo)) {
      for (const file of await readManifest(store, { bronzeName, run: dimensionRun })) files.add(file);
    }
    const own = `${run}-${table.name}`;
    // The manifest of a run that found a file unreadable still lists it.
    for (const { key } of state.progress[dimension]?.poisoned ?? []) files.delete(store.uri(key));
    await writeManifest(store, { bronzeName, run: own }, [...files]);
    return [dimension, { kind: 'run' as const, run: own }] as const;
  }));
  return Object.fromEntries(gathered);
}

/** A table's own runs after `from` up to `upTo`. */
async function runsBetween(store: ObjectStore, bronzeName: string, from: string, upTo: string): Promise<string[]> {
  const runs: string[] = [];
  for await (const { run } of manifestsOf(store, bronzeName, from === '' ? undefined : runPrefix(bronzeName, from))) {
    if (run.slice(0, upTo.length) > upTo) break;
    if (run > from && run <= upTo && isOwnRun(run)) runs.push(run);
  }
  return runs;
}
