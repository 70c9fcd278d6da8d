import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../ports/clock';

export class SystemClock implements Clock {
  public now(): Date {
    return new Date();
  }

  public async sleep(milliseconds: number): Promise<void> {
    await setTimeout(milliseconds);
  }
}
