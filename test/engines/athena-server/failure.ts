import { ExecutionFailure } from './errors';
import { TrinoError } from './trino';

/** Athena's number for everything that Iceberg does not take: conflicts and mistakes alike. */
const ICEBERG = 233;
const INTERNAL = 200;
const USER = 1000;

/** How a FAILED execution reads: `NAME: text`, and a category and type that tell less than the text. */
export function executionFailure(error: unknown): ExecutionFailure {
  if (error instanceof ExecutionFailure) return error;
  if (!(error instanceof TrinoError)) {
    // No answer of the engine at all.
    return new ExecutionFailure(`GENERIC_INTERNAL_ERROR: ${error instanceof Error ? error.message : String(error)}`, 'system', INTERNAL);
  }
  const text = `${error.errorName}: ${error.message}`;
  // Measured: also a conflict is the user's and "not retryable" by its numbers.
  if (error.errorName.startsWith('ICEBERG_')) return new ExecutionFailure(text, 'user', ICEBERG);
  return error.errorType === 'USER_ERROR' ? new ExecutionFailure(text, 'user', USER) : new ExecutionFailure(text, 'system', INTERNAL);
}
