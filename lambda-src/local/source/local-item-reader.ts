import type { AttributeMap } from '../../bronze/attribute-value';
import type { Clock } from '../../ports/clock';
import type { ItemReader, ReadItems } from '../../ports/item-reader';

/** The items of simulated tables, by the ARN of the table. */
export interface ReadableTable {
  get(key: AttributeMap): AttributeMap | undefined;
}

export class LocalItemReader implements ItemReader {
  public constructor(private readonly tables: ReadonlyMap<string, ReadableTable>, private readonly clock: Pick<Clock, 'now'>) {}

  public async read(tableArn: string, keys: readonly AttributeMap[]): Promise<ReadItems> {
    const table = this.tables.get(tableArn);
    if (!table) throw new Error(`there is no table ${tableArn}`);
    const readAt = this.clock.now();
    return { items: keys.map(key => table.get(key)), readAt };
  }
}
