/** Athena looks at the text and gives it no execution: StartQueryExecution answers InvalidRequestException, MALFORMED_QUERY. */
export class MalformedQueryError extends Error {
  public readonly name = 'MalformedQueryError';
}

/** Any other request that Athena does not take. */
export class InvalidRequestError extends Error {
  public readonly name = 'InvalidRequestError';
  public constructor(message: string, public readonly athenaErrorCode = 'INVALID_INPUT') {
    super(message);
  }
}

/** Who asks may not. */
export class AccessDeniedError extends Error {
  public readonly name = 'AccessDeniedError';
}

/** Too many calls, or too many queries at a time. */
export class TooManyRequestsError extends Error {
  public readonly name = 'TooManyRequestsError';
}

export type ErrorCategory = 'system' | 'user';

/** An execution ends FAILED, with this in its status. `type` as Athena's error reference numbers it. */
export class ExecutionFailure extends Error {
  public readonly name = 'ExecutionFailure';
  public constructor(message: string, public readonly category: ErrorCategory, public readonly type: number) {
    super(message);
  }
}
