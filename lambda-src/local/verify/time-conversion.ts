import type { TimestampFormatSpec } from '../../../src/spec/column-type';
import { compilePattern, type PatternPart } from '../../../src/spec/timestamp-pattern';
import { text } from '../quote';
import { exact, member, numberIn } from './attribute-member';

const EARLIEST = -62_135_596_800_000_000n;
const LATEST = 253_402_300_799_999_999n;
const ISO_8601 = '^\\d{4}-\\d{2}-\\d{2}[T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.,]\\d{1,6}0*)?)?(Z|[+-]\\d{2}(:?\\d{2})?)?$';

const DIRECTIVES: { readonly [field: string]: string } = {
  year: '%Y', month: '%m', day: '%d', hour: '%H', minute: '%M', second: '%S', fraction: '%f', offset: '%z',
};

/** A timestamp in UTC by the engine's own means. */
export function timeOf(format: TimestampFormatSpec, attribute: string): string {
  switch (format.kind) {
    case 'iso8601': {
      const said = `replace(${member(attribute, 'S')}, ',', '.')`;
      return `CASE WHEN regexp_matches(${said}, ${text(ISO_8601)}) THEN CAST(TRY_CAST(${said} AS TIMESTAMPTZ) AS TIMESTAMP) END`;
    }
    case 'epoch-seconds': return sinceEpoch(attribute, 6);
    case 'epoch-milliseconds': return sinceEpoch(attribute, 3);
    case 'pattern': return byPattern(format, attribute);
  }
}

function sinceEpoch(attribute: string, scale: number): string {
  const microseconds = `CAST(${exact(numberIn(attribute), 18 + scale, scale)} * ${10 ** scale} AS HUGEINT)`;
  return `CASE WHEN ${microseconds} BETWEEN ${EARLIEST} AND ${LATEST} THEN make_timestamp(CAST(${microseconds} AS BIGINT)) END`;
}

function byPattern({ pattern, timeZone }: Extract<TimestampFormatSpec, { kind: 'pattern' }>, attribute: string): string {
  const parts = compilePattern(pattern);
  const said = member(attribute, 'S');
  const shape = `^${parts.map(shapeOf).join('')}$`;
  const hasOffset = parts.some(({ kind }) => kind === 'offset');
  // strptime knows no Z for an offset.
  const readable = hasOffset ? `regexp_replace(${said}, 'Z$', '+00:00')` : said;
  const read = `try_strptime(${readable}, ${text(parts.map(directiveOf).join(''))})`;
  return `CASE WHEN regexp_matches(${said}, ${text(shape)}) THEN ${hasOffset ? `CAST(${read} AS TIMESTAMP)` : toUtc(read, timeZone)} END`;
}

/** Of an hour that happens twice the first is meant; the engine takes the second. */
function toUtc(local: string, timeZone: string): string {
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return local;
  const latter = `timezone(${text(timeZone)}, ${local})`;
  const former = `${latter} - INTERVAL 1 HOUR`;
  return `CAST(CASE WHEN timezone(${text(timeZone)}, ${former}) = ${local} THEN ${former} ELSE ${latter} END AS TIMESTAMP)`;
}

function shapeOf(part: PatternPart): string {
  switch (part.kind) {
    case 'literal': return part.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    case 'offset': return '(Z|[+-]\\d{2}:\\d{2})';
    case 'fraction': return '\\d{1,6}0*';
    default: return `\\d{${part.digits}}`;
  }
}

function directiveOf(part: PatternPart): string {
  return part.kind === 'literal' ? part.text.replaceAll('%', '%%') : DIRECTIVES[part.kind];
}
