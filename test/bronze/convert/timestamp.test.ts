import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { timestampText } from '../../../lambda-src/bronze/convert/calendar';
import { Misfit } from '../../../lambda-src/bronze/convert/misfit';
import { TimeZoneError } from '../../../lambda-src/bronze/convert/time-zone';
import { timestampConverter } from '../../../lambda-src/bronze/convert/timestamp';
import type { TimestampFormatSpec } from '../../../src/spec/column-type';

function read(format: TimestampFormatSpec, value: unknown): string | Misfit {
  const time = timestampConverter(format)(value);
  return time instanceof Misfit ? time : timestampText(time);
}

function pattern(text: string, timeZone = 'UTC'): TimestampFormatSpec {
  return { kind: 'pattern', pattern: text, timeZone };
}

describe('an ISO 8601 timestamp', () => {
  test.each([
    ['2026-01-31T09:30:00Z', '2026-01-31 09:30:00.000000'],
    ['2026-01-31 09:30:00', '2026-01-31 09:30:00.000000'],
    ['2026-01-31T09:30:00.5+02:00', '2026-01-31 07:30:00.500000'],
    ['2026-01-31T09:30:00,123456-0530', '2026-01-31 15:00:00.123456'],
    ['2026-01-31T09:30:00.123456000Z', '2026-01-31 09:30:00.123456'],
    ['2026-01-31T09:30+01', '2026-01-31 08:30:00.000000'],
    ['0001-01-01T00:00:00Z', '0001-01-01 00:00:00.000000'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31 23:59:59.999999'],
  ])('%s is %s in UTC', (text, expected) => {
    expect(read({ kind: 'iso8601' }, { S: text })).toBe(expected);
  });

  test.each([
    '2026-01-31', '2026-02-30T00:00:00', '2026-01-31T24:00:00', '2026-01-31T23:59:60Z', '2026-01-31T09:30:00.1234567Z', '2026-1-31T09:30:00',
    '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '0000-12-31T23:59:59Z', '2026-01-31T09:30:00+19:00', '2026-01-31T09:30:00+01:60', '',
    'x2026-01-31T09:30:00', '2026-01-31T09:30:00 Europe/Berlin',
  ])('%j is none', text => {
    expect(read({ kind: 'iso8601' }, { S: text })).toEqual(new Misfit(`S ${JSON.stringify(text)} is not a timestamp in the form iso8601`));
  });

  test('is not a number', () => {
    expect(read({ kind: 'iso8601' }, { N: '1767225600' })).toEqual(new Misfit('N 1767225600 is not a timestamp in the form iso8601'));
  });
});

describe('an epoch timestamp', () => {
  test.each<['epoch-seconds' | 'epoch-milliseconds', unknown, string]>([
    ['epoch-seconds', { N: '1767225600' }, '2026-01-01 00:00:00.000000'],
    ['epoch-seconds', { S: '1767225600.000001' }, '2026-01-01 00:00:00.000001'],
    ['epoch-seconds', { N: '-0.000001' }, '1969-12-31 23:59:59.999999'],
    ['epoch-seconds', { N: '253402300799.999999' }, '9999-12-31 23:59:59.999999'],
    ['epoch-seconds', { N: '1.7672256E9' }, '2026-01-01 00:00:00.000000'],
    ['epoch-milliseconds', { N: '1767225600123.456' }, '2026-01-01 00:00:00.123456'],
    ['epoch-milliseconds', { N: '-62135596800000' }, '0001-01-01 00:00:00.000000'],
  ])('in %s from %j is %s', (kind, value, expected) => {
    expect(read({ kind }, value)).toBe(expected);
  });

  test.each<['epoch-seconds' | 'epoch-milliseconds', unknown]>([
    ['epoch-seconds', { N: '1.0000001' }], ['epoch-milliseconds', { N: '1.0001' }], ['epoch-seconds', { N: '253402300800' }],
    ['epoch-milliseconds', { N: '-62135596800001' }], ['epoch-seconds', { N: '1E+20' }], ['epoch-seconds', { S: '2026-01-01' }],
  ])('in %s is not %j', (kind, value) => {
    expect(read({ kind }, value)).toBeInstanceOf(Misfit);
  });
});

describe('a timestamp of a pattern', () => {
  test.each([
    ['yyyy-MM-dd HH:mm:ss', '2026-01-31 09:30:15', '2026-01-31 09:30:15.000000'],
    ['dd.MM.yyyy', '31.01.2026', '2026-01-31 00:00:00.000000'],
    ['yyyyMMddHHmmssSSS', '20260131093015250', '2026-01-31 09:30:15.250000'],
    ['yyyy-MM-dd\'T\'HH:mm:ss.SSSSSSSSSXXX', '2026-01-31T09:30:15.123456000+02:00', '2026-01-31 07:30:15.123456'],
    ['yyyy-MM-dd HH \'o\'\'clock\' XXX', '2026-01-31 09 o\'clock Z', '2026-01-31 09:00:00.000000'],
    ['(yyyy)[MM]{dd}^$|?*+\\', '(2026)[01]{31}^$|?*+\\', '2026-01-31 00:00:00.000000'],
  ])('%s reads %s', (text, value, expected) => {
    expect(read(pattern(text), { S: value })).toBe(expected);
  });

  test.each([
    ['yyyy-MM-dd HH:mm:ss', '2026-01-31T09:30:15'], ['yyyy-MM-dd HH:mm:ss', '2026-01-31 09:30:15 '], ['yyyy-MM-dd HH:mm:ss', '2026-13-01 00:00:00'],
    ['yyyy.MM.dd', '2026x01x31'], ['yyyy-MM-dd HH:mm:ss.SSSSSSS', '2026-01-31 09:30:15.1234567'], ['yyyy-MM-dd XXX', '2026-01-31 +0200'],
  ])('%s does not read %j', (text, value) => {
    expect(read(pattern(text), { S: value })).toEqual(new Misfit(`S ${JSON.stringify(value)} is not a timestamp in the form ${text}`));
  });

  test.each([
    ['before the clocks change', '2026-03-29 01:59:59', '2026-03-29 00:59:59.000000'],
    ['after the clocks changed', '2026-03-29 03:00:00', '2026-03-29 01:00:00.000000'],
    ['in the hour that does not exist, moved on', '2026-03-29 02:30:00', '2026-03-29 01:30:00.000000'],
    ['in the hour that comes twice, the first', '2026-10-25 02:30:00', '2026-10-25 00:30:00.000000'],
    ['after the hour that came twice', '2026-10-25 03:00:00', '2026-10-25 02:00:00.000000'],
    ['in summer', '2026-07-01 12:00:00', '2026-07-01 10:00:00.000000'],
    ['in winter', '2026-01-01 12:00:00', '2026-01-01 11:00:00.000000'],
  ])('is local time in Berlin %s', (_, value, expected) => {
    expect(read(pattern('yyyy-MM-dd HH:mm:ss', 'Europe/Berlin'), { S: value })).toBe(expected);
  });

  test('follows its own offset rather than the zone', () => {
    expect(read(pattern('yyyy-MM-dd HH:mmXXX', 'Europe/Berlin'), { S: '2026-07-01 12:00-03:00' })).toBe('2026-07-01 15:00:00.000000');
  });

  test('needs a zone that exists', () => {
    expect(() => timestampConverter(pattern('yyyy-MM-dd', 'Mars/Olympus'))).toThrow(TimeZoneError);
  });

  test('is what luxon reads, in any zone and any form', () => {
    const time = fc.date({ min: new Date('1000-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true });
    const form = fc.constantFrom('yyyy-MM-dd HH:mm:ss', 'dd/MM/yyyy HH:mm', 'yyyyMMdd HHmmss.SSS', 'HH:mm:ss dd.MM.yyyy XXX', 'yyyy-MM-dd\'T\'HH:mm:ss.SSSXXX');
    const zone = fc.constantFrom(
      'UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Casablanca', 'America/St_Johns');
    fc.assert(fc.property(time, form, zone, (date, text, name) => {
      const luxonForm = text.replace('XXX', 'ZZ');
      const written = DateTime.fromJSDate(date, { zone: name });
      const value = written.toFormat(luxonForm);
      const parsed = DateTime.fromFormat(value, luxonForm, { zone: name });
      fc.pre(parsed.isValid && isPlain(parsed, name) && hasWholeMinutes(written));
      expect(read(pattern(text, name), { S: value })).toBe(parsed.toUTC().toFormat('yyyy-MM-dd HH:mm:ss.SSS\'000\''));
    }), { numRuns: 2000 });
  });
});

/** Luxon leaves open which of two hours it means, and how it moves a skipped one. */
function isPlain(time: DateTime, zone: string): boolean {
  const fields = time.toObject();
  return time.getPossibleOffsets().length === 1 && Math.abs(DateTime.fromObject(fields, { zone }).diff(time).milliseconds) === 0;
}

/** Before zones were standardised offsets had seconds, which +02:00 cannot say. */
function hasWholeMinutes(time: DateTime): boolean {
  return Number.isInteger(time.offset);
}
