import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import type { AttributeMap } from '../../bronze/attribute-value';
import type { Clock } from '../../ports/clock';
import type { ChangeSource, Round } from './change-source';
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

/** Changes made up by a generator, applied to simulated tables. */
export class SimulatedSource implements ChangeSource {
  public readonly tableArns: { readonly [silverTable: string]: string };
  public readonly rounds: readonly Round[];
  private readonly tables: ReadonlyMap<string, TableSimulator>;

  public constructor(private readonly spec: PipelineSpec, rounds: readonly ChangeRound[], clock: Pick<Clock, 'now'>) {
    this.tables = new Map(Object.entries(spec.tables).map(([silverTable, { bronzeName, key, columns }]) =>
      [silverTable, new TableSimulator({ tableName: bronzeName, key: key.map(name => columns[name].attribute), clock })]));
    this.tableArns = Object.fromEntries([...this.tables].map(([silverTable, { tableArn }]) => [silverTable, tableArn]));
    this.rounds = rounds.map(round => ({ title: round.title, size: round.size, play: () => this.play(round) }));
  }

  public* items(silverTable: string): Iterable<AttributeMap> {
    const table = this.tables.get(silverTable)!;
    yield* table.items();
    if (this.spec.tables[silverTable].ttlDeletes === 'keep') yield* table.expiredItems();
  }

  public changes(silverTable: string): number {
    return this.tables.get(silverTable)!.records;
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
