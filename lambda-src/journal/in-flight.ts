import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import {
  SignatureExpiredError, SubmissionDeniedError, SubmissionRefusedError, type ExecutionStatus, type QueryEngine, type Submission,
} from '../ports/query-engine';
import type { ControlObject } from './control-object';
import type { Slot } from './control-state';
import { OutcomeOpenError, OutOfTimeError } from './errors';
import { ASK_ATTEMPTS, DENIED_ATTEMPTS, DROP_AFTER, FIRST_POLL, LEASE_RENEWAL, LONGEST_POLL, PARK_BEFORE } from './limits';
import { pauseAfter, persistently } from './patience';
import { loadRequest } from './requests';
import { answered, maySubmit, unchanged } from './transitions';

export type Outcome = Exclude<ExecutionStatus, { state: 'running' }>;

export interface InFlightDependencies {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
}

/** Brings recorded statements to their end: submits under the recorded token until there is an answer, then waits. Stops none. */
export class InFlight {
  public constructor(private readonly control: ControlObject, private readonly dependencies: InFlightDependencies) {}

  /** The end of the statement in the slot, whoever recorded it. The slot is as full afterwards as before. */
  public async outcome(name: string, slot: Slot, submission?: Submission): Promise<Outcome> {
    const id = slot.queryExecutionId ?? await this.submit(name, slot, submission);
    return typeof id === 'string' ? this.wait(name, id) : id;
  }

  /** One try, at once, while the adopter's signatures are fresh. Without an answer the slot stays as it is. */
  public async submitOnce(name: string, slot: Slot, submission: Submission): Promise<Outcome | undefined> {
    const answer = await answerTo(submission);
    if (answer.kind === 'accepted') await this.note(name, slot, answer.id);
    return answer.kind === 'refused' ? failed(answer.why) : undefined;
  }

  public assertTime(name: string): void {
    this.control.assertHeld();
    if (this.dependencies.timeLeft() < PARK_BEFORE) throw new OutOfTimeError(name);
  }

  private async submit(name: string, slot: Slot, first?: Submission): Promise<string | Outcome> {
    let submission = first;
    // A statement that has been turned away from its very first sending on cannot have been started by anybody.
    let neverStarted = first !== undefined;
    for (let attempt = 1; ; attempt++) {
      submission ??= await this.signAgain(name, slot);
      const answer = await answerTo(submission);
      neverStarted &&= answer.kind === 'denied';
      if (answer.kind === 'accepted') return this.note(name, slot, answer.id);
      if (answer.kind === 'refused') return failed(answer.why);
      if (neverStarted && attempt === DENIED_ATTEMPTS) return { state: 'failed', failure: { kind: 'engine', message: answer.why } };
      // An earlier sending may still have got through, so the token stays whatever the signature's fate.
      if (answer.kind === 'expired') submission = undefined;
      if (attempt === ASK_ATTEMPTS) throw openOutcome(name, slot, answer.why);
      this.assertTime(name);
      await pauseAfter(this.dependencies.clock, attempt);
    }
  }

  /** Sign, then see that the journal is still ours and the token still known, then send. */
  private async signAgain(name: string, slot: Slot): Promise<Submission> {
    const { store, clock, engine } = this.dependencies;
    const request = await loadRequest(store, clock, slot.requestKey);
    if (!request) throw openOutcome(name, slot, `${slot.requestKey} is gone`);
    const submission = await engine.sign(request, slot.token);
    await this.control.change(unchanged);
    if (!maySubmit(slot, this.control.servedAt)) throw openOutcome(name, slot, 'it is too old to be submitted again');
    return submission;
  }

  private async note(name: string, { token }: Slot, id: string): Promise<string> {
    await this.control.change(answered(name, token, id));
    return id;
  }

  private async wait(name: string, id: string): Promise<Outcome> {
    const { clock, engine } = this.dependencies;
    for (let pause = FIRST_POLL; ; pause = Math.min(LONGEST_POLL, pause * 2)) {
      const status = await persistently(clock, () => engine.status(id));
      if (status.state !== 'running') return status;
      this.assertTime(name);
      await clock.sleep(pause);
      if (this.control.silentFor >= LEASE_RENEWAL) await this.control.change(unchanged);
    }
  }
}

type Answer =
  | { readonly kind: 'accepted'; readonly id: string }
  | { readonly kind: 'refused' | 'denied' | 'expired' | 'none'; readonly why: string };

async function answerTo(submission: Submission): Promise<Answer> {
  try {
    return { kind: 'accepted', id: await submission.send() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof SubmissionRefusedError) return { kind: 'refused', why };
    if (error instanceof SubmissionDeniedError) return { kind: 'denied', why };
    return { kind: error instanceof SignatureExpiredError ? 'expired' : 'none', why };
  }
}

function failed(message: string): Outcome {
  return { state: 'failed', failure: { kind: 'statement', message } };
}

function openOutcome(name: string, { recordedAt, dropAfter }: Slot, why: string): OutcomeOpenError {
  return new OutcomeOpenError(name, new Date(Date.parse(recordedAt) + (dropAfter ?? DROP_AFTER)), why);
}
