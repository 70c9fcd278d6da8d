import type { Logger } from '@aws-lambda-powertools/logger';
import { JournalBusyError } from '../journal/errors';

/** What an invocation did, and what it must end with. Neither if another one was at work. */
export interface StageOutcome<Report> {
  /** There is one of a failed stage too, if it got as far as its tables. */
  readonly report?: Report;
  readonly failure?: unknown;
}

/** Runs a stage and logs how it went. */
export async function stageOutcome<Report extends object>(logger: Logger, run: () => Promise<Report>): Promise<StageOutcome<Report>> {
  try {
    const report = await run();
    logger.info('finished', { report });
    return { report };
  } catch (error) {
    if (error instanceof JournalBusyError) {
      logger.info('left to the next start', { reason: error.message });
      return {};
    }
    const { report } = error as { readonly report?: Report };
    logger.error('failed', { error: error as Error, report });
    return { report, failure: error };
  }
}
