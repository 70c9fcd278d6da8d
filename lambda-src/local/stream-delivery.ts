import type { StreamEvent } from '../bronze/stream-event';
import type { Random } from './random';
import type { Arrival } from './source/stream-record';

export interface DeliveryLimits {
  /** Records of one invocation. */
  readonly batchSize: number;
  /** Lambda takes no greater event. */
  readonly payloadBytes: number;
  /** Share of the batches that come again, as after a time-out: 0 to 1. The first one always does, if any. */
  readonly redelivered: number;
}

export const DELIVERY_LIMITS: DeliveryLimits = { batchSize: 1000, payloadBytes: 6 * 1024 * 1024, redelivered: 0.2 };

/** What each record costs in the event beside itself. */
const SEPARATOR = 1;
const ENVELOPE = '{"Records":[]}'.length;

/**
 * Hands records to a handler as Lambda's event source mapping does: batches of one shard, in the shard's order; a batch whose
 * outcome got lost comes again, whole or cut in two, before the shard goes on.
 */
export class StreamDelivery {
  public batches = 0;
  public redeliveries = 0;
  private readonly waiting = new Map<string, { bytes: number; readonly arrivals: Arrival[] }>();

  public constructor(
    private readonly handler: (event: StreamEvent) => Promise<void>,
    private readonly random: Random,
    private readonly limits: DeliveryLimits = DELIVERY_LIMITS,
  ) {}

  /** Resolves once there is room for the next record. */
  public async add(arrival: Arrival): Promise<void> {
    const shard = `${arrival.record.eventSourceARN}/${arrival.shard}`;
    const cost = arrival.bytes + SEPARATOR;
    const waiting = this.waiting.get(shard);
    if (waiting && ENVELOPE + waiting.bytes + cost > this.limits.payloadBytes) await this.deliver(shard);
    const batch = this.waiting.get(shard) ?? { bytes: 0, arrivals: [] };
    this.waiting.set(shard, batch);
    batch.arrivals.push(arrival);
    batch.bytes += cost;
    if (batch.arrivals.length >= this.limits.batchSize) await this.deliver(shard);
  }

  /** Delivers what waits for a batch to become full. */
  public async flush(): Promise<void> {
    for (const shard of [...this.waiting.keys()]) await this.deliver(shard);
  }

  private async deliver(shard: string): Promise<void> {
    const records = this.waiting.get(shard)!.arrivals.map(({ record }) => record);
    this.waiting.delete(shard);
    this.batches++;
    await this.handler({ Records: records });
    const chosen = this.random.chance(this.limits.redelivered);
    if (this.limits.redelivered === 0 || !chosen && this.batches > 1) return;
    this.redeliveries++;
    const cut = this.random.chance(0.5) ? Math.ceil(records.length / 2) : records.length;
    await this.handler({ Records: records.slice(0, cut) });
    if (cut < records.length) await this.handler({ Records: records.slice(cut) });
  }
}
