import type { TimeZone } from 'aws-cdk-lib';
import type { Problem } from '../checks/problem';
import type { TimestampFormatSpec } from '../spec/column-type';
import { cdkObject, optional, text } from './shape';

/** How a point in time stands in an item. Silver holds all of them as `timestamp(6)` in UTC. */
export class TimestampFormat {
  /**
   * `2026-01-31T10:00:00Z`, with or without seconds and a fraction (to the microsecond), with `Z` or an offset; without either it is
   * taken as UTC. The default.
   */
  public static iso8601(): TimestampFormat {
    return new TimestampFormat({ kind: 'iso8601' });
  }

  /** A number: seconds since 1970-01-01T00:00:00Z, with a fraction to the microsecond at most. */
  public static epochSeconds(): TimestampFormat {
    return new TimestampFormat({ kind: 'epoch-seconds' });
  }

  /** A number: milliseconds since 1970-01-01T00:00:00Z, with a fraction to the microsecond at most. */
  public static epochMilliseconds(): TimestampFormat {
    return new TimestampFormat({ kind: 'epoch-milliseconds' });
  }

  /**
   * Text in a pattern of its own, such as `yyyy-MM-dd HH:mm:ss`.
   *
   * @param pattern `yyyy MM dd HH mm ss`, `S` for each digit of the fraction, `XXX` for an offset; other letters in single quotes.
   * Any other pattern is refused at synth.
   * @param timeZone the zone of the text where it states no offset. Default: UTC.
   */
  public static pattern(pattern: string, timeZone?: TimeZone): TimestampFormat {
    return new TimestampFormat({ kind: 'pattern', pattern, timeZone });
  }

  private constructor(private readonly format: GivenFormat) {}

  /** @internal */
  public _render(): TimestampFormatSpec {
    const { format } = this;
    return format.kind === 'pattern' ? { ...format, timeZone: format.timeZone?.timezoneName ?? 'Etc/UTC' } : format;
  }

  /** @internal */
  public _problems(path: string): readonly Problem[] {
    const { format } = this;
    if (format.kind !== 'pattern') return [];
    return [...PATTERN(path, format.pattern), ...ZONE(path, format.timeZone)];
  }
}

type GivenFormat =
  | Exclude<TimestampFormatSpec, { kind: 'pattern' }>
  | { readonly kind: 'pattern'; readonly pattern: string; readonly timeZone?: TimeZone };

const PATTERN = text('the pattern', "TimestampFormat.pattern('yyyy-MM-dd HH:mm:ss')");
const ZONE = optional(cdkObject('timezoneName', 'a TimeZone is expected', "TimeZone.of('Europe/Berlin')"));
