import type { Duration } from 'aws-cdk-lib';

/** The size of a function, where its stage's own choice does not suit. */
export interface PipelineFunctionOptions {
  /**
   * Memory in MiB, up to 10,240; a Lambda's share of a CPU grows with it. At least 512 for the four that work on rows, 128 for the others.
   *
   * @default - 1024 for Bronze and redrive, 2048 for rebuild and backfill, which work on rows; 256 for the others, which wait for Athena
   */
  readonly memorySize?: number;

  /**
   * How long an invocation may take: 1 to 15 minutes for Bronze, 5 to 15 for Silver and maintenance, 3 to 15 for the others. A stage
   * hands on what it cannot end in time.
   *
   * @default - 5 minutes for Bronze, 15 minutes for the others
   */
  readonly timeout?: Duration;
}

/** The pipeline's functions whose size may be chosen. */
export interface PipelineFunctionsOptions {
  /**
   * Takes streams into change logs.
   *
   * @default - as each of the options says
   */
  readonly bronze?: PipelineFunctionOptions;

  /**
   * Merges change logs into Silver.
   *
   * @default - as each of the options says
   */
  readonly silver?: PipelineFunctionOptions;

  /**
   * Refreshes Gold.
   *
   * @default - as each of the options says
   */
  readonly gold?: PipelineFunctionOptions;

  /**
   * Compacts, vacuums and prunes tables.
   *
   * @default - as each of the options says
   */
  readonly maintenance?: PipelineFunctionOptions;

  /**
   * Prepares databases and tables at each deploy.
   *
   * @default - as each of the options says
   */
  readonly schema?: PipelineFunctionOptions;

  /**
   * Puts failed batches and rejected records through Bronze again.
   *
   * @default - as each of the options says
   */
  readonly redrive?: PipelineFunctionOptions;

  /**
   * Encodes change logs again after a change of definition.
   *
   * @default - as each of the options says
   */
  readonly rebuild?: PipelineFunctionOptions;

  /**
   * Loads exports of DynamoDB tables.
   *
   * @default - as each of the options says
   */
  readonly backfill?: PipelineFunctionOptions;
}
