import type { Clock } from '../../lambda-src/ports/clock';

/** Time stands still until a test moves it; sleeping moves it. */
export class FixedClock implements Clock {
  private current: number;

  public constructor(start: Date | string = '2026-01-31T09:30:00.000Z') {
    this.current = new Date(start).getTime();
  }

  public now(): Date {
    return new Date(this.current);
  }

  public set(time: Date | string): void {
    this.current = new Date(time).getTime();
  }

  public advance(milliseconds: number): void {
    this.current += milliseconds;
  }

  public async sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
  }
}
