import { AthenaServiceException, InvalidRequestException } from '@aws-sdk/client-athena';

/**
 * What an error of StartQueryExecution says about the token. `refused`: Athena looked at the statement and will never run
 * it. `denied`: this one request started nothing, for want of rights. `expired`: this signature can no longer start anything.
 * `open`: it may have been started, or may be when sent again.
 */
export type StartOutcome = 'refused' | 'denied' | 'expired' | 'open';

const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken', 'RequestExpired', 'RequestExpiredException']);

const DENIED = /access ?denied|not authorized|permission/i;

/**
 * Refusals that say nothing of the statement: rights and workgroups can change back, and a token with other parameters
 * means that something has been started under it.
 */
const NOT_ABOUT_THE_STATEMENT = /access ?denied|not authorized|permission|workgroup|idempotent|throttl|rate exceeded|too many/i;

export function startOutcomeOf(error: unknown): StartOutcome {
  if (!(error instanceof Error)) return 'open';
  if (EXPIRED.has(error.name)) return 'expired';
  // The same exception also says that the secret is wrong, or that the date is still to come.
  if (error.name === 'InvalidSignatureException' && /expired/i.test(error.message)) return 'expired';
  if (isDenial(error)) return 'denied';
  if (error instanceof InvalidRequestException) {
    return NOT_ABOUT_THE_STATEMENT.test(`${error.AthenaErrorCode ?? ''} ${error.message}`) ? 'open' : 'refused';
  }
  return 'open';
}

/** Only if it answers the first request that the SDK sent: an earlier one may have got through, and its answer been lost. */
function isDenial(error: Error): boolean {
  if (!(error instanceof AthenaServiceException) || error.$metadata.attempts !== 1) return false;
  return error.name === 'AccessDeniedException' || (error instanceof InvalidRequestException && DENIED.test(error.message));
}
