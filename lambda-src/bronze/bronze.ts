import type { PipelineSpec, SilverTableSpec } from '../../src/spec/pipeline-spec';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { ChangeFiles, type Refused } from './change-files';
import { ChangeLog, type ChangeRow } from './change-log';
import { DeployedTables } from './deployed-tables';
import type { HashKeySource } from './hash-key';
import { maskings, type Masking } from './masking';
import { metadataOf } from './record-metadata';
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
  /** Asked once, if a table hashes attributes. */
  readonly hashKey?: HashKeySource;
}

/** A record of which nobody knows what in it is private; the message says what becomes of it. */
export class PrivacyUnknownError extends Error {
  public readonly name = 'PrivacyUnknownError';
}

/** Cannot be a Bronze name, so it cannot meet one. */
export const UNKNOWN_TABLE = '_unknown';

interface BronzeTable {
  readonly silverTable: string;
  readonly spec: SilverTableSpec;
  readonly changeLog: ChangeLog;
  readonly masking: Masking;
}

/** A record with the stream it says it comes from, if it says one. */
interface Arrival {
  readonly record: unknown;
  readonly stream: StreamName | Rejection;
}

/**
 * Takes the changes of DynamoDB streams into the immutable change log. Nothing in a record stops a batch: what cannot be taken is
 * kept as it came, but for private values, with the reason. Only infrastructure throws, and then the same batch can come again.
 */
export class Bronze {
  private tables: Promise<ReadonlyMap<string, BronzeTable>> | undefined;
  private readonly deployed: DeployedTables;

  public constructor(private readonly dependencies: BronzeDependencies) {
    this.deployed = new DeployedTables(dependencies.store);
  }

  public async ingest(event: StreamEvent): Promise<BronzeReport> {
    const records = Array.isArray(event?.Records) ? event.Records as readonly unknown[] : [];
    if (records.length === 0) return { tables: {} };
    const now = this.dependencies.clock.now();
    const reports: { [bronzeName: string]: BronzeTableReport } = {};
    const tables = await this.preparedTables();
    for (const [bronzeName, arrivals] of await this.byTable(records)) {
      const table = tables.get(bronzeName);
      reports[bronzeName] = table
        ? await this.take(table, arrivals, now)
        : await this.refuse(bronzeName, arrivals, [...tables.values()], now);
    }
    return { tables: reports };
  }

  /** Once, and again after a failure: the key may not have been at hand. */
  private async preparedTables(): Promise<ReadonlyMap<string, BronzeTable>> {
    this.tables ??= this.prepareTables();
    try {
      return await this.tables;
    } catch (error) {
      this.tables = undefined;
      throw error;
    }
  }

  private async prepareTables(): Promise<ReadonlyMap<string, BronzeTable>> {
    const { spec, store, hashKey } = this.dependencies;
    const byTable = await maskings(spec, store, hashKey);
    return new Map(Object.entries(spec.tables).map(([silverTable, table]) => {
      const masking = byTable[silverTable];
      return [table.bronzeName, { silverTable, spec: table, masking, changeLog: new ChangeLog(table, masking) }];
    }));
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
    const files = new ChangeFiles(this.dependencies.store, table.spec.bronzeName);
    const epoch = await this.deployed.epoch(table.silverTable, table.spec);
    const rows: ChangeRow[] = [];
    const refused: Refused[] = [];
    for (const { record: clear, stream } of arrivals) {
      // First of all: what is said about a record may quote it.
      const record = table.masking.record(clear);
      const row = rowOf(table.changeLog, record, stream, epoch);
      if (row instanceof Rejection) refused.push({ record, reason: row.reason });
      else rows.push(row);
    }
    return {
      records: rows.length,
      rejected: refused.length,
      conversionErrors: rows.reduce((sum, row) => sum + row.conversionErrors, 0),
      sequenceAnomalies: sequenceAnomalies(rows.map(row => table.changeLog.place(row))),
      files: rows.length === 0 ? [] : [await files.writeChanges(table.changeLog, rows, epoch, now)],
      rejectedFiles: refused.length === 0 ? [] : [await files.writeRefused(refused, now)],
    };
  }

  private async refuse(
    bronzeName: string, arrivals: readonly Arrival[], tables: readonly BronzeTable[], now: Date,
  ): Promise<BronzeTableReport> {
    const isPrivate = tables.some(({ masking }) => masking.isNeeded);
    const known = isPrivate ? arrivals.map(arrival => withoutContent(bronzeName, arrival)) : arrivals;
    const refused = known.map(({ record, stream }): Refused => ({ record, reason: unknownTable(bronzeName, stream) }));
    return {
      records: 0,
      rejected: refused.length,
      conversionErrors: 0,
      sequenceAnomalies: 0,
      files: [],
      rejectedFiles: [await new ChangeFiles(this.dependencies.store, bronzeName).writeRefused(refused, now)],
    };
  }
}

function rowOf(changeLog: ChangeLog, record: unknown, stream: StreamName | Rejection, epoch: number): ChangeRow | Rejection {
  if (stream instanceof Rejection) return stream;
  const change = readStreamRecord(record, stream);
  return change instanceof Rejection ? change : changeLog.row(change, epoch);
}

/** Nobody can say what is private in a record of another table, so nothing of its content is kept. Throws PrivacyUnknownError. */
function withoutContent(bronzeName: string, { record, stream }: Arrival): Arrival {
  if (!(stream instanceof Rejection)) {
    throw new PrivacyUnknownError(`${unknownTable(bronzeName, stream)}. The pipeline has private attributes, and nothing is known of those of this table: `
      + 'the batch is tried again, and kept by Lambda when it is given up');
  }
  const { kept, images, withheld } = metadataOf(record);
  const bare = { ...kept, withheld: [...withheld, ...Object.keys(images).map(name => `dynamodb.${name}`)] };
  const reason = streamOf(bare);
  return { record: bare, stream: reason instanceof Rejection ? reason : stream };
}

function unknownTable(bronzeName: string, stream: StreamName | Rejection): string {
  if (stream instanceof Rejection) return stream.reason;
  return bronzeName === UNKNOWN_TABLE
    ? `table ${stream.tableArn} is no source of this pipeline; declare it, or remove the event source mapping, then redrive`
    : `Bronze table ${bronzeName} is not in this function's definition; deploy the stack again, then redrive`;
}
