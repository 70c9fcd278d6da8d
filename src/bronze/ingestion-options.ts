import type { Duration } from 'aws-cdk-lib';

/**
 * How Lambda reads the streams of the source tables. Where reading starts (at the oldest change), what happens to a batch that fails
 * (cut in half, tried for 20 hours, then kept with its records) and that nothing is filtered out is not for choice: each of them
 * would lose changes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export interface IngestionOptions {
  /**
   * The most changes in one invocation of Bronze, 1 to 10,000. Lambda takes no more than 6 MB at once, which cuts earlier as soon as an
   * item with both its images is larger than some 600 bytes. Each invocation writes one Parquet file a table, so fewer changes are more
   * files to read for Silver.
   *
   * @default 10000
   */
  readonly batchSize?: number;

  /**
   * How long Lambda gathers changes before it invokes Bronze, whole seconds up to 5 minutes. It adds to the time that a change takes to
   * Silver, and divides the number of invocations, requests to S3 and files of a table that changes little at a time.
   *
   * @default Duration.seconds(60)
   */
  readonly batchingWindow?: Duration;

  /**
   * How many batches of one shard Bronze takes side by side, 1 to 10; the changes of one item stay in order. One shard gives about as
   * much as a DynamoDB partition takes, 1,000 writes a second, which one invocation at a time keeps up with unless items are large.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;
}
