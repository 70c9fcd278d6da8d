import type { AttributeMap } from '../../bronze/attribute-value';
import type { Clock } from '../../ports/clock';

/** The last state of an item that changed in a window. */
export interface ItemChange {
  /** Epoch microseconds. */
  readonly micros: bigint;
  readonly key: AttributeMap;
  /** Before the window; undefined if there was none. */
  readonly former?: AttributeMap;
  /** After its last change in the window; undefined if that deleted it. */
  readonly latter?: AttributeMap;
}

interface Write {
  readonly micros: bigint;
  readonly keyText: string;
  readonly itemText: string | undefined;
}

/** Every write to a simulated table with its time: what DynamoDB's point-in-time recovery keeps. */
export class PointInTimeLog {
  private writes: Write[] = [];
  private latest = 0n;
  private start: Date;

  public constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.start = clock.now();
  }

  /** Since when it is kept. */
  public get since(): Date {
    return this.start;
  }

  /** Gives the time at which the table takes the write: no two have the same. */
  public add(keyText: string, itemText: string | undefined): bigint {
    const now = BigInt(this.clock.now().getTime()) * 1000n;
    this.latest = now > this.latest ? now : this.latest + 1n;
    this.writes.push({ micros: this.latest, keyText, itemText });
    return this.latest;
  }

  /** Keeps nothing of what has been, as if recovery were turned off and on again. */
  public forget(): void {
    this.writes = [];
    this.start = this.clock.now();
  }

  /** As they are at the end of that millisecond. */
  public* itemsAt(time: Date): Iterable<AttributeMap> {
    for (const itemText of this.stateBefore(BigInt(time.getTime() + 1) * 1000n).values()) yield JSON.parse(itemText) as AttributeMap;
  }

  /** From one time, to before another; an item that comes and goes within leaves nothing. */
  public* changesIn(from: Date, to: Date): Iterable<ItemChange> {
    const [start, end] = [from, to].map(time => BigInt(time.getTime()) * 1000n);
    const before = this.stateBefore(start);
    const last = new Map<string, Write>();
    for (const write of this.writes) if (write.micros >= start && write.micros < end) last.set(write.keyText, write);
    for (const { micros, keyText, itemText } of last.values()) {
      const formerText = before.get(keyText);
      if (formerText === undefined && itemText === undefined) continue;
      yield {
        micros,
        key: JSON.parse(keyText) as AttributeMap,
        ...formerText === undefined ? {} : { former: JSON.parse(formerText) as AttributeMap },
        ...itemText === undefined ? {} : { latter: JSON.parse(itemText) as AttributeMap },
      };
    }
  }

  private stateBefore(micros: bigint): Map<string, string> {
    const state = new Map<string, string>();
    for (const write of this.writes) {
      if (write.micros >= micros) break;
      if (write.itemText === undefined) state.delete(write.keyText);
      else state.set(write.keyText, write.itemText);
    }
    return state;
  }
}
