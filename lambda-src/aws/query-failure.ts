import type { QueryExecutionStatus } from '@aws-sdk/client-athena';
import type { QueryFailure } from '../ports/query-engine';

const CONFLICT = /ICEBERG_COMMIT_ERROR/;
/** OPTIMIZE and VACUUM do so many partitions or files at once, and say by failing that there are more. */
const UNFINISHED = /ICEBERG_(OPTIMIZE|VACUUM)_MORE_RUNS_NEEDED/;
/** Athena's or S3's trouble, exhausted resources, or rights that are missing at the moment: no file or value is to blame. */
const ENGINE = new RegExp([
  'GENERIC_INTERNAL_ERROR', 'INTERNAL_ERROR', 'throttl', 'rate exceeded', 'reduce your request rate', 'SlowDown', 'TooManyRequests',
  'Service ?Unavailable', 'exhausted resources', 'access ?denied', 'PERMISSION_DENIED', 'insufficient permissions', 'not authorized',
  'ICEBERG_FILESYSTEM_ERROR', 'Query timeout',
].join('|'), 'i');
const SYSTEM_CATEGORY = 1;

/**
 * The kind of a failed or cancelled execution. The text decides, since one error type covers conflicts and user errors
 * alike, and `Retryable` is false for both.
 */
export function failureOf(status: QueryExecutionStatus): QueryFailure {
  const texts = new Set([status.StateChangeReason, status.AthenaError?.ErrorMessage].filter(text => text !== undefined && text !== ''));
  const message = [...texts].join(' / ') || `Athena gave no reason (${status.State})`;
  return { kind: kindOf(status, message), message };
}

function kindOf(status: QueryExecutionStatus, message: string): QueryFailure['kind'] {
  if (UNFINISHED.test(message)) return 'unfinished';
  if (CONFLICT.test(message)) return 'conflict';
  const engine = status.State === 'CANCELLED' || status.AthenaError?.ErrorCategory === SYSTEM_CATEGORY || ENGINE.test(message);
  return engine ? 'engine' : 'statement';
}
