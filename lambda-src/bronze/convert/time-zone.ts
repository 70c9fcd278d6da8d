import { IANAZone } from 'luxon';

/** What a wall clock in a zone shows, to UTC. */
export type LocalClock = (localSeconds: number) => number;

export class TimeZoneError extends Error {
  public readonly name = 'TimeZoneError';
}

const SECONDS_A_DAY = 86_400;
const DAYS_KEPT = 10_000;

/**
 * Seconds of a zone's wall clock to seconds since 1970. Of an hour that happens twice the first is meant; a time that a clock
 * put forward skips is moved on by what was skipped. Asking the zone is slow, so a day without a change is asked once.
 */
export function localClock(name: string): LocalClock {
  if (name === 'UTC' || name === 'Etc/UTC') return localSeconds => localSeconds;
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new TimeZoneError(`"${name}" is not a time zone; take an IANA name such as Europe/Berlin`);
  const offsetAt = (seconds: number): number => Math.round(zone.offset(seconds * 1000) * 60);
  const offsetOfDay = new Map<number, number | undefined>();
  return localSeconds => {
    const day = Math.floor(localSeconds / SECONDS_A_DAY);
    if (!offsetOfDay.has(day)) {
      if (offsetOfDay.size >= DAYS_KEPT) offsetOfDay.clear();
      offsetOfDay.set(day, steadyOffset(day, offsetAt));
    }
    return localSeconds - (offsetOfDay.get(day) ?? offsetOf(localSeconds, offsetAt));
  };
}

/** The offset that holds from a day before to a day after, if one does. */
function steadyOffset(day: number, offsetAt: (seconds: number) => number): number | undefined {
  const before = offsetAt((day - 1) * SECONDS_A_DAY);
  const after = offsetAt((day + 2) * SECONDS_A_DAY);
  return before === after ? before : undefined;
}

function offsetOf(localSeconds: number, offsetAt: (seconds: number) => number): number {
  const before = offsetAt(localSeconds - SECONDS_A_DAY);
  const after = offsetAt(localSeconds + SECONDS_A_DAY);
  return [before, after].find(offset => offsetAt(localSeconds - offset) === offset) ?? before;
}
