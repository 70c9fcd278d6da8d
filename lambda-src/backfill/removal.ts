import { randomUUID } from 'node:crypto';
import { ChangeFiles } from '../bronze/change-files';
import { ChangeLog, type ChangeRow } from '../bronze/change-log';
import { Rejection } from '../bronze/stream-event';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { QueryEngine, Row } from '../ports/query-engine';
import { writeManifest } from '../silver/run-manifest';
import type { SilverTable } from '../silver/silver-table';
import type { ExportSource } from './export-line';
import type { LoadedTable } from './export-load';
import { keyAttributes } from './key-attributes';
import { missingKeys } from './statements/missing-keys';

export interface RemovalDependencies {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
}

/** Keys that one question asks for. */
const STEP = 50_000;

/**
 * Says in the change log that items are gone which a full export does not contain any more, though Silver has them from before it.
 * Silver then removes them like any other: with ledger and absent entries, whatever comes late, and again after a rebuild.
 */
export class Removal {
  private readonly changeLog: ChangeLog;
  private readonly files: ChangeFiles;

  public constructor(
    private readonly dependencies: RemovalDependencies,
    private readonly silver: SilverTable,
    private readonly table: LoadedTable,
    private readonly source: ExportSource,
  ) {
    this.changeLog = new ChangeLog(table.spec, table.masking);
    this.files = new ChangeFiles(dependencies.store, table.spec.bronzeName);
  }

  /** One step: the next keys that are neither loaded nor said to be gone by `known`, the Bronze files of this backfill. */
  public async run(known: readonly string[]): Promise<{ readonly removed: number; readonly written: readonly string[] }> {
    const { store, engine, clock, timeLeft } = this.dependencies;
    const { bronzeName } = this.silver;
    const run = `export-${this.source.exportId}-${randomUUID()}`;
    await writeManifest(store, { bronzeName, run }, known.map(key => store.uri(key)));
    const { rows: missing } = await engine.query(missingKeys(this.silver, run, this.source.time, STEP), timeLeft);
    if (missing.length === 0) return { removed: 0, written: [] };
    const rows = missing.map(row => this.removalOf(row));
    return { removed: rows.length, written: [await this.files.writeChanges(this.changeLog, rows, this.table.epoch, clock.now())] };
  }

  private removalOf(row: Row): ChangeRow {
    const { exportId, tableName, time } = this.source;
    const keys = keyAttributes(this.silver, row);
    const eventId = `missing/${exportId}/${Object.values(row).map(value => JSON.stringify(value)).join('/')}`;
    const change = this.changeLog.row(
      { eventId, eventName: 'REMOVE', tableName, sequence: null, time, isTtlDelete: false, keys }, this.table.epoch,
    );
    if (change instanceof Rejection) throw new TypeError(`the key ${JSON.stringify(row)} of ${this.silver.name} cannot be written: ${change.reason}`);
    return change;
  }
}
