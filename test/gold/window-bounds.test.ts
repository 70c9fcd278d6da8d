import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { boundsOf, previousBounds, windowBounds } from '../../lambda-src/gold/window-bounds';
import type { WindowSpec } from '../../src/spec/pipeline-spec';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'] as const;
/** Around the nights in which clocks change. */
const CHANGES = ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z'];
const now = fc.oneof(
  fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -48 * 60, max: 48 * 60 }))
    .map(([change, minutes]) => new Date(Date.parse(change) + minutes * 60_000 + 1)),
  fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true }),
);
const zone = fc.constantFrom(...ZONES);
const local = (time: Date, timeZone: string): DateTime => DateTime.fromJSDate(time, { zone: timeZone });

describe('a window of days', () => {
  const windows = fc.tuple(zone, fc.integer({ min: 0, max: 90 })).map(([timeZone, count]): WindowSpec =>
    count === 0 ? { kind: 'today', timeZone } : { kind: 'last', unit: 'day', count, timeZone });

  test('begins and ends at midnight of its zone, whatever the clocks do between', () => {
    fc.assert(fc.property(windows, now, (window, time) => {
      if (window.kind === 'all-time') return;
      const { start, end, startDay, endDay } = windowBounds(window, time);
      const [first, last] = [local(start!, window.timeZone), local(end!, window.timeZone)];
      expect([first.toFormat('HH:mm:ss.SSS'), last.toFormat('HH:mm:ss.SSS')]).toEqual(['00:00:00.000', '00:00:00.000']);
      expect([first.toISODate(), last.toISODate()]).toEqual([startDay, endDay]);
      expect(start!.getTime()).toBeLessThanOrEqual(time.getTime());
      expect(end!.getTime()).toBeGreaterThan(time.getTime());
      const days = (Date.parse(endDay!) - Date.parse(startDay!)) / 86_400_000;
      expect(days).toBe(window.kind === 'today' ? 1 : window.count + 1);
    }), { numRuns: 400 });
  });

  test.each([
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['America/New_York', '2026-03-08T12:00:00Z', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['Asia/Kolkata', '2026-03-28T20:00:00Z', '2026-03-28T18:30:00.000Z', '2026-03-29T18:30:00.000Z'],
  ])('today in %s at %s is from %s to %s', (timeZone, time, start, end) => {
    const bounds = windowBounds({ kind: 'today', timeZone }, new Date(time));
    expect([bounds.start!.toISOString(), bounds.end!.toISOString()]).toEqual([start, end]);
  });
});

test('a window of hours holds that many real hours and the present one, when clocks change too', () => {
  fc.assert(fc.property(zone, fc.integer({ min: 1, max: 72 }), now, (timeZone, count, time) => {
    const { start, end, startDay, endDay } = windowBounds({ kind: 'last', unit: 'hour', count, timeZone }, time);
    expect(end!.getTime() - start!.getTime()).toBe((count + 1) * 3_600_000);
    expect(start!.getTime()).toBeLessThanOrEqual(time.getTime());
    expect(end!.getTime()).toBeGreaterThan(time.getTime());
    expect(end!.getTime() - time.getTime()).toBeLessThanOrEqual(3_600_000);
    expect(local(end!, timeZone).minute).toBe(0);
    expect(startDay! < endDay!).toBe(true);
    expect(local(time, timeZone).toISODate()! < endDay!).toBe(true);
  }), { numRuns: 400 });
});

test('the period before ends where the window begins, and is as many days or hours long', () => {
  const windows = fc.tuple(zone, fc.constantFrom('day', 'hour'), fc.integer({ min: 0, max: 40 })).map(([timeZone, unit, count]): WindowSpec =>
    count === 0 ? { kind: 'today', timeZone } : { kind: 'last', unit, count, timeZone });
  fc.assert(fc.property(windows, now, (window, time) => {
    const [present, before] = [windowBounds(window, time), previousBounds(window, time)];
    expect(before.end).toEqual(present.start);
    const isOfHours = window.kind === 'last' && window.unit === 'hour';
    if (isOfHours) expect(before.end!.getTime() - before.start!.getTime()).toBe(present.end!.getTime() - present.start!.getTime());
    else expect([before.endDay, days(before)]).toEqual([present.startDay, days(present)]);
  }), { numRuns: 400 });
  expect(previousBounds({ kind: 'all-time' }, new Date())).toEqual({});

  function days({ startDay, endDay }: ReturnType<typeof windowBounds>): number {
    return (Date.parse(endDay!) - Date.parse(startDay!)) / 86_400_000;
  }
});

test('bounds move forwards only, and stay the same within a day', () => {
  fc.assert(fc.property(zone, now, fc.nat(200_000_000), (timeZone, time, later) => {
    const window: WindowSpec = { kind: 'last', unit: 'day', count: 7, timeZone };
    const [before, after] = [windowBounds(window, time), windowBounds(window, new Date(time.getTime() + later))];
    expect(after.start!.getTime()).toBeGreaterThanOrEqual(before.start!.getTime());
    const sameDay = local(time, timeZone).hasSame(local(new Date(time.getTime() + later), timeZone), 'day');
    expect(before.end!.getTime() === after.end!.getTime()).toBe(sameDay);
  }));
});

test('all time has no bounds, and a table says the bounds that it hangs on', () => {
  expect(windowBounds({ kind: 'all-time' }, new Date())).toEqual({});
  const time = new Date('2026-03-28T20:00:00Z');
  const table = { definitionHash: 'h', silverTable: 'orders', groupBy: {}, measures: {} };
  expect(boundsOf({ ...table, kind: 'aggregate', refresh: { kind: 'changed' } }, time)).toEqual({});
  expect(boundsOf({ ...table, kind: 'aggregate', refresh: { kind: 'delta', column: 'day', window: { kind: 'today', timeZone: 'UTC' } } }, time))
    .toEqual({ refresh: '2026-03-28T00:00:00.000Z/2026-03-29T00:00:00.000Z' });
});

test.each([
  // Midnight is skipped: the day begins at one o'clock.
  ['America/Santiago', '2026-09-06T12:00:00Z', { kind: 'today' }, '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  ['America/Santiago', '2026-09-06T12:00:00Z', { kind: 'last', unit: 'day', count: 1 }, '2026-09-05T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  // Midnight comes twice: the day begins with the first, also when the second has passed.
  ['America/Havana', '2026-11-01T04:30:00Z', { kind: 'today' }, '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
  ['America/Havana', '2026-11-01T12:00:00Z', { kind: 'today' }, '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
] as const)('a day in %s at %s begins and ends where the calendar says', (timeZone, instant, window, start, end) => {
  const bounds = windowBounds({ ...window, timeZone }, new Date(instant));
  expect([bounds.start?.toISOString(), bounds.end?.toISOString()]).toEqual([start, end]);
});
