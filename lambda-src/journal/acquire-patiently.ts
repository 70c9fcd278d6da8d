import { JournalBusyError } from './errors';
import { Journal, type JournalDependencies } from './journal';

/** How often the journal is asked for, and how long to wait in between, in milliseconds. */
export interface Patience {
  readonly attempts: number;
  readonly pause: number;
}

/** Another stage may be ending just now. Throws JournalBusyError when it did not. */
export async function acquirePatiently(dependencies: JournalDependencies, { attempts, pause }: Patience): Promise<Journal> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await Journal.acquire(dependencies);
    } catch (error) {
      if (!(error instanceof JournalBusyError) || attempt === attempts) throw error;
      await dependencies.clock.sleep(pause * (1 + Math.random()));
    }
  }
}
