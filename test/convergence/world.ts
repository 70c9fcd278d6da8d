import { DateTime } from 'luxon';
import type { BackfillRequest } from '../../lambda-src/backfill/backfill-request';
import { Bronze } from '../../lambda-src/bronze/bronze';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import type { ObjectStore } from '../../lambda-src/ports/object-store';
import type { QueryEngine, Row } from '../../lambda-src/ports/query-engine';
import type { RebuildDependencies } from '../../lambda-src/rebuild/rebuild';
import { Redrive } from '../../lambda-src/redrive/redrive';
import type { SchemaDependencies } from '../../lambda-src/schema/schema';
import type { SilverDependencies } from '../../lambda-src/silver/silver';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import { CONTROL_KEY, DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import { BackfillLake, type LoadableLake } from '../helpers/backfill-lake';
import { failedBatch } from '../helpers/failed-batch';
import { interrupted, once } from '../helpers/interrupted';
import { LocalLake } from '../helpers/local-lake';
import { SlowStatement } from '../helpers/slow-statement';
import { Crash, fused, Fuse } from './crash';
import { itemOf } from './items';
import { expectedLake, lines, type Change, type Expected, type TableName, type Windows } from './reference-model';
import { isBlocked, LONGEST_CHUNK, OVERTAKEN, type By, type UnderWay } from './under-way';
import { FIRST, varied, type Variation } from './variation';

const TABLES: readonly TableName[] = ['regions', 'customers', 'orders'];
const LEASE = 17 * 60 * 1000;
/** Absent entries are kept for ever here, so that nothing is too old to be put through again. */
const FOR_EVER_SECONDS = 1e9;

interface SilverLimits {
  readonly chunkFiles?: number;
  readonly openPartitions?: number;
}

/** `blocked`: a statement of which nobody knows whether it runs is left alone until it cannot run any more; or the code is too old. */
export type StageEnd = 'done' | 'crashed' | 'blocked';

/** Changes what the engine is asked to run, or what a stage reads, to see what a missing guard does. */
export interface Sabotage {
  engine?(engine: QueryEngine): QueryEngine;
  /** For each stage anew, with the spec that it goes by. */
  store?(store: ObjectStore, spec: PipelineSpec): ObjectStore;
}

/** What a history needs of a lake, whatever engine it is on. */
export interface ConvergingLake extends LoadableLake {
  readonly engine: QueryEngine;
  ingest(...records: readonly DynamoDbStreamRecord[]): Promise<unknown>;
  silver(overrides?: Partial<SilverDependencies>): Promise<unknown>;
  gold(overrides: Partial<SilverDependencies>): Promise<unknown>;
  redeploy(spec: PipelineSpec, overrides?: Partial<SchemaDependencies>): Promise<unknown>;
  rebuild(overrides: Partial<RebuildDependencies>): Promise<unknown>;
  rows(sql: string): Promise<Row[]>;
  /** SQL for a list of texts as one text, commas between them. */
  joined(column: string): string;
}

/** A source, its stream, the real cores and an engine. */
export class World {
  /** On the embedded engine, in a folder of its own. */
  public static async create(sabotage: Sabotage = {}): Promise<World> {
    const lake = await LocalLake.open(varied(FIRST));
    return new World(BackfillLake.over(lake), 2, sabotage.engine?.(lake.engine), sabotage);
  }

  /** On that lake of the first variation; so many lines of an export become one file. */
  public static over(lake: ConvergingLake, exportLines = 2): World {
    return new World(BackfillLake.over(lake), exportLines);
  }

  private readonly live: Record<TableName, Set<string>> = { regions: new Set(), customers: new Set(), orders: new Set() };
  private readonly pending: Record<TableName, DynamoDbStreamRecord[]> = { regions: [], customers: [], orders: [] };
  private readonly history: Change[] = [];
  private variation = FIRST;
  /** What functions of the deploy before still go by. */
  private formerSpec = varied(FIRST);

  /** Changes that no stream will tell of, as epoch milliseconds. */
  private readonly lost: Record<TableName, number[]> = { regions: [], customers: [], orders: [] };
  private readonly unfinished: BackfillRequest[] = [];
  private backfills = 0;
  /** Whether something that was set aside waits to be put through again. */
  private waitsAside = false;
  /** What a stage of a former deploy has left in flight. */
  private inFlight?: { readonly stage: UnderWay['stage']; readonly statement: SlowStatement };

  private readonly lake: ConvergingLake;

  private constructor(
    private readonly source: BackfillLake<ConvergingLake>, private readonly exportLines: number,
    private engine: QueryEngine = source.lake.engine, private readonly sabotage: Sabotage = {},
  ) {
    this.lake = source.lake;
    source.wait(15 * 60); // no window of an export is shorter
  }

  public change(change: Change): void {
    const { table, kind, key, values } = change;
    if (kind !== 'put' && !this.live[table].has(key)) return;
    // Several changes fall into one second.
    this.lake.clock.advance(370);
    this.history.push(change);
    if (kind === 'put') this.live[table].add(key);
    else this.live[table].delete(key);
    const record = kind === 'put'
      ? this.source.put(table, itemOf(table, key, values))
      : this.source[kind](table, itemOf(table, key, {}));
    if (record) this.pending[table].push(record);
  }

  /** Takes any of the records not yet delivered, in any order; what `again` picks will be delivered once more. */
  public deliver(pick: (size: number) => readonly number[], again: (index: number) => boolean, by: By = 'new'): Promise<void> {
    const { store, clock } = this.lake;
    const old = new Bronze({ spec: this.formerSpec, store, clock });
    return this.handOver(pick, again, async batch => void await (by === 'new' ? this.lake.ingest(...batch) : old.ingest({ Records: batch })));
  }

  /** A deploy changes definitions. One whose Schema stage dies is deployed again, or CloudFormation goes back to the former one. */
  public async redefine(
    of: Variation | Pick<Variation, 'sales'>, fuse = new Fuse(undefined, 'before'), afterwards: 'again' | 'back' = 'again', underWay?: UnderWay,
  ): Promise<void> {
    const deploy = () => this.deploy({ ...this.variation, ...of }, fuse, afterwards);
    if (underWay?.how === 'is cut off') await this.cutOff(underWay);
    if (underWay?.how === 'goes on') await this.goesOn(underWay, deploy);
    else await deploy();
  }

  private async deploy(variation: Variation, fuse: Fuse, afterwards: 'again' | 'back'): Promise<void> {
    const former = this.lake.spec;
    const end = await this.stage(fuse, () => this.lake.redeploy(varied(variation), this.ports(fuse, former)));
    if (end !== 'done' && afterwards === 'back') return void await this.lake.redeploy(former);
    if (end !== 'done') await this.lake.redeploy(varied(variation));
    this.formerSpec = former;
    this.variation = variation;
  }

  /** The deploy comes before the n-th call, and Bronze goes by it at once. */
  private async goesOn({ stage, at, chunkFiles }: UnderWay, deploy: () => Promise<void>): Promise<void> {
    await this.land();
    const spec = this.lake.spec;
    let isDeployed = false;
    const deployed = async () => {
      isDeployed = true;
      await deploy();
      await this.deliverAll();
      // A rebuild does not keep others from the journal.
      if (stage === 'rebuild') await this.silver();
    };
    // While a statement runs, the engine would not change the table.
    const comes = once(at, method => method !== 'status', deployed);
    const { store, engine } = this.ports(new Fuse(undefined, 'before'), spec);
    await this.run(stage, { spec, store: interrupted(store, comes), engine: interrupted(engine, comes) }, { chunkFiles });
    if (!isDeployed) await deployed();
  }

  /** Time is up while the n-th statement runs. */
  private async cutOff({ stage, at, chunkFiles }: UnderWay): Promise<void> {
    await this.land();
    let statements = 0;
    let isOver = false;
    const statement = new SlowStatement(this.engine, () => !isOver && ++statements === 1 + at % LONGEST_CHUNK);
    this.engine = statement.engine;
    this.inFlight = { stage, statement };
    await this.run(stage, { ...this.throughFuse(new Fuse(undefined, 'before')), timeLeft: () => statement.isRunning ? 0 : Infinity }, { chunkFiles });
    isOver = true;
  }

  private async land(): Promise<void> {
    await this.inFlight?.statement.finish();
    this.inFlight = undefined;
  }

  public rebuild(fuse = new Fuse(undefined, 'before'), by: By = 'new'): Promise<StageEnd> {
    return this.run('rebuild', this.throughFuse(fuse, by), {}, fuse);
  }

  /** Lambda gives batches up, or Bronze meets a table that it does not know yet. */
  public setAside(how: 'given up' | 'unknown', pick: (size: number) => readonly number[]): Promise<void> {
    const { lake } = this;
    const bronze = new Bronze({ spec: lake.spec, clock: lake.clock, store: withoutSources(lake.store) });
    this.waitsAside = true;
    return this.handOver(pick, () => false, async batch => {
      const { key, text } = failedBatch(batch);
      if (how === 'given up') await lake.store.put(key, text);
      else await bronze.ingest({ Records: batch });
    });
  }

  public async redrive(fuse = new Fuse(undefined, 'before')): Promise<void> {
    const { spec, clock } = this.lake;
    clock.advance(1000);
    const store = fused(this.lake.store, fuse);
    const redrive = new Redrive({
      spec, store, clock, bronze: new Bronze({ spec, store, clock }), timeLeft: () => Infinity, absentSeconds: FOR_EVER_SECONDS,
    });
    if (await this.stage(fuse, () => redrive.run({})) === 'done') this.waitsAside = false;
  }

  private async handOver(
    pick: (size: number) => readonly number[],
    again: (index: number) => boolean,
    take: (batch: readonly DynamoDbStreamRecord[]) => Promise<void>,
  ): Promise<void> {
    for (const table of TABLES) {
      const pending = this.pending[table];
      if (pending.length === 0) continue;
      const indexes = pick(pending.length);
      const batch = indexes.map(index => pending[index]);
      this.pending[table] = pending.filter((_, index) => !indexes.includes(index) || again(index));
      if (batch.length > 0) await take(batch);
    }
  }

  /** The stream has waited too long for its reader: the oldest records are gone. Expired regions could be told by nobody else. */
  public lose(count: number): void {
    for (const table of ['customers', 'orders'] as const) {
      for (const { dynamodb } of this.pending[table].splice(0, count)) this.lost[table].push(dynamodb.ApproximateCreationDateTime * 1000);
    }
  }

  /** Goes on with what an earlier crash has left, or begins a backfill. */
  public async backfill(table: TableName, kind: 'full' | 'repair', fuse = new Fuse(undefined, 'before')): Promise<void> {
    await this.redriveFirst();
    const request = this.unfinished.shift() ?? { id: `b${++this.backfills}`, table, kind };
    await this.goOn(request, fuse);
  }

  /** Exports the time since the first change that was lost. */
  public async heal(fuse = new Fuse(undefined, 'before')): Promise<void> {
    await this.redriveFirst();
    for (const table of TABLES) {
      const lost = this.lost[table];
      if (lost.length === 0 || fuse.blown) continue;
      const to = this.lake.clock.now();
      const window = { from: new Date(Math.min(...lost)).toISOString(), to: to.toISOString() };
      const whole = Math.floor(to.getTime() / 1000) * 1000;
      const end = await this.goOn({ id: `b${++this.backfills}`, table, kind: 'window', ...window }, fuse);
      if (end === 'done') this.lost[table] = lost.filter(time => time >= whole);
    }
  }

  /** Lets every backfill come to its end, and closes what gaps are left. */
  public async healAll(by: 'window' | 'repair'): Promise<void> {
    this.source.wait(300);
    await this.redriveFirst();
    for (const request of this.unfinished.splice(0)) await this.goOn(request, new Fuse(undefined, 'before'));
    if (by === 'window') return this.heal();
    for (const table of TABLES.filter(name => this.lost[name].length > 0)) await this.backfill(table, 'repair');
  }

  public async deliverAll(): Promise<void> {
    await this.deliver(size => [...Array(size).keys()], () => false);
  }

  public async silver(fuse = new Fuse(undefined, 'before'), limits: SilverLimits = {}, by: By = 'new'): Promise<StageEnd> {
    if (this.inFlight?.stage === 'silver') await this.land();
    return this.run('silver', this.throughFuse(fuse, by), limits, fuse);
  }

  public async gold(fuse = new Fuse(undefined, 'before'), by: By = 'new'): Promise<StageEnd> {
    if (this.inFlight?.stage === 'gold') await this.land();
    return this.run('gold', this.throughFuse(fuse, by), {}, fuse);
  }

  public async loseJournal(): Promise<void> {
    await this.land();
    await this.lake.store.delete(CONTROL_KEY);
  }

  public async actual(): Promise<Expected> {
    const read = async (sql: string) => lines((await this.lake.rows(sql)).map(row => Object.values(row)));
    const group = this.variation.sales === 'customers' ? 'order_day, region, customer' : 'order_day, region';
    return {
      regions: await read('SELECT region_id, label FROM silver.regions'),
      customers: await read('SELECT customer_id, region_id, name, region_label FROM silver.customers'),
      orders: await read(`SELECT order_id, line, customer_id, order_date, amount, ${this.lake.joined('tags')} AS tags, customer_name, customer_region
        FROM silver.orders`),
      sales_by_region: await read(`SELECT ${group}, order_count, total, average, customers, small FROM gold.sales_by_region`),
      sales_of_known: await read('SELECT customer_name, largest FROM gold.sales_of_known'),
      customer_list: await read('SELECT customer_id, place FROM gold.customer_list'),
      key_metrics: await read('SELECT metric_name, metric_value, previous_value FROM gold.key_metrics'),
    };
  }

  public expected(): Expected {
    return expectedLake(this.history, windowsAt(this.lake.clock.now()), this.variation);
  }

  public async wait(hours: number): Promise<void> {
    await this.land();
    this.lake.clock.advance(hours * 60 * 60 * 1000);
  }

  public close(): void {
    this.lake.close();
  }

  /** As docs/backfill.md asks for: within a second, a stream's change that comes after an export hides one that the stream has lost. */
  private async redriveFirst(): Promise<void> {
    if (this.waitsAside) await this.redrive();
  }

  private async goOn(request: BackfillRequest, fuse: Fuse): Promise<StageEnd> {
    const { source } = this;
    const { exports, items } = source;
    const end = await this.stage(fuse, () => source.backfill(request, {
      ...this.throughFuse(fuse),
      streams: fused(source.lake.store, fuse),
      exports: fused(exports, fuse),
      items: fused(items, fuse),
      loadLimits: { lines: this.exportLines, bytes: 1e9 },
      // Whatever becomes of Silver, the backfill asks again later.
      startSilver: async () => {
        await this.silver(fuse);
        if (fuse.blown) throw new Crash();
      },
    }));
    if (end !== 'done') this.unfinished.push(request);
    return end;
  }

  private throughFuse(fuse: Fuse, by: By = 'new') {
    const spec = by === 'new' ? this.lake.spec : this.formerSpec;
    return { spec, ...this.ports(fuse, spec) };
  }

  private ports(fuse: Fuse, spec: PipelineSpec) {
    const store = this.sabotage.store?.(this.lake.store, spec) ?? this.lake.store;
    return { store: fused(store, fuse), engine: fused(this.engine, fuse) };
  }

  private run(
    stage: UnderWay['stage'], dependencies: Partial<SilverDependencies>, { chunkFiles = 100, openPartitions = 80 }: SilverLimits,
    fuse = new Fuse(undefined, 'before'),
  ): Promise<StageEnd> {
    const { lake } = this;
    return this.stage(fuse, async () => {
      switch (stage) {
        case 'silver': return lake.silver({
          ...dependencies, chunkLimits: { files: chunkFiles, bytes: 1e9 }, mergeLimits: { openPartitions, pruneAbove: -1 },
        });
        case 'gold': return lake.gold(dependencies);
        case 'rebuild': return lake.rebuild({ ...dependencies, limits: { files: 2, bytes: 1e9 } });
      }
    }, dependencies.spec);
  }

  private async stage(fuse: Fuse, run: () => Promise<unknown>, by?: PipelineSpec): Promise<StageEnd> {
    try {
      await run();
      return 'done';
    } catch (error) {
      if (fuse.blown) {
        this.lake.clock.advance(LEASE); // nobody else takes the journal before
        return 'crashed';
      }
      if (!isBlocked(error, by === undefined || by === this.lake.spec ? [] : OVERTAKEN)) throw error;
      return 'blocked';
    }
  }
}

/** The bucket as it is when a table's stream is read before the deploy that declares it. */
function withoutSources(store: ObjectStore): ObjectStore {
  return new Proxy(store, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      if (property !== 'get') return value.bind(target) as unknown;
      return async (key: string) => {
        const object = await target.get(key);
        if (!object || key !== DEPLOYMENT_KEY) return object;
        const deployment = JSON.parse(Buffer.from(object.body).toString()) as object;
        return { ...object, body: Buffer.from(JSON.stringify({ ...deployment, sources: {} })) };
      };
    },
  });
}

function windowsAt(now: Date): Windows {
  const today = DateTime.fromJSDate(now, { zone: 'Europe/Berlin' }).startOf('day');
  const tomorrow = today.plus({ day: 1 }).toMillis();
  const start = today.minus({ day: 3 });
  return {
    today: [today.toMillis(), tomorrow],
    threeDays: [start.toMillis(), tomorrow],
    before: [start.minus({ day: 4 }).toMillis(), start.toMillis()],
  };
}
