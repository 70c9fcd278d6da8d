import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import type { AttributeMap } from '../../bronze/attribute-value';
import type { Clock } from '../../ports/clock';
import type { ChangeSource, ExistingItems, Round } from './change-source';
import { LocalItemReader } from './local-item-reader';
import { LocalTableExports } from './local-table-exports';
import { PointInTimeLog } from './point-in-time-log';
import type { Arrival } from './stream-record';
import { TableSimulator, type ShardRecord } from './table-simulator';

/** What happens to an item of a Silver table's source. */
export type Change =
  | { readonly kind: 'put'; readonly table: string; readonly item: AttributeMap }
  | { readonly kind: 'delete' | 'expire'; readonly table: string; readonly key: AttributeMap };

/** Reads an item as it is after the changes made so far. */
export type ReadItem = (silverTable: string, key: AttributeMap) => AttributeMap | undefined;

export interface ChangeRound {
  readonly title: string;
  readonly size: number;
  /** Made one by one, each after the one before has happened. */
  changes(read: ReadItem): Iterable<Change>;
}

export interface FurtherChanges {
  /** There before the streams begin. */
  readonly existing?: ChangeRound;
  /** What happens next, each time it is asked. @default - nothing after the rounds */
  readonly next?: () => ChangeRound;
}

/** Changes made up by a generator, applied to simulated tables. */
export class SimulatedSource implements ChangeSource {
  public readonly tableArns: { readonly [silverTable: string]: string };
  public readonly rounds: readonly Round[];
  public readonly existing?: ExistingItems;
  public readonly next?: () => Round;
  private readonly tables: ReadonlyMap<string, TableSimulator>;

  public constructor(
    private readonly spec: PipelineSpec, rounds: readonly ChangeRound[], clock: Pick<Clock, 'now'>, { existing, next }: FurtherChanges = {},
  ) {
    // Only an export asks for every write; all others need the present items alone.
    const logs = new Map(existing ? Object.keys(spec.tables).map(silverTable => [silverTable, new PointInTimeLog(clock)]) : []);
    const tables = Object.entries(spec.tables);
    this.tables = new Map(tables.map(([silverTable, { bronzeName, key, columns }]) => [silverTable, new TableSimulator({
      tableName: bronzeName, key: key.map(name => columns[name].attribute), clock, log: logs.get(silverTable),
    })]));
    if (existing) this.existing = this.exported(existing, logs, clock);
    this.tableArns = Object.fromEntries([...this.tables].map(([silverTable, { tableArn }]) => [silverTable, tableArn]));
    this.rounds = rounds.map(round => this.round(round));
    if (next) {
      this.next = () => {
        // The backfill is over; what would be kept for another one has no end.
        for (const log of logs.values()) log.forget();
        return this.round(next());
      };
    }
  }

  public* items(silverTable: string): Iterable<AttributeMap> {
    const table = this.tables.get(silverTable)!;
    yield* table.items();
    if (this.spec.tables[silverTable].ttlDeletes === 'keep') yield* table.expiredItems();
  }

  public changes(silverTable: string): number {
    return this.tables.get(silverTable)!.records;
  }

  private round(round: ChangeRound): Round {
    return { title: round.title, size: round.size, play: () => this.play(round) };
  }

  private exported(round: ChangeRound, logs: ReadonlyMap<string, PointInTimeLog>, clock: Pick<Clock, 'now'>): ExistingItems {
    const byArn = <T>(one: (silverTable: string, table: TableSimulator) => T): Map<string, T> =>
      new Map([...this.tables].map(([silverTable, table]) => [table.tableArn, one(silverTable, table)]));
    return {
      title: round.title,
      size: round.size,
      fill: () => {
        for (const arrival of this.play(round)) void arrival;
      },
      exports: store => new LocalTableExports({ store, clock, tables: byArn(silverTable => logs.get(silverTable)!) }),
      items: new LocalItemReader(byArn((_, table) => table), clock),
    };
  }

  private* play(round: ChangeRound): Iterable<Arrival> {
    for (const change of round.changes((silverTable, key) => this.tables.get(silverTable)!.get(key))) {
      const happened = apply(this.tables.get(change.table)!, change);
      if (happened) yield { table: change.table, ...happened, bytes: Buffer.byteLength(JSON.stringify(happened.record)) };
    }
  }
}

function apply(table: TableSimulator, change: Change): ShardRecord | undefined {
  switch (change.kind) {
    case 'put': return table.put(change.item);
    case 'delete': return table.delete(change.key);
    case 'expire': return table.expire(change.key);
  }
}
