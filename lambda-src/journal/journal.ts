import { createHash } from 'node:crypto';
import { QueryFailedError, type QueryFailure, type QueryRequest, type Submission } from '../ports/query-engine';
import type { Statement } from '../sql/nodes';
import { acquireControl, type Acquisition, type AcquisitionDependencies } from './acquire';
import { ControlObject } from './control-object';
import type { ControlState, Slot } from './control-state';
import { JournalLostError } from './errors';
import { InFlight, type InFlightDependencies, type Outcome } from './in-flight';
import { DROP_OPTIMIZE_AFTER, STATEMENT_ATTEMPTS } from './limits';
import { pauseAfter } from './patience';
import { requestKey, storeRequest } from './requests';
import { emptied, maySubmit, recorded, released, unchanged, type Change } from './transitions';

export interface JournalDependencies extends AcquisitionDependencies, InFlightDependencies {
  readonly pipeline: string;
}

/**
 * The one way to change a table. It is a journal, not a lock: the control object's ETag decides who writes, the recorded token
 * decides what runs, and time decides only when to try. A statement is recorded before it is submitted, and whoever holds the
 * journal next waits for what is recorded before it touches that table.
 *
 * One instance is one tenure: acquire, work, release, in the same invocation, with every promise awaited.
 */
export class Journal {
  /** Takes the journal and adopts what is in flight. Throws JournalBusyError when another holds it. */
  public static async acquire(dependencies: JournalDependencies): Promise<Journal> {
    const acquisition = await acquireControl(dependencies);
    const journal = new Journal(dependencies, acquisition);
    await journal.submitAdopted(acquisition.adopted);
    return journal;
  }

  private readonly holder: string;
  private readonly control: ControlObject;
  private readonly inFlight: InFlight;
  private readonly inUse = new Set<string>();
  private attempts = 0;

  private constructor(private readonly dependencies: JournalDependencies, { holder, version }: Acquisition) {
    this.holder = holder;
    this.control = new ControlObject(dependencies.store, dependencies.clock, version);
    this.inFlight = new InFlight(this.control, dependencies);
  }

  /** As last written by us. */
  public get state(): ControlState {
    return this.control.state;
  }

  /** The number of this tenure, and so of its runs. */
  public get epoch(): number {
    return this.state.epoch;
  }

  /** Whether the table must be left alone: nobody knows whether its recorded statement runs, and it is too late to ask. */
  public isBlocked(slot: string): boolean {
    const occupant = this.state.slots[slot];
    return occupant !== undefined && !occupant.queryExecutionId && !maySubmit(occupant, this.control.servedAt);
  }

  /**
   * Waits until the statement that an earlier holder left in the slot has ended, however it did. Call it before reading anything
   * about the table that a run is planned from, then do that table's run again.
   */
  public async settle(slot: string): Promise<void> {
    await this.exclusively(slot, () => this.settleOccupant(slot));
  }

  /**
   * Runs one writing statement to its end and tries again where that may help. `commit` is written together with the fact that
   * the statement is over; it may be applied more than once. Throws QueryFailedError when the statement failed for good.
   */
  public async execute(slot: string, statement: Statement, commit: Change = unchanged): Promise<{ readonly bytesScanned: number }> {
    return this.exclusively(slot, async () => {
      await this.settleOccupant(slot);
      const request = await this.dependencies.engine.prepare(statement);
      for (let attempt = 1; ; attempt++) {
        this.inFlight.assertTime(slot);
        const { token, outcome } = await this.run(slot, request, dropAgeOf(statement));
        if (outcome.state === 'succeeded') {
          await this.control.change(state => commit(emptied(slot, token)(state)));
          return outcome;
        }
        if (!mayPass(outcome.failure) || attempt === STATEMENT_ATTEMPTS) {
          await this.control.change(emptied(slot, token));
          throw new QueryFailedError(outcome.failure, statement.purpose);
        }
        await pauseAfter(this.dependencies.clock, attempt); // the ended attempt stays in the slot until the next one replaces it
      }
    });
  }

  /** One write that changes progress without a statement. */
  public async commit(change: Change): Promise<void> {
    await this.control.change(change);
  }

  /** Gives the journal up; what is in flight stays recorded for the next holder. */
  public async release(): Promise<void> {
    try {
      await this.control.change(released);
    } catch (error) {
      if (!(error instanceof JournalLostError)) throw error;
    } finally {
      this.control.close('it was released');
    }
  }

  private async submitAdopted(adopted: ReadonlyMap<string, Submission>): Promise<void> {
    await Promise.allSettled([...adopted].map(async ([slot, submission]) => {
      if (this.isBlocked(slot)) return;
      const occupant = this.state.slots[slot];
      const outcome = await this.inFlight.submitOnce(slot, occupant, submission);
      if (outcome) await this.control.change(emptied(slot, occupant.token));
    }));
    this.control.assertHeld();
  }

  private async settleOccupant(slot: string): Promise<void> {
    const occupant = this.state.slots[slot];
    if (!occupant) return;
    await this.inFlight.outcome(slot, occupant);
    await this.control.change(emptied(slot, occupant.token));
  }

  /** Everything about the statement is written down before it is sent. */
  private async run(slot: string, request: QueryRequest, dropAge: Pick<Slot, 'dropAfter'>): Promise<{ token: string; outcome: Outcome }> {
    const { store, clock, engine } = this.dependencies;
    const token = this.newToken(slot);
    const key = requestKey(this.epoch, slot, token);
    // Signed before the store says the time: the slot then never looks older than its signature, however long we are paused.
    const submission = await engine.sign(request, token);
    const recordedAt = (await storeRequest(store, clock, key, request)).toISOString();
    const occupant: Slot = { token, requestKey: key, recordedAt, ...dropAge };
    await this.control.change(recorded(slot, occupant));
    return { token, outcome: await this.inFlight.outcome(slot, occupant, submission) };
  }

  /** Never used twice: the holder is random, and it counts its attempts. The revision would not be known before the write. */
  private newToken(slot: string): string {
    return createHash('sha256').update(JSON.stringify([this.dependencies.pipeline, this.holder, ++this.attempts, slot])).digest('hex');
  }

  private async exclusively<T>(slot: string, work: () => Promise<T>): Promise<T> {
    if (this.inUse.has(slot)) throw new Error(`${slot}: a statement is already in flight; await it before the next one`);
    this.inUse.add(slot);
    try {
      return await work();
    } finally {
      this.inUse.delete(slot);
    }
  }
}

function dropAgeOf({ kind }: Statement): Pick<Slot, 'dropAfter'> {
  return kind === 'optimize' ? { dropAfter: DROP_OPTIMIZE_AFTER } : {};
}

function mayPass({ kind }: QueryFailure): boolean {
  return kind === 'conflict' || kind === 'engine';
}
