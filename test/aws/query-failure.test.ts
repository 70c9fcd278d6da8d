import { failureOf } from '../../lambda-src/aws/query-failure';

test.each([
  ['conflict', 'ICEBERG_COMMIT_ERROR: Failed to commit Iceberg update to table: shop_silver.orders', 2],
  ['unfinished', 'ICEBERG_OPTIMIZE_MORE_RUNS_NEEDED: Processed 100 partitions in this round. Please run compaction again', 2],
  ['unfinished', 'ICEBERG_VACUUM_MORE_RUNS_NEEDED: Removed 20000 files in this round of vacuum, but there are more files remaining', 2],
  ['engine', 'GENERIC_INTERNAL_ERROR: io.trino.spi.TrinoException', 2],
  ['engine', 'Amazon Athena experienced an internal error while executing this query.', 1],
  ['engine', 'HIVE_CANNOT_OPEN_SPLIT: Please reduce your request rate (Service: Amazon S3; Status Code: 503; Error Code: SlowDown)', 2],
  ['engine', 'Query exhausted resources at this scale factor', 2],
  ['engine', 'PERMISSION_DENIED: Access Denied (Service: Amazon S3; Status Code: 403)', 2],
  ['statement', 'HIVE_BAD_DATA: Unsupported column type for Parquet column', 2],
  ['statement', 'INVALID_CAST_ARGUMENT: Cannot cast \'x\' to BIGINT', 2],
  ['statement', 'MERGE_TARGET_ROW_MULTIPLE_MATCHES: One MERGE target table row matched more than one source row', 2],
] as const)('%s: %s', (kind, reason, category) => {
  expect(failureOf({ State: 'FAILED', StateChangeReason: reason, AthenaError: { ErrorCategory: category } })).toEqual({ kind, message: reason });
});

test('tells both texts where they differ, and decides on either', () => {
  const failure = failureOf({
    State: 'FAILED', StateChangeReason: 'Query failed', AthenaError: { ErrorCategory: 2, ErrorType: 233, ErrorMessage: 'ICEBERG_COMMIT_ERROR' },
  });
  expect(failure).toEqual({ kind: 'conflict', message: 'Query failed / ICEBERG_COMMIT_ERROR' });
});
