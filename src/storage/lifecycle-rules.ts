import { Duration } from 'aws-cdk-lib';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { EXPORT_KEPT_DAYS } from '../spec/export-reach';
import type { RetentionSpec } from '../spec/retention';
import {
  BRONZE_PREFIX, DONE_PREFIX, EXPORTS_PREFIX, FAILED_BATCHES_PREFIX, JOURNAL_REQUESTS_PREFIX, REJECTED_PREFIX, RESULTS_PREFIX,
} from '../spec/storage-layout';

/** What leaves a lake's bucket by itself: no data of Iceberg tables, and change logs only if the user asks for it. */
export function lifecycleRules({ failureSeconds, rejectedSeconds, bronzeSeconds }: RetentionSpec): LifecycleRule[] {
  return [
    { id: 'query-results', prefix: RESULTS_PREFIX, expiration: Duration.days(7) },
    // A statement is settled within hours; what it said is worth a fortnight of looking back.
    { id: 'submitted-statements', prefix: JOURNAL_REQUESTS_PREFIX, expiration: Duration.days(14) },
    { id: 'failed-batches', prefix: FAILED_BATCHES_PREFIX, expiration: Duration.seconds(failureSeconds) },
    { id: 'rejected-records', prefix: REJECTED_PREFIX, expiration: Duration.seconds(rejectedSeconds) },
    // What has been put through again is in Bronze; it is kept as long as it would have been before.
    { id: 'redriven', prefix: DONE_PREFIX, expiration: Duration.seconds(Math.max(failureSeconds, rejectedSeconds)) },
    ...bronzeSeconds === undefined ? [] : [{ id: 'change-logs', prefix: BRONZE_PREFIX, expiration: Duration.seconds(bronzeSeconds) }],
    // What was loaded of an export is in the change log.
    { id: 'exports', prefix: EXPORTS_PREFIX, expiration: Duration.days(EXPORT_KEPT_DAYS) },
    { id: 'old-versions', noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) },
    { id: 'delete-markers', expiredObjectDeleteMarker: true },
  ];
}
