import type { Clock } from '../../../lambda-src/ports/clock';
import { MINUTE, SECOND, type World } from './world';

export type Fault =
  | 'crash-before' | 'crash-after' | 'pause-before' | 'pause-after'
  | 'lost-request' | 'lost-answer'
  /** The caller is told nothing and gives up; the request arrives minutes later. */
  | 'late'
  /** As when the SDK repeats it: the answer is that to the repetition. */
  | 'twice';

export interface Storm {
  /** Of a fault at one call, while the budget lasts. */
  readonly probability: number;
  readonly faults: readonly Fault[];
  readonly pauses: readonly number[];
}

export const EVERYTHING: Storm = {
  probability: 0.06,
  faults: ['crash-before', 'crash-after', 'pause-before', 'pause-after', 'pause-after', 'lost-request', 'lost-answer', 'late', 'twice'],
  pauses: [20 * SECOND, ...[3, 6, 17, 20, 35, 66, 75, 100, 200].map(minutes => minutes * MINUTE)],
};

/** Shared by all processes of a schedule. */
export interface FaultBudget {
  left: number;
}

/** One invocation: it can die, be frozen for any time, and speaks with the services over a wire that loses and delays. */
export class Process implements Clock {
  private dead = false;
  private frozenUntil = 0;
  private skew: number;
  private readonly started: number;

  public constructor(
    private readonly world: World,
    public readonly name: string,
    private readonly storm: Storm,
    private readonly budget: FaultBudget,
    private readonly onDeath: () => void,
  ) {
    this.started = world.elapsed;
    this.skew = this.anySkew();
  }

  /** Its own clock, which is wrong. */
  public now(): Date {
    return new Date(this.world.now().getTime() + this.skew);
  }

  public get age(): number {
    return this.world.elapsed - this.started;
  }

  public async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => this.deliver(milliseconds, resolve));
  }

  public die(why: string): void {
    if (this.dead) return;
    this.dead = true;
    this.world.note(() => `${this.name} dies: ${why}`);
    this.onDeath();
  }

  /** A request to a service; `effect` is what the service does when it arrives. */
  public async call<T>(what: () => string, effect: () => Promise<T>, odds = 1): Promise<T> {
    const fault = this.drawFault(odds);
    this.world.note(() => `${this.name} ${what()}${fault ? ` [${fault}]` : ''}`);
    if (fault === 'pause-before') this.freeze();
    return new Promise<T>((resolve, reject) => {
      if (fault === 'crash-before') return this.die('before a call');
      const { random } = this.world;
      const departure = Math.max(0, this.frozenUntil - this.world.elapsed);
      const arrival = departure + random.between(1, 60);
      const noAnswer = () => this.deliver(departure + random.between(100, 10 * SECOND), () => reject(new Error(`no answer to: ${what()}`)));
      const arrive = (settle: (effectOf: Promise<T>) => void) => settle(effect());
      const ignore = (outcome: Promise<T>) => void outcome.catch(() => undefined);
      const answer = (outcome: Promise<T>) => void outcome.then(
        value => this.deliver(random.between(1, 60), () => resolve(value)),
        error => this.deliver(random.between(1, 60), () => reject(error as Error)),
      );
      switch (fault) {
        case 'lost-request': return noAnswer();
        case 'lost-answer': return this.world.after(arrival, () => { arrive(ignore); noAnswer(); });
        case 'late':
          noAnswer();
          return this.world.after(arrival + random.pick([5 * SECOND, MINUTE, 4 * MINUTE, 30 * MINUTE]), () => arrive(ignore));
        case 'twice':
          this.world.after(arrival, () => arrive(ignore));
          return this.world.after(arrival + 40, () => arrive(answer));
        default:
          return this.world.after(arrival, () => {
            if (fault === 'crash-after') this.die('before the answer');
            if (fault === 'pause-after') this.freeze();
            arrive(answer);
          });
      }
    });
  }

  private deliver(delay: number, action: () => void): void {
    this.world.after(delay, () => {
      if (this.dead) return;
      if (this.frozenUntil > this.world.elapsed) this.deliver(this.frozenUntil - this.world.elapsed, action);
      else action();
    });
  }

  private freeze(): void {
    const length = this.world.random.pick(this.storm.pauses) * this.world.random.between(0.95, 1.05);
    this.frozenUntil = Math.max(this.frozenUntil, this.world.elapsed + length);
    this.skew = this.anySkew();
    this.world.note(() => `${this.name} is frozen for ${(length / MINUTE).toFixed(1)} min`);
  }

  private drawFault(odds: number): Fault | undefined {
    const { random, stormy } = this.world;
    if (!stormy || this.budget.left === 0 || !random.chance(this.storm.probability * odds)) return undefined;
    this.budget.left--;
    return random.pick(this.storm.faults);
  }

  private anySkew(): number {
    return this.world.random.pick([0, 0, -3 * MINUTE, 4 * MINUTE]);
  }
}
