import { Duration } from 'aws-cdk-lib';
import { StartingPosition, type EventSourceMappingOptions } from 'aws-cdk-lib/aws-lambda';
import { GIVE_UP_HOURS } from '../spec/stream-retention';
import type { IngestionOptions } from './ingestion-options';

/**
 * A batch fails only by infrastructure or by code. It is cut in half until the change that fails is alone, and tried as long as the
 * stream allows: what makes Bronze fail, S3 above all, also keeps Lambda from putting a batch aside, so giving up early could lose it.
 * One attempt a minute lets its age decide and not their number.
 */
const FAILURE_HANDLING = {
  bisectBatchOnError: true,
  retryAttempts: GIVE_UP_HOURS * 60,
  maxRecordAge: Duration.hours(GIVE_UP_HOURS),
};

/**
 * The settings of a stream's event source mapping. Few large files suit Silver, which comes every half hour: the payload limit of
 * 6 MB cuts first. No filter: an item that leaves one would stay in Silver for ever.
 */
export function streamReading({ batchSize, batchingWindow, parallelizationFactor }: IngestionOptions): EventSourceMappingOptions {
  return {
    ...FAILURE_HANDLING,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: batchSize ?? 10_000,
    maxBatchingWindow: batchingWindow ?? Duration.seconds(60),
    parallelizationFactor: parallelizationFactor ?? 1,
  };
}
