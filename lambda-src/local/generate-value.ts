import type { ColumnType, TimestampFormatSpec } from '../../src/spec/column-type';
import { compilePattern, type PatternPart } from '../../src/spec/timestamp-pattern';
import type { AttributeMap, AttributeValue } from '../bronze/attribute-value';
import type { Random } from './random';

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath', 'iris', 'juniper'];
const DAY = 24 * 60 * 60 * 1000;
const DAYS = 90;

/** A value that a column of that type can hold; times lie in the last days before `now`. */
export function generateValue(type: ColumnType, random: Random, now: Date): AttributeValue {
  const again = (other: ColumnType): AttributeValue => generateValue(other, random, now);
  switch (type.kind) {
    case 'string': return { S: random.pick(WORDS) };
    case 'boolean': return { BOOL: random.chance(0.5) };
    case 'integer': return { N: String(random.integer(0, 1000)) };
    case 'bigint': return { N: String(random.integer(0, 2 ** 40)) };
    case 'double': return { N: String(random.integer(0, 100_000_000) / 1024) };
    case 'decimal': return { N: decimalText(type.precision, type.scale, random) };
    case 'binary': return { B: Buffer.from(random.pick(WORDS)).toString('base64') };
    case 'date': return { S: timeWithin(random, now).toISOString().slice(0, 10) };
    case 'timestamp': return timestamp(type.format, timeWithin(random, now));
    case 'json': return { M: { word: { S: random.pick(WORDS) }, number: { N: String(random.integer(0, 9)) } } };
    case 'list': return { L: repeated(random, () => again(type.element)) };
    case 'set': return set(repeated(random, () => again(type.element)));
    case 'map': return { M: Object.fromEntries(repeated(random, () => [random.pick(WORDS), again(type.value)] as const)) };
    case 'struct': {
      const members = Object.values(type.fields).map(field => [field.attribute, again(field.type)] as const);
      return { M: Object.fromEntries(members) as AttributeMap };
    }
  }
}

/** The value of a key column in the row of that number: another for every number. */
export function keyValue(type: ColumnType, prefix: string, row: number): AttributeValue {
  switch (type.kind) {
    case 'integer': case 'bigint': case 'double': case 'decimal': return { N: String(row) };
    case 'binary': return { B: Buffer.from(`${prefix}-${row}`).toString('base64') };
    default: return { S: `${prefix}-${String(row).padStart(6, '0')}` };
  }
}

function repeated<T>(random: Random, make: () => T): T[] {
  return Array.from({ length: random.integer(1, 3) }, make);
}

/** A set holds members of one type, each once. */
function set(members: readonly AttributeValue[]): AttributeValue {
  const texts = [...new Set(members.map(member => String(Object.values(member)[0])))];
  if ('N' in members[0]) return { NS: texts };
  return 'B' in members[0] ? { BS: texts } : { SS: texts };
}

function decimalText(precision: number, scale: number, random: Random): string {
  const whole = random.integer(0, 10 ** Math.min(precision - scale, 4) - 1);
  const digits = Math.min(scale, 6);
  const fraction = digits === 0 ? '' : String(random.integer(0, 10 ** digits - 1)).padStart(digits, '0').replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

function timeWithin(random: Random, now: Date): Date {
  return new Date(now.getTime() - Math.floor(random.next() * DAYS * DAY));
}

function timestamp(format: TimestampFormatSpec, time: Date): AttributeValue {
  switch (format.kind) {
    case 'iso8601': return { S: time.toISOString() };
    case 'epoch-seconds': return { N: String(Math.floor(time.getTime() / 1000)) };
    case 'epoch-milliseconds': return { N: String(time.getTime()) };
    case 'pattern': return { S: compilePattern(format.pattern).map(part => written(part, time)).join('') };
  }
}

/** The wall clock of UTC, which may show any time in any zone. */
function written(part: PatternPart, time: Date): string {
  const text = time.toISOString();
  switch (part.kind) {
    case 'literal': return part.text;
    case 'year': return text.slice(0, 4);
    case 'month': return text.slice(5, 7);
    case 'day': return text.slice(8, 10);
    case 'hour': return text.slice(11, 13);
    case 'minute': return text.slice(14, 16);
    case 'second': return text.slice(17, 19);
    case 'fraction': return text.slice(20, 23).padEnd(part.digits, '0').slice(0, part.digits);
    case 'offset': return '+00:00';
  }
}
