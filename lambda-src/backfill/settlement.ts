import { randomUUID } from 'node:crypto';
import { bronzePrefix, hourPrefix } from '../../src/spec/storage-layout';
import type { AttributeMap } from '../bronze/attribute-value';
import type { Change } from '../bronze/change';
import { ChangeFiles } from '../bronze/change-files';
import { ChangeLog, type ChangeRow } from '../bronze/change-log';
import { isRecord } from '../bronze/convert/attribute';
import { Rejection } from '../bronze/stream-event';
import { OutOfTimeError } from '../journal/errors';
import type { Clock, TimeLeft } from '../ports/clock';
import { READ_TOGETHER, type ItemReader } from '../ports/item-reader';
import type { ObjectStore } from '../ports/object-store';
import type { ObjectStreams } from '../ports/object-streams';
import type { QueryEngine, Row } from '../ports/query-engine';
import { writeManifest } from '../silver/run-manifest';
import type { SilverTable } from '../silver/silver-table';
import type { Query } from '../sql/nodes';
import { linesOf } from './data-file';
import { KeyUnreadableError, SettlementTooSlowError } from './errors';
import type { ExportSource } from './export-line';
import { fileName, type LoadedTable } from './export-load';
import type { ExportManifest } from './export-manifest';
import { keyAttributes } from './key-attributes';
import { tiedRowOf, tiedRows, type TiedRow } from './statements/tied-rows';
import { untoldItems, type TimeSpan } from './statements/untold-items';

export interface SettlementDependencies {
  readonly store: ObjectStore;
  readonly streams: ObjectStreams;
  readonly engine: QueryEngine;
  readonly items: ItemReader;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
}

export interface SettledExport {
  readonly silver: SilverTable;
  readonly table: LoadedTable;
  readonly tableArn: string;
  readonly manifest: ExportManifest;
  readonly source: ExportSource;
  /** What the export covers, epoch microseconds; a full one tells of one moment. */
  readonly covered: TimeSpan;
}

/** Bronze files that hold the answers; how long to wait if a tie is too fresh to be read; whether others may be left. */
export interface Settled {
  readonly items: number;
  readonly written: readonly string[];
  readonly outcome: { readonly kind: 'settled' | 'more' } | { readonly kind: 'wait'; readonly seconds: number };
}

/** An item of which the export says nothing, though the stream had it in what the export covers. */
interface UntoldItem {
  readonly keys: AttributeMap;
  readonly latest: bigint;
}

/** A stream tells the second only. */
const SECOND = 1_000_000n;

/** How much a table's clock may fall while its sequence rises; an item's changes are dated by one machine at a time. */
const CLOCK_MARGIN = 5_000_000n;

/** A full export is exact to a minute, on both sides of its point in time, and its rows are dated one minute before it. */
const FULL_EXPORT_MARGIN = 120_000_000n;

/** Items that become one Bronze file. */
const FILE_ROWS = 5000;

/** Items that one step asks for, of either kind: what there is more the next one finds. */
const AT_ONCE = 20_000;

/** Between two reads: some 200 items a second at most, so that the table hardly notices. */
const PAUSE = 500;
const TIME_FOR_A_READ = 60_000;

/**
 * Asks the table itself about the items for which the clocks do not say whether the export or the stream is newer, and about those
 * of which only the stream tells, though the export should. The answers are rows of an export whose time is that of the read, so they
 * are greater than both.
 */
export class Settlement {
  private readonly changeLog: ChangeLog;
  private readonly files: ChangeFiles;
  private readonly key: readonly string[];

  public constructor(private readonly dependencies: SettlementDependencies, private readonly settled: SettledExport) {
    const { spec } = settled.table;
    this.changeLog = new ChangeLog(spec, settled.table.masking);
    this.files = new ChangeFiles(dependencies.store, spec.bronzeName);
    this.key = spec.key.map(name => spec.columns[name].attribute);
  }

  public async run(): Promise<Settled> {
    const run = await this.recentChanges();
    const ties = await this.ties(run);
    const untold = await this.untold(run);
    if (ties.length + untold.length === 0) return { items: 0, written: [], outcome: { kind: 'settled' } };
    const latest = [...ties, ...untold].reduce((time, one) => one.latest > time ? one.latest : time, 0n);
    const ripe = Number((latest + CLOCK_MARGIN) / 1000n) + 2000;
    const wait = Math.ceil((ripe - this.dependencies.clock.now().getTime()) / 1000);
    if (wait > 0) return { items: 0, written: [], outcome: { kind: 'wait', seconds: wait } };
    return this.answer(ties, untold);
  }

  /** A manifest of the files that may hold changes near what the export covers: none was written before its change happened. */
  private async recentChanges(): Promise<string> {
    const { store } = this.dependencies;
    const { silver, source, covered } = this.settled;
    const prefix = bronzePrefix(silver.bronzeName);
    const from = new Date(Number((covered.from - this.margin) / 1000n));
    const files: string[] = [];
    for await (const { key } of store.list(prefix, `${prefix}${hourPrefix(from)}`)) {
      if (key.endsWith('.parquet')) files.push(store.uri(key));
    }
    const run = `export-${source.exportId}-${randomUUID()}`;
    await writeManifest(store, { bronzeName: silver.bronzeName, run }, files);
    return run;
  }

