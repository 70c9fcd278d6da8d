import type { PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { ChangeLog, type ChangeRow } from './change-log';
import { DeployedTables } from './deployed-tables';
import { changeFileKey, rejectedFileKey } from './file-name';
import { parquetFile } from './parquet/parquet-file';
import { sequenceAnomalies } from './sequence-anomalies';
import { readStreamRecord, Rejection, streamOf, type StreamEvent, type StreamName } from './stream-event';

/** What an invocation did, by Bronze name; records of no known table count under `UNKNOWN_TABLE`. */
export interface BronzeReport {
  readonly tables: { readonly [bronzeName: string]: BronzeTableReport };
}

export interface BronzeTableReport {
  /** Changes that are in a Parquet file now. */
  readonly records: number;
  /** Records that are in a rejected file now. */
  readonly rejected: number;
  /** Values that did not convert. */
  readonly conversionErrors: number;
  /** Changes whose time lies before that of an earlier change of the same item. */
  readonly sequenceAnomalies: number;
  /** Keys of the Parquet files; a file that was there already counts. */
  readonly files: readonly string[];
  readonly rejectedFiles: readonly string[];
}

export interface BronzeDependencies {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly clock: Clock;
}

/** Cannot be a Bronze name, so it cannot meet one. */
export const UNKNOWN_TABLE = '_unknown';
export const BRONZE_FORMAT_VERSION = 1;

interface BronzeTable {
  readonly silverTable: string;
  readonly spec: SilverTableSpec;
  readonly changeLog: ChangeLog;
}

/** A record with the stream it says it comes from, if it says one. */
interface Arrival {
  readonly record: unknown;
  readonly stream: StreamName | Rejection;
}

interface Refused {
  readonly record: unknown;
  readonly reason: string;
}

/**
 * Takes the changes of DynamoDB streams into the immutable change log. Nothing in a record stops a batch: what cannot be taken is
 * kept as it came, with the reason. Only infrastructure throws, and then the same batch can come again.
 */
export class Bronze {
  private readonly tables: ReadonlyMap<string, BronzeTable>;
  private readonly deployed: DeployedTables;

  public constructor(private readonly dependencies: BronzeDependencies) {
    this.deployed = new DeployedTables(dependencies.store);
    this.tables = new Map(Object.entries(dependencies.spec.tables)
      .map(([silverTable, spec]) => [spec.bronzeName, { silverTable, spec, changeLog: new ChangeLog(spec) }]));
  }

  public async ingest(event: StreamEvent): Promise<BronzeReport> {
    const records = Array.isArray(event?.Records) ? event.Records as readonly unknown[] : [];
    if (records.length === 0) return { tables: {} };
    const now = this.dependencies.clock.now();
    const reports: { [bronzeName: string]: BronzeTableReport } = {};
    for (const [bronzeName, arrivals] of await this.byTable(records)) {
      const table = this.tables.get(bronzeName);
      reports[bronzeName] = table ? await this.take(table, arrivals, now) : await this.refuse(bronzeName, arrivals, now);
    }
    return { tables: reports };
  }

  private async byTable(records: readonly unknown[]): Promise<ReadonlyMap<string, readonly Arrival[]>> {
    const arrivals = records.map((record): Arrival => ({ record, stream: streamOf(record) }));
    const arns = arrivals.flatMap(({ stream }) => stream instanceof Rejection ? [] : [stream.tableArn]);
    const names = await this.deployed.bronzeNames(new Set(arns));
    const groups = new Map<string, Arrival[]>();
    for (const arrival of arrivals) {
      const name = (arrival.stream instanceof Rejection ? undefined : names.get(arrival.stream.tableArn)) ?? UNKNOWN_TABLE;
      const group = groups.get(name);
      if (group) group.push(arrival);
      else groups.set(name, [arrival]);
    }
    return groups;
  }

  private async take(table: BronzeTable, arrivals: readonly Arrival[], now: Date): Promise<BronzeTableReport> {
    const { bronzeName } = table.spec;
    const epoch = await this.deployed.epoch(table.silverTable, table.spec);
    const rows: ChangeRow[] = [];
    const refused: Refused[] = [];
    for (const { record, stream } of arrivals) {
      const row = rowOf(table.changeLog, record, stream, epoch);
      if (row instanceof Rejection) refused.push({ record, reason: row.reason });
      else rows.push(row);
    }
    return {
      records: rows.length,
      rejected: refused.length,
      conversionErrors: rows.reduce((sum, row) => sum + row.conversionErrors, 0),
      sequenceAnomalies: sequenceAnomalies(rows.map(row => table.changeLog.place(row))),
      files: rows.length === 0 ? [] : [await this.writeChanges(bronzeName, table.changeLog, rows, epoch, now)],
      rejectedFiles: refused.length === 0 ? [] : [await this.writeRefused(bronzeName, refused, now)],
    };
  }

  private async refuse(bronzeName: string, arrivals: readonly Arrival[], now: Date): Promise<BronzeTableReport> {
    const refused = arrivals.map(({ record, stream }): Refused => ({ record, reason: unknownTable(bronzeName, stream) }));
    return {
      records: 0,
      rejected: refused.length,
      conversionErrors: 0,
      sequenceAnomalies: 0,
      files: [],
      rejectedFiles: [await this.writeRefused(bronzeName, refused, now)],
    };
  }

  private async writeChanges(name: string, changeLog: ChangeLog, rows: readonly ChangeRow[], epoch: number, now: Date): Promise<string> {
    const key = changeFileKey(name, rows.map(row => row.eventId), epoch, now);
    const metadata = new Map([['medallion.format', String(BRONZE_FORMAT_VERSION)]]);
    await this.dependencies.store.put(key, parquetFile(changeLog.parquetColumns(rows), metadata), { kind: 'absent' });
    return key;
  }

  private async writeRefused(bronzeName: string, refused: readonly Refused[], now: Date): Promise<string> {
    const lines = refused.map(({ record, reason }) => JSON.stringify({ reason, formatVersion: BRONZE_FORMAT_VERSION, record }));
    const key = rejectedFileKey(bronzeName, lines, now);
    await this.dependencies.store.put(key, `${lines.join('\n')}\n`, { kind: 'absent' });
    return key;
  }
}

function rowOf(changeLog: ChangeLog, record: unknown, stream: StreamName | Rejection, epoch: number): ChangeRow | Rejection {
  if (stream instanceof Rejection) return stream;
  const change = readStreamRecord(record, stream);
  return change instanceof Rejection ? change : changeLog.row(change, epoch);
}

function unknownTable(bronzeName: string, stream: StreamName | Rejection): string {
  if (stream instanceof Rejection) return stream.reason;
  return bronzeName === UNKNOWN_TABLE
    ? `table ${stream.tableArn} is no source of this pipeline; declare it, or remove the event source mapping, then redrive`
    : `Bronze table ${bronzeName} is not in this function's definition; deploy the stack again, then redrive`;
}
