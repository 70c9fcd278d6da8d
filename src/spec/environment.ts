/** Environment variables by which constructs tell handlers the physical names; both sides read this file. */
export const ENVIRONMENT = {
  bucket: 'BUCKET',
  /** The pipeline's own name: part of every query token. */
  pipeline: 'PIPELINE',
  workgroup: 'WORKGROUP',
  bronzeDatabase: 'BRONZE_DATABASE',
  silverDatabase: 'SILVER_DATABASE',
  goldDatabase: 'GOLD_DATABASE',
  bookkeepingDatabase: 'BOOKKEEPING_DATABASE',
  /** ARN of the function that a backfill starts when its rows are in the change log. */
  silverFunction: 'SILVER_FUNCTION',
  /** ARN of the function that Silver starts after a commit. */
  goldFunction: 'GOLD_FUNCTION',
  /** Whether metrics are sent for each table too. */
  metricDetail: 'METRIC_DETAIL',
  /** ARN of the secret by which private values are hashed; not set if none are. */
  hashKeySecret: 'HASH_KEY_SECRET',
  /** ARN of the function that Silver starts while changes of older definitions are to be encoded again. */
  rebuildFunction: 'REBUILD_FUNCTION',
} as const;

export type MetricDetailMode = 'pipeline' | 'table';

/** The file beside a handler that holds the pipeline spec. */
export const SPEC_FILE = 'pipeline.json';
