import type { ObjectStore } from '../ports/object-store';
import { QueryFailedError } from '../ports/query-engine';
import { writeManifest } from './run-manifest';
import type { ScanMeter } from './scan-meter';
import type { SilverTable } from './silver-table';
import { decodeProbe } from './statements/decode-probe';

export interface PoisonedFile {
  readonly key: string;
  readonly reason: string;
}

/** Which of a run's files the engine cannot read, found by halving the run until each failing part is one file. */
export async function findPoisonedFiles(
  { store, meter }: { readonly store: ObjectStore; readonly meter: ScanMeter },
  table: SilverTable,
  run: string,
  keys: readonly string[],
): Promise<PoisonedFile[]> {
  let probes = 0;
  const search = async (part: readonly string[]): Promise<PoisonedFile[]> => {
    const reason = await unreadable(part);
    if (reason === undefined) return [];
    if (part.length === 1) return [{ key: part[0], reason }];
    const middle = Math.ceil(part.length / 2);
    return [...await search(part.slice(0, middle)), ...await search(part.slice(middle))];
  };
  const unreadable = async (part: readonly string[]): Promise<string | undefined> => {
    const probe = { bronzeName: table.bronzeName, run: `${run}-probe${++probes}` };
    await writeManifest(store, probe, part.map(key => store.uri(key)));
    try {
      await meter.query(decodeProbe(table, probe.run));
      return undefined;
    } catch (error) {
      if (error instanceof QueryFailedError && error.failure.kind === 'statement') return error.failure.message;
      throw error;
    }
  };
  // A statement that fails over no file at all is itself at fault: its columns may be those of another deploy.
  return await unreadable([]) === undefined ? search(keys) : [];
}
