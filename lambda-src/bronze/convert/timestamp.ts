import type { TimestampFormatSpec } from '../../../src/spec/column-type';
import { numericTextOf, stringOf } from './attribute';
import { epochSecond, isInCalendar, microsecondOf, microseconds, offsetSeconds } from './calendar';
import { scaledInteger } from './exact-number';
import { misfit, type Misfit } from './misfit';
import { patternReader } from './pattern-reader';

const ISO_8601 = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
/** Digits of the greatest time, 9999-12-31, in microseconds. */
const LONGEST_TIME = 18;

/** A converter to epoch microseconds, UTC. */
export function timestampConverter(format: TimestampFormatSpec): (value: unknown) => bigint | Misfit {
  const read = timeReader(format);
  const typeName = format.kind === 'pattern' ? `timestamp in the form ${format.pattern}` : `timestamp in the form ${format.kind}`;
  return value => {
    const time = read(value);
    return time !== undefined && isInCalendar(time) ? time : misfit(value, typeName);
  };
}

function timeReader(format: TimestampFormatSpec): (value: unknown) => bigint | undefined {
  switch (format.kind) {
    case 'iso8601': return value => onText(value, iso8601);
    case 'epoch-seconds': return value => onNumber(value, 6);
    case 'epoch-milliseconds': return value => onNumber(value, 3);
    case 'pattern': {
      const readPattern = patternReader(format.pattern, format.timeZone);
      return value => onText(value, readPattern);
    }
  }
}

function onText(value: unknown, read: (text: string) => bigint | undefined): bigint | undefined {
  const text = stringOf(value);
  return text === undefined ? undefined : read(text);
}

function onNumber(value: unknown, decimals: number): bigint | undefined {
  const text = numericTextOf(value);
  return text === undefined ? undefined : scaledInteger(text, LONGEST_TIME, decimals);
}

function iso8601(text: string): bigint | undefined {
  const match = ISO_8601.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0));
  const microsecond = microsecondOf(match[7] ?? '');
  const offset = offsetSeconds(match[8] ?? 'Z');
  if (microsecond === undefined || offset === undefined) return undefined;
  const seconds = epochSecond({ year, month, day, hour, minute, second });
  return seconds === undefined ? undefined : microseconds(seconds - offset, microsecond);
}
