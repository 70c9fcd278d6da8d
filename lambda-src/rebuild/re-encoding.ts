import type { SilverTableSpec } from '../../src/spec/pipeline-spec';
import { ChangeLog, type ChangeRow } from '../bronze/change-log';
import { rebuiltFileKey } from '../bronze/file-name';
import type { Masking } from '../bronze/masking';
import { Rejection } from '../bronze/stream-event';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { IncompatibleStateError } from '../state/stored-format';
import { storedChanges } from './stored-changes';

/** Which changes are encoded again: those of epochs from the one up to, but not including, the other. */
export interface EpochRange {
  readonly from: number;
  readonly epoch: number;
}

/** How much is held in memory before it is written, and so how much is done again after a crash. */
export interface ReEncodingLimits {
  readonly files: number;
  /** Of the files read. */
  readonly bytes: number;
}

export const REENCODING_LIMITS: ReEncodingLimits = { files: 200, bytes: 16 * 1024 ** 2 };

/** What has been done for good: the files up to `last`. */
export interface ReEncodingStep {
  readonly last: string;
  readonly files: number;
  readonly changes: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

interface Batch {
  readonly sources: string[];
  readonly rows: ChangeRow[];
  readonly skipped: { readonly file: string; readonly reason: string }[];
  bytes: number;
}

/** Reads Bronze files one by one and writes what older definitions encoded into new ones, each from several. */
export class ReEncoding {
  private readonly changeLog: ChangeLog;

  /** @param masking the table's */
  public constructor(
    private readonly dependencies: { readonly store: ObjectStore; readonly clock: Clock },
    private readonly table: SilverTableSpec,
    private readonly epochs: EpochRange,
    private readonly limits: ReEncodingLimits,
    masking: Masking,
  ) {
    this.changeLog = new ChangeLog(table, masking);
  }

  public async* steps(keys: AsyncIterable<string>): AsyncIterable<ReEncodingStep> {
    let batch = empty();
    for await (const key of keys) {
      await this.read(key, batch);
      if (batch.sources.length < this.limits.files && batch.bytes < this.limits.bytes) continue;
      yield await this.write(batch);
      batch = empty();
    }
    if (batch.sources.length > 0) yield await this.write(batch);
  }

  private async read(key: string, batch: Batch): Promise<void> {
    batch.sources.push(key);
    const object = await this.dependencies.store.get(key);
    // Taken away by a lifecycle rule since it was listed.
    if (!object) return;
    batch.bytes += object.body.length;
    try {
      const due = storedChanges(key, object.body).filter(({ system }) => this.isDue(Number(system._epoch)));
      for (const change of due) {
        const row = this.changeLog.again(change, this.epochs.epoch);
        if (row instanceof Rejection) batch.skipped.push({ file: key, reason: `${change.system._event_id}: ${row.reason}` });
        else batch.rows.push(row);
      }
    } catch (error) {
      if (error instanceof IncompatibleStateError) throw error;
      // A file that cannot be read now will not be readable later; Silver has noted it too.
      batch.skipped.push({ file: key, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private isDue(epoch: number): boolean {
    return epoch >= this.epochs.from && epoch < this.epochs.epoch;
  }

  private async write({ sources, rows, skipped }: Batch): Promise<ReEncodingStep> {
    const { store, clock } = this.dependencies;
    if (rows.length > 0) {
      // The hour is read for each file: Silver looks only so far back for new ones.
      const { from, epoch } = this.epochs;
      const key = rebuiltFileKey(this.table.bronzeName, sources, `${from}-${epoch}`, clock.now());
      await store.put(key, this.changeLog.file(rows), { kind: 'absent' });
    }
    return { last: sources.at(-1)!, files: sources.length, changes: rows.length, skipped };
  }
}

function empty(): Batch {
  return { sources: [], rows: [], skipped: [], bytes: 0 };
}
