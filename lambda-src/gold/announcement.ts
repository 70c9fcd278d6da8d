import type { RefreshedDetail } from '../../src/spec/refreshed-event';
import type { ControlState, UntoldRefresh } from '../journal/control-state';
import type { Journal } from '../journal/journal';
import { PARK_BEFORE } from '../journal/limits';
import type { Announcer } from '../ports/announcer';
import type { TimeLeft } from '../ports/clock';
import { failureText } from '../state/failure-text';

/** What a run told the world. */
export interface AnnouncementReport {
  /** Events that were taken. */
  readonly events: number;
  /** Why others were not; the next run sends them. */
  readonly error?: string;
}

export interface AnnouncementDependencies {
  readonly announcer: Announcer;
  readonly pipeline: string;
  readonly timeLeft: TimeLeft;
}

/**
 * Tells of every refresh that is committed and not told yet, those of runs that died before they could among them, an event a run. What
 * was told is forgotten afterwards: a crash in between repeats an event, and none loses one. It never throws, since Gold is right
 * whether anybody has heard of it or not.
 */
export async function announceRefreshes(
  journal: Journal, { announcer, pipeline, timeLeft }: AnnouncementDependencies,
): Promise<AnnouncementReport> {
  let events = 0;
  try {
    for (const detail of untoldEvents(journal.state.untold ?? {}, pipeline)) {
      if (timeLeft() < PARK_BEFORE) return { events, error: 'time ran out' };
      await announcer.announce(detail);
      events++;
      await journal.commit(told(detail));
    }
    return { events };
  } catch (error) {
    return { events, error: failureText(error) };
  }
}

/** The older run first. */
function untoldEvents(all: NonNullable<ControlState['untold']>, pipeline: string): RefreshedDetail[] {
  const runs = [...new Set(Object.values(all).map(({ run }) => run))].sort((left, right) => left - right);
  return runs.map(run => {
    const refreshes = Object.entries(all).filter(([, refresh]) => refresh.run === run);
    const times = refreshes.map(([, { dataAsOf }]) => dataAsOf).filter(time => time !== undefined);
    return {
      version: 1,
      pipeline,
      run,
      tables: refreshes.map(([table]) => table).sort(),
      computedAt: earliest(refreshes.map(([, { computedAt }]) => computedAt)),
      ...times.length === refreshes.length && { dataAsOf: earliest(times) },
    };
  });
}

/** A table may have been refreshed by a later run: of that, nobody has been told. */
function told({ run }: RefreshedDetail): (state: ControlState) => ControlState {
  return state => {
    const others = Object.entries(state.untold ?? {}).filter(([, refresh]) => refresh.run !== run);
    return { ...state, untold: Object.fromEntries(others) };
  };
}

/** With the very write that ends the refresh. */
export function untold(state: ControlState, goldTable: string, refresh: UntoldRefresh): ControlState {
  return { ...state, untold: { ...state.untold, [goldTable]: refresh } };
}

/** ISO times in UTC sort as texts. */
function earliest(times: readonly string[]): string {
  return [...times].sort()[0];
}
