import type { Clock } from '../ports/clock';
import { ASK_ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE } from './limits';

/**
 * Asks until there is an answer; the last error if there never is one.
 *
 * @param mayPass whether it is worth asking again after an error
 */
export async function persistently<T>(clock: Clock, ask: () => Promise<T>, mayPass: (error: unknown) => boolean = () => true): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === ASK_ATTEMPTS || !mayPass(error)) throw error;
      await pauseAfter(clock, attempt);
    }
  }
}

/** Full jitter, so that those who failed together do not come back together. */
export async function pauseAfter(clock: Clock, attempt: number): Promise<void> {
  await clock.sleep(Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
}
