import type { Logger } from '@aws-lambda-powertools/logger';
import { JournalBusyError } from '../journal/errors';
import type { StageMeasurements } from '../ports/stage-measurements';
import type { StageMetrics } from './stage-metrics';

/** Where a stage tells how it went. */
export interface StageTelemetry<Report> {
  readonly logger: Logger;
  readonly metrics: StageMetrics;
  readonly measure: (report: Report) => StageMeasurements;
}

/** What an invocation did, and what it must end with. */
export interface StageOutcome<Report> {
  /** There is one of a failed stage too, if it got as far as its tables. */
  readonly report?: Report;
  readonly failure?: unknown;
  /** Why nothing was done, if another one was at work. */
  readonly busy?: string;
}

/** What a function answers whoever invokes it and waits. */
export type StageAnswer<Report> = Omit<StageOutcome<Report>, 'failure'>;

/** Runs a stage, logs how it went, and sends its metrics. */
export async function stageOutcome<Report extends object>(
  { logger, metrics, measure }: StageTelemetry<Report>, run: () => Promise<Report>,
): Promise<StageOutcome<Report>> {
  try {
    const report = await run();
    logger.info('finished', { report });
    metrics.publish(measure(report));
    return { report };
  } catch (error) {
    if (error instanceof JournalBusyError) {
      logger.info('left to the next start', { reason: error.message });
      metrics.publish({ stage: { startsWhileBusy: 1 }, tables: {} });
      return { busy: error.message };
    }
    const { report } = error as { readonly report?: Report };
    logger.error('failed', { error: error as Error, report });
    if (report) metrics.publish(measure(report));
    return { report, failure: error };
  }
}
