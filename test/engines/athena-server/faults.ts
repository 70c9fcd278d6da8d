/** What can be told to go wrong; each happens once for every time it was asked for. */
export type Fault =
  /** A call is answered with a throttling error. */
  | 'throttle'
  /** A call is carried out, and the connection closed without an answer. */
  | 'lose-answer'
  /** A call is carried out, and answered late. */
  | 'late-answer'
  /** An execution fails as if another writer had committed first; nothing is run. */
  | 'conflict'
  /** An OPTIMIZE or VACUUM does its work and fails, wanting to be started again. */
  | 'more-runs-needed'
  /** An execution stays QUEUED for a while. */
  | 'slow-queue';

export interface FaultOrder {
  readonly fault: Fault;
  readonly times: number;
  /** Only calls of that operation; for the faults of calls. */
  readonly operation?: string;
  /** Only statements whose text matches this regular expression. */
  readonly matching?: string;
  /** How long a slow queue is, and how late an answer. */
  readonly milliseconds?: number;
}

/** The orders not yet carried out. */
export class Faults {
  private orders: FaultOrder[] = [];

  public order(order: FaultOrder): void {
    this.orders.push(order);
  }

  public clear(): void {
    this.orders = [];
  }

  public get left(): readonly FaultOrder[] {
    return this.orders;
  }

  /** Takes one that applies, if there is any. */
  public take(fault: Fault, operation: string, sql: string): FaultOrder | undefined {
    const index = this.orders.findIndex(order => order.fault === fault
      && (order.operation === undefined || order.operation === operation)
      && (order.matching === undefined || new RegExp(order.matching, 'i').test(sql)));
    if (index < 0) return undefined;
    const order = this.orders[index];
    if (order.times > 1) this.orders[index] = { ...order, times: order.times - 1 };
    else this.orders.splice(index, 1);
    return order;
  }
}
