import type { Duration } from 'aws-cdk-lib';

/** The size of a function, where its stage's own choice does not suit. */
export interface PipelineFunctionOptions {
  /**
   * Memory in MiB, 128 to 10,240; a Lambda's share of a CPU grows with it.
   *
   * @default - 1024 for Bronze, which works on rows; 256 for the others, which wait for Athena
   */
  readonly memorySize?: number;

  /**
   * How long an invocation may take, 15 minutes at most.
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
}
