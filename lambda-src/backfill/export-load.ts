import type { SilverTableSpec } from '../../src/spec/pipeline-spec';
import { ChangeFiles, type Refused } from '../bronze/change-files';
import { ChangeLog, type ChangeRow } from '../bronze/change-log';
import type { Masking } from '../bronze/masking';
import { Rejection } from '../bronze/stream-event';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { ObjectStreams } from '../ports/object-streams';
import type { BackfillRecord } from './backfill-state';
import { linesOf, verifyDataFile } from './data-file';
import { readExportLine, type ExportSource } from './export-line';
import { corrupt, type DataFile, type ExportManifest } from './export-manifest';

/** How much of a data file becomes one Bronze file, whichever is reached first. */
export interface LoadLimits {
  readonly lines: number;
  readonly bytes: number;
}

export const LOAD_LIMITS: LoadLimits = { lines: 50_000, bytes: 32 * 1024 ** 2 };

export interface ExportLoadDependencies {
  readonly store: ObjectStore;
  readonly streams: ObjectStreams;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  readonly loadLimits?: LoadLimits;
}

export interface LoadedTable {
  readonly spec: SilverTableSpec;
  readonly epoch: number;
  readonly masking: Masking;
}

/** An invocation with less time than this left begins no other chunk. */
const TIME_FOR_A_CHUNK = 60_000;

/** Brings the lines of an export's data files into the change log, chunk by chunk, each noted in the backfill's state. */
export class ExportLoad {
  private readonly changeLog: ChangeLog;
  private readonly files: ChangeFiles;
  private readonly key: readonly string[];
  private readonly limits: LoadLimits;

  public constructor(
    private readonly dependencies: ExportLoadDependencies,
    private readonly table: LoadedTable,
    private readonly record: BackfillRecord,
    private readonly manifest: ExportManifest,
    private readonly source: ExportSource,
  ) {
    const { bronzeName, key, columns } = table.spec;
    this.changeLog = new ChangeLog(table.spec, table.masking);
    this.files = new ChangeFiles(dependencies.store, bronzeName);
    this.key = key.map(name => columns[name].attribute);
    this.limits = dependencies.loadLimits ?? LOAD_LIMITS;
  }

  /** Goes on from where the state says; `parked` when time runs out. Throws ExportCorruptError. */
  public async run(): Promise<'finished' | 'parked'> {
    for (let index = this.record.current.loadedFiles; index < this.manifest.files.length; index++) {
      if (await this.loadFile(this.manifest.files[index]) === 'parked') return 'parked';
    }
    return 'finished';
  }

  private async loadFile(file: DataFile): Promise<'finished' | 'parked'> {
    const { streams, clock, timeLeft } = this.dependencies;
    const loaded = this.record.current.loadedLines;
    if (timeLeft() < TIME_FOR_A_CHUNK) return 'parked';
    if (loaded === 0) await verifyDataFile(streams, file);
    let chunk = new Chunk(this.limits);
    let lines = 0;
    for await (const { number, bytes } of linesOf(streams, file)) {
      lines = number + 1;
      if (number < loaded) continue;
      chunk.add(this.change(file, number, bytes));
      if (!chunk.isFull(bytes.length)) continue;
      await this.write(chunk, lines);
      chunk = new Chunk(this.limits);
      if (timeLeft() < TIME_FOR_A_CHUNK) return 'parked';
    }
    if (lines !== file.itemCount) throw corrupt(file.key, `it has ${lines} lines, but the manifest counts ${file.itemCount} items`);
    if (chunk.size > 0) await this.write(chunk, lines);
    await this.record.writeCurrent({ loadedFiles: this.record.current.loadedFiles + 1, loadedLines: 0 }, clock.now());
    return 'finished';
  }

  private change(file: DataFile, number: number, bytes: Uint8Array): ChangeRow | Refused {
    const text = Buffer.from(bytes).toString('utf8');
    const read = readExportLine(text, lineId(this.source.exportId, file, number), this.source, this.key);
    const row = read instanceof Rejection ? read : this.changeLog.row(read, this.table.epoch);
    if (!(row instanceof Rejection)) return row;
    // What in a line is private nobody knows where it cannot be read; the export itself is still there for a while.
    const shown = this.table.masking.isNeeded ? {} : { text };
    return { reason: row.reason, record: { exportId: this.source.exportId, file: file.key, line: number, ...shown } };
  }

  private async write({ rows, refused }: Chunk, loadedLines: number): Promise<void> {
    const now = this.dependencies.clock.now();
    const { current } = this.record;
    const written = rows.length === 0 ? [] : [await this.files.writeChanges(this.changeLog, rows, this.table.epoch, now)];
    if (refused.length > 0) await this.files.writeRefused(refused, now);
    await this.record.writeCurrent({
      loadedLines,
      rows: current.rows + rows.length,
      rejected: current.rejected + refused.length,
      conversionErrors: current.conversionErrors + rows.reduce((sum, row) => sum + row.conversionErrors, 0),
      written: [...current.written, ...written],
    }, now);
  }
}

/** Says where in an export a row comes from: with it the line can be found again. */
export function lineId(exportId: string, file: DataFile, line: number): string {
  return `${exportId}/${fileName(file)}/${line}`;
}

export function fileName({ key }: DataFile): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

class Chunk {
  public readonly rows: ChangeRow[] = [];
  public readonly refused: Refused[] = [];
  private bytes = 0;

  public constructor(private readonly limits: LoadLimits) {}

  public get size(): number {
    return this.rows.length + this.refused.length;
  }

  public add(line: ChangeRow | Refused): void {
    if ('reason' in line) this.refused.push(line);
    else this.rows.push(line);
  }

  /** The same lines always make the same chunks, whoever loads them. */
  public isFull(lineBytes: number): boolean {
    this.bytes += lineBytes;
    return this.size >= this.limits.lines || this.bytes >= this.limits.bytes;
  }
}
