import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { reachSeconds, rememberedSeconds, retentionOf } from '../../src/spec/retention';
import { bronzePrefix } from '../../src/spec/storage-layout';
import type { ControlState, SilverProgress } from '../journal/control-state';
import type { ObjectStore } from '../ports/object-store';
import { newFiles, startOfHour } from '../silver/bronze-listing';
import type { SilverTable } from '../silver/silver-table';
import { recorded, type SlotWork } from './slot-work';
import { absentProbe, absentPruning } from './statements/absent-pruning';
import { ledgerProbe, ledgerPruning } from './statements/ledger-pruning';

const DAY = 24 * 60 * 60 * 1000;

/** Entries are left to gather for so long after the first of them has come of age. */
const GATHER = 7 * DAY;

/** Forgets keys whose absence nothing can question any more. Without entries that are due, an unchanged table is not asked. */
export async function pruneAbsent(work: SlotWork, silver: SilverTable): Promise<void> {
  const found = await work.describe(silver.absent);
  if (found.version === undefined) return;
  const { store, journal, clock } = work.dependencies;
  const progress = journal.state.progress[silver.name];
  if (!progress) return;
  const record = work.recordOf(silver.absent, found);
  const now = clock.now();
  const isDue = record.pruneFrom === undefined ? record.version !== found.version : Date.parse(record.pruneFrom) <= now.getTime();
  if (!isDue) return;
  const before = await forgettable(store, silver, progress, now);
  const [{ expired, oldest }] = await work.query(absentProbe(silver, before));
  const remembered = rememberedSeconds(retentionOf(silver.spec)) * 1000;
  const pruneFrom = oldest === null ? undefined : new Date(instant(oldest) + remembered + GATHER).toISOString();
  const commit = recorded(silver.absent, { ...record, pruneFrom });
  if (Number(expired) > 0) await work.execute(absentPruning(silver, before), commit);
  else await journal.commit(commit);
  work.count('absentEntriesPruned', Number(expired));
}

/**
 * No older change can come any more than those before this time. It counts from now; and from the first file that has not been
 * merged yet, since a file holds changes that are as old as what is put through again: while all of Bronze is read once more, or
 * while a file waits to be repaired, nothing younger than its changes is forgotten.
 */
export async function forgettable(store: ObjectStore, silver: SilverTable, progress: SilverProgress, now: Date): Promise<Date> {
  const retention = retentionOf(silver.spec);
  const prefix = bronzePrefix(silver.bronzeName);
  const { keys } = await newFiles(store, silver.bronzeName, progress, { files: 1, bytes: 0 });
  const hours = [...keys, ...progress.poisoned.map(({ key }) => key)].map(key => startOfHour(key.slice(prefix.length)) ?? 0);
  const reach = reachSeconds(retention) * 1000;
  return new Date(Math.min(now.getTime() - rememberedSeconds(retention) * 1000, ...hours.map(hour => hour - reach)));
}

/** Forgets ledger rows that every Gold table has taken into account. */
export async function pruneLedger(work: SlotWork, silver: SilverTable): Promise<void> {
  const { journal } = work.dependencies;
  const upTo = lowestConsumed(silver.spec, journal.state, silver.name);
  if (!silver.tracked || upTo === undefined) return;
  const found = await work.describe(silver.ledger);
  const record = work.recordOf(silver.ledger, found);
  if (found.version === undefined || (record.prunedRun !== undefined && record.prunedRun >= upTo)) return;
  const [{ consumed }] = await work.query(ledgerProbe(silver, upTo));
  const commit = recorded(silver.ledger, { ...record, prunedRun: upTo });
  if (Number(consumed) > 0) await work.execute(ledgerPruning(silver, upTo), commit);
  else await journal.commit(commit);
  work.count('ledgerRowsPruned', Number(consumed));
}

/** A Gold table without a position, or with one of a former table, is computed in full and needs no ledger. */
export function lowestConsumed(spec: PipelineSpec, { gold, progress }: ControlState, silverTable: string): string | undefined {
  const readers = Object.keys(spec.gold).filter(name => spec.gold[name].silverTable === silverTable);
  const positions = readers.flatMap(name => gold[name] ?? []).filter(({ silverUuid }) => silverUuid === progress[silverTable]?.tableUuid);
  return positions.map(({ consumedRun }) => consumedRun).sort()[0];
}

function instant(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
