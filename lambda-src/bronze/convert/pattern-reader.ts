import { compilePattern, type PatternPart } from '../../../src/spec/timestamp-pattern';
import { epochSecond, microsecondOf, microseconds, offsetSeconds } from './calendar';
import { localClock } from './time-zone';

/** Reads texts of a pattern; a text without an offset of its own is local time in `timeZone`. Gives epoch microseconds. */
export function patternReader(pattern: string, timeZone: string): (text: string) => bigint | undefined {
  const parts = compilePattern(pattern);
  const expression = new RegExp(`^${parts.map(expressionOf).join('')}$`);
  const toUtc = localClock(timeZone);
  return text => {
    const found = expression.exec(text)?.groups;
    if (!found) return undefined;
    const microsecond = microsecondOf(found.fraction ?? '');
    const seconds = epochSecond({
      year: Number(found.year),
      month: Number(found.month),
      day: Number(found.day),
      hour: Number(found.hour ?? 0),
      minute: Number(found.minute ?? 0),
      second: Number(found.second ?? 0),
    });
    if (microsecond === undefined || seconds === undefined) return undefined;
    if (found.offset === undefined) return microseconds(toUtc(seconds), microsecond);
    const offset = offsetSeconds(found.offset);
    return offset === undefined ? undefined : microseconds(seconds - offset, microsecond);
  };
}

function expressionOf(part: PatternPart): string {
  switch (part.kind) {
    case 'literal': return part.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    case 'offset': return '(?<offset>Z|[+-]\\d{2}:\\d{2})';
    default: return `(?<${part.kind}>\\d{${part.digits}})`;
  }
}
