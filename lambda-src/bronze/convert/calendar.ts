/** A time of the proleptic Gregorian calendar as it was written. */
export interface WrittenTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const MILLISECONDS_A_DAY = 86_400_000;
const FIRST_MICROSECOND = -62_135_596_800_000_000n;
const LAST_MICROSECOND = 253_402_300_799_999_999n;

/** Days since 1970-01-01, or undefined if there is no such day in the years 0001 to 9999. */
export function epochDay(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  return new Date(0).setUTCFullYear(year, month - 1, day) / MILLISECONDS_A_DAY;
}

/** Seconds since 1970 as if the time were UTC, or undefined if no clock shows it. */
export function epochSecond(time: WrittenTime): number | undefined {
  const day = epochDay(time.year, time.month, time.day);
  if (day === undefined || time.hour > 23 || time.minute > 59 || time.second > 59) return undefined;
  return day * 86_400 + time.hour * 3600 + time.minute * 60 + time.second;
}

export function microseconds(seconds: number, microsecond: number): bigint {
  return BigInt(seconds) * 1_000_000n + BigInt(microsecond);
}

/** Whether the years 0001 to 9999 hold the time, in epoch microseconds. */
export function isInCalendar(time: bigint): boolean {
  return time >= FIRST_MICROSECOND && time <= LAST_MICROSECOND;
}

/** `2026-01-31`, from days since 1970. */
export function dateText(day: number): string {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/** `2026-01-31 09:30:00.000000`, from epoch microseconds. */
export function timestampText(time: bigint): string {
  const fraction = ((time % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = Number((time - fraction) / 1_000_000n);
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}.${fraction.toString().padStart(6, '0')}`;
}

/** The digits behind a second's point as microseconds, or undefined if they say more than that. */
export function microsecondOf(fraction: string): number | undefined {
  return /^0*$/.test(fraction.slice(6)) ? Number(fraction.slice(0, 6).padEnd(6, '0')) : undefined;
}

/** `Z`, `+02`, `+02:00` or `+0200` in seconds, or undefined if it is beyond 18 hours. */
export function offsetSeconds(text: string): number | undefined {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', ''));
  const seconds = hours * 3600 + minutes * 60;
  if (minutes > 59 || seconds > 18 * 3600) return undefined;
  return text.startsWith('-') ? -seconds : seconds;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
