import { randomUUID } from 'node:crypto';
import { CONTROL_KEY } from '../../src/spec/storage-layout';
import type { Clock } from '../ports/clock';
import type { ObjectStore, PutCondition } from '../ports/object-store';
import { parseControl, serialiseControl, type ControlState } from './control-state';
import { JournalLostError } from './errors';
import { ASK_ATTEMPTS } from './limits';
import { pauseAfter, persistently } from './patience';
import type { Change } from './transitions';

/** One version of the control object. */
export interface ControlVersion {
  readonly state: ControlState;
  readonly etag: string;
  /** The store's clock when it said so. */
  readonly servedAt: Date;
}

/**
 * The control object as its holder writes it: one conditional write at a time, changes that come meanwhile go together into the
 * next. Anything but a clear success is unknown; then the object itself is asked.
 */
export class ControlObject {
  private waiting: Change[] = [];
  private next?: Promise<void>;
  private last: Promise<unknown> = Promise.resolve();
  private lost?: Error;
  private writtenAt: Date;

  public constructor(private readonly store: ObjectStore, private readonly clock: Clock, private version: ControlVersion) {
    this.writtenAt = clock.now();
  }

  public get state(): ControlState {
    return this.version.state;
  }

  /** The store's clock when it last answered. */
  public get servedAt(): Date {
    return this.version.servedAt;
  }

  /** By our clock; good enough to say when to show the others that we live. */
  public get silentFor(): number {
    return this.clock.now().getTime() - this.writtenAt.getTime();
  }

  /** Resolves when the object holds the change; rejects for ever once it is not ours. */
  public async change(change: Change): Promise<void> {
    this.assertHeld();
    change(this.state); // a change that throws must not take down those it would be written with
    this.waiting.push(change);
    if (!this.next) {
      this.next = this.last.then(() => this.writeWaiting());
      this.last = this.next.catch(() => undefined);
    }
    await this.next;
  }

  public assertHeld(): void {
    if (this.lost) throw this.lost;
  }

  public close(why: string): void {
    this.lost ??= new JournalLostError(why);
  }

  private async writeWaiting(): Promise<void> {
    const changes = this.waiting;
    this.waiting = [];
    this.next = undefined;
    this.assertHeld();
    try {
      await this.write(changes);
    } catch (error) {
      this.lost ??= error as Error;
      throw error;
    }
  }

  private async write(changes: readonly Change[]): Promise<void> {
    const { holder, epoch } = this.state;
    for (let attempt = 1; attempt <= ASK_ATTEMPTS; attempt++) {
      const wanted = stamped(changes.reduce((state, change) => change(state), this.state));
      const written = await tryWrite(this.store, wanted, { kind: 'unchanged', etag: this.version.etag });
      const seen = written ?? await this.seen();
      // Our own write may have got through; or an earlier one of ours only now, and then the changes are applied to it again.
      const isWritten = seen.state.nonce === wanted.nonce;
      if (!isWritten && (seen.state.holder !== holder || seen.state.epoch !== epoch)) {
        throw new JournalLostError(`held by ${seen.state.holder ?? 'nobody'} under run number ${seen.state.epoch}, ours was ${epoch}`);
      }
      this.version = seen;
      if (isWritten) {
        this.writtenAt = this.clock.now();
        return;
      }
      await pauseAfter(this.clock, attempt);
    }
    throw new JournalLostError(`${CONTROL_KEY} could not be written`);
  }

  private async seen(): Promise<ControlVersion> {
    const version = await readControl(this.store, this.clock);
    if (!version) throw new JournalLostError(`${CONTROL_KEY} is gone`);
    return version;
  }
}

export async function readControl(store: ObjectStore, clock: Clock): Promise<(ControlVersion & { lastModified: Date }) | undefined> {
  const object = await persistently(clock, () => store.get(CONTROL_KEY));
  return object && { ...object, state: parseControl(object.body) };
}

/** Undefined when the outcome is unknown; a refusal is: it also answers the second arrival of a write that won. */
export async function tryWrite(store: ObjectStore, state: ControlState, condition: PutCondition): Promise<ControlVersion | undefined> {
  try {
    const outcome = await store.put(CONTROL_KEY, serialiseControl(state), condition);
    return outcome.kind === 'written' ? { state, etag: outcome.etag, servedAt: outcome.servedAt } : undefined;
  } catch {
    return undefined;
  }
}

export function stamped(state: ControlState): ControlState {
  return { ...state, rev: state.rev + 1, nonce: randomUUID() };
}
