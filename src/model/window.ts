import type { Duration, TimeZone } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';
import type { WindowDeclaration } from '../spec/pipeline-declaration';
import { cdkObject, optional } from './shape';

/**
 * A span of time that moves with the clock. Its bounds reach the SQL as literals, computed by the refresh that uses them, so that a
 * statement gives the same answer whenever it is repeated.
 */
export class Window {
  /**
   * The present calendar day. The SQL: `order_date >= TIMESTAMP '2026-01-31 00:00:00' AND order_date < TIMESTAMP '2026-02-01 00:00:00'`.
   *
   * @param timeZone where the day begins and ends. Default: the pipeline's time zone.
   */
  public static today(timeZone?: TimeZone): Window {
    return new Window({ kind: 'today' }, timeZone);
  }

  /**
   * The last days or hours: from the start of the day (hour) that many days (hours) ago to the end of the present one.
   *
   * @param duration whole days, `Duration.days(7)`, count days; whole hours, `Duration.hours(36)`, count hours. Nothing else.
   * @param timeZone where days begin and end. Default: the pipeline's time zone.
   */
  public static last(duration: Duration, timeZone?: TimeZone): Window {
    return new Window({ kind: 'last', duration }, timeZone);
  }

  /** All rows, whatever their time: no condition in the SQL. */
  public static allTime(): Window {
    return new Window({ kind: 'all-time' });
  }

  private constructor(private readonly declaration: WindowDeclaration, private readonly timeZone?: TimeZone) {}

  /** @internal */
  public _render(): WindowDeclaration {
    return { ...this.declaration, ...(this.timeZone && { timeZone: this.timeZone.timezoneName }) };
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const duration = this.declaration.kind === 'last' ? DURATION(path, this.declaration.duration) : [];
    return [...duration, ...ZONE(path, this.timeZone)];
  }
}

const DURATION = cdkObject('toMilliseconds', 'a Duration is expected', 'Window.last(Duration.days(7))');
const ZONE = optional(cdkObject('timezoneName', 'a TimeZone is expected', "TimeZone.of('Europe/Berlin')"));
