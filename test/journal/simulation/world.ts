import { Random } from './random';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const START = Date.UTC(2026, 0, 31, 9);

/** A promise of the protocol is broken; the message says which. */
export class Violation extends Error {
  public readonly name = 'Violation';
}

/** Virtual time: events happen one after the other, and between two of them every promise that can go on does. */
export class World {
  public readonly random: Random;
  public readonly trace: string[] = [];
  /** While true, things go wrong. */
  public stormy = true;
  public violation?: Violation;
  private readonly events: { readonly at: number; readonly tie: number; readonly action: () => void }[] = [];
  private time = 0;

  public constructor(seed: number, private readonly tracing: 'traced' | 'untraced') {
    this.random = new Random(seed);
  }

  public get elapsed(): number {
    return this.time;
  }

  public now(): Date {
    return new Date(START + this.time);
  }

  public after(delay: number, action: () => void): void {
    this.insert({ at: this.time + Math.max(0, delay), tie: this.random.next(), action });
  }

  public note(text: () => string): void {
    if (this.tracing === 'traced') this.trace.push(`${(this.time / SECOND).toFixed(3).padStart(10)} ${text()}`);
  }

  public violate(what: string): void {
    this.note(() => `=> ${what}`);
    this.violation ??= new Violation(what);
  }

  /** Until `done`, a violation, or nothing is left to happen. */
  public async run(done: () => boolean): Promise<void> {
    while (!this.violation && !done()) {
      const event = this.events.pop();
      if (!event) return;
      this.time = event.at;
      event.action();
      await new Promise<void>(resolve => process.nextTick(resolve)); // comes after every promise that can go on, and is cheap
    }
  }

  /** Latest first, so that the next event is popped off the end. */
  private insert(event: { at: number; tie: number; action: () => void }): void {
    let index = this.events.length;
    while (index > 0 && (this.events[index - 1].at < event.at
      || (this.events[index - 1].at === event.at && this.events[index - 1].tie < event.tie))) index--;
    this.events.splice(index, 0, event);
  }
}