  private async ties(run: string): Promise<TiedRow[]> {
    const { silver, source } = this.settled;
    const rows = await this.found(tiedRows(silver, run, source.exportId, Number(this.margin), AT_ONCE));
    return rows.map(tiedRowOf);
  }

  private async untold(run: string): Promise<UntoldItem[]> {
    const { silver, source, covered: { from, before } } = this.settled;
    const span = this.isKeyHashed
      ? { from: from + this.margin, before: before - this.margin - SECOND }
      : { from: from - this.margin - SECOND, before: before + this.margin };
    const rows = await this.found(untoldItems(silver, run, source.exportId, span, AT_ONCE));
    return rows.map(row => ({ keys: keyAttributes(silver, row), latest: BigInt(row.streamed_at!) }));
  }

  private async found(query: Query): Promise<readonly Row[]> {
    const { engine, timeLeft } = this.dependencies;
    try {
      return (await engine.query(query, timeLeft)).rows;
    } catch (error) {
      throw error instanceof OutOfTimeError ? new SettlementTooSlowError(this.settled.silver.name) : error;
    }
  }

  private get margin(): bigint {
    return this.settled.source.kind === 'full' ? FULL_EXPORT_MARGIN : CLOCK_MARGIN;
  }

  /** Such a key cannot be asked for. Well within a window it need not be: there, an item without a line was gone at the window's end. */
  private get isKeyHashed(): boolean {
    const { privacy = {} } = this.settled.table.spec;
    return this.key.some(attribute => privacy[attribute] === 'hash');
  }

  private async answer(ties: readonly TiedRow[], untold: readonly UntoldItem[]): Promise<Settled> {
    const { clock, timeLeft } = this.dependencies;
    const written: string[] = [];
    const windowEnd = this.settled.covered.before - CLOCK_MARGIN;
    let rows: ChangeRow[] = this.isKeyHashed ? untold.map(({ keys }) => this.row(keys, undefined, windowEnd)) : [];
    let items = rows.length;
    let batch: AttributeMap[] = [];
    const read = async (): Promise<void> => {
      if (batch.length === 0) return;
      rows.push(...await this.answers(batch));
      items += batch.length;
      batch = [];
      await clock.sleep(PAUSE);
    };
    const write = async (): Promise<void> => {
      if (rows.length > 0) written.push(await this.files.writeChanges(this.changeLog, rows, this.settled.table.epoch, clock.now()));
      rows = [];
    };
    for await (const keys of this.keysOf(ties, this.isKeyHashed ? [] : untold)) {
      if (timeLeft() < TIME_FOR_A_READ) break;
      batch.push(keys);
      if (batch.length === READ_TOGETHER) await read();
      if (rows.length >= FILE_ROWS) await write();
    }
    await read();
    await write();
    if (items === 0) throw new SettlementTooSlowError(this.settled.silver.name);
    return { items, written, outcome: { kind: 'more' } };
  }

  private async answers(keys: readonly AttributeMap[]): Promise<ChangeRow[]> {
    const { items, readAt } = await this.dependencies.items.read(this.settled.tableArn, keys);
    // Changes after the read must stay greater, even if a slower clock dates them.
    const time = BigInt(readAt.getTime()) * 1000n - CLOCK_MARGIN;
    return keys.map((key, index) => this.row(key, items[index], time));
  }

  private row(keys: AttributeMap, item: AttributeMap | undefined, time: bigint): ChangeRow {
    const row = this.changeLog.row(this.answerAbout(keys, item, time), this.settled.table.epoch);
    if (row instanceof Rejection) throw new KeyUnreadableError(row.reason);
    return row;
  }

  private answerAbout(keys: AttributeMap, item: AttributeMap | undefined, time: bigint): Change {
    const { exportId, tableName } = this.settled.source;
    const kept = this.settled.table.masking.image(keys);
    const eventId = `read/${exportId}/${time}/${this.key.map(attribute => JSON.stringify(kept[attribute])).join('/')}`;
    const shared = { eventId, tableName, sequence: null, time, keys };
    return item
      ? { ...shared, eventName: 'MODIFY', isTtlDelete: false, newImage: item }
      : { ...shared, eventName: 'REMOVE', isTtlDelete: null };
  }

  /** What to ask for; the keys of the export's lines from the export itself: Bronze need not hold them in clear. */
  private async* keysOf(ties: readonly TiedRow[], untold: readonly UntoldItem[]): AsyncGenerator<AttributeMap> {
    for (const { keys } of untold) yield keys;
    const { manifest } = this.settled;
    const wanted = new Map<string, Set<number>>();
    for (const { eventId } of ties) {
      const [, file, line] = eventId.split('/');
      wanted.set(file, (wanted.get(file) ?? new Set()).add(Number(line)));
    }
    for (const file of manifest.files) {
      const lines = wanted.get(fileName(file));
      if (!lines) continue;
      let left = lines.size;
      for await (const { number, bytes } of linesOf(this.dependencies.streams, file)) {
        if (!lines.has(number)) continue;
        yield this.keyIn(JSON.parse(Buffer.from(bytes).toString('utf8')));
        if (--left === 0) break;
      }
    }
  }

  private keyIn(line: unknown): AttributeMap {
    const image = isRecord(line) ? line.Keys ?? line.Item : undefined;
    return Object.fromEntries(this.key.map(attribute => [attribute, (image as AttributeMap)[attribute]]));
  }
}
