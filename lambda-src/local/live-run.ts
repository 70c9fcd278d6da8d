import { setTimeout } from 'node:timers/promises';
import { playChanges, verify, type LocalRunOptions } from './local-run';
import { recomputed, type Recomputed } from './run-findings';
import type { RoundReport } from './run-report';
import type { Round } from './source/change-source';

export interface LiveRunOptions extends LocalRunOptions {
  /** From the beginning of one beat to that of the next, if the beat takes no longer. */
  readonly beatSeconds: number;
  /** Ends the run when the beat at hand is over. */
  readonly stop: AbortSignal;
  /** Told of each beat when it is over. */
  readonly onBeat: (beat: Beat) => void;
}

/** Some changes, and their way to Gold. */
export interface Beat {
  /** Counted from 1. */
  readonly number: number;
  readonly changes: number;
  /** Changes of all beats so far. */
  readonly total: number;
  /** When Gold had all of them. */
  readonly at: Date;
  readonly gold: readonly Recomputed[];
  readonly seconds: number;
}

/** Lets changes keep coming, a few with each beat, until it is stopped, and then holds every table against the source. */
export async function runLive(next: () => Round, options: LiveRunOptions): Promise<RoundReport> {
  const { pipeline, clock, beatSeconds, stop, onBeat } = options;
  let total = 0;
  let refreshedAt = (await pipeline.runGold()).at;
  for (let number = 1; !stop.aborted; number++) {
    const start = clock.now();
    const changes = await playChanges(next(), options);
    total += changes;
    await pipeline.runSilver();
    refreshedAt = (await pipeline.runGold()).at;
    const gold = await recomputed(pipeline, start);
    const seconds = (clock.now().getTime() - start.getTime()) / 1000;
    onBeat({ number, changes, total, at: refreshedAt, gold: gold.filter(({ fresh }) => fresh > 0), seconds });
    await rest(Math.max(0, beatSeconds - seconds), stop);
  }
  return { title: 'live changes', checks: await verify(refreshedAt, options) };
}

async function rest(seconds: number, stop: AbortSignal): Promise<void> {
  try {
    await setTimeout(seconds * 1000, undefined, { signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
