/**
 * How long things may take, in milliseconds. All ages are differences of the store's own clock. The inequalities that make the
 * journal safe hold between these numbers (test/journal/limits.test.ts).
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const LAMBDA_TIMEOUT = 15 * MINUTE;

/** A holder that has not written for so long has been killed by its time-out. Only liveness hangs on it, never safety. */
export const LEASE = 16 * MINUTE;

/** A holder without a time-out writes at least so often while it waits. */
export const LEASE_RENEWAL = 5 * MINUTE;

/** A recorded statement without an execution id may be submitted again until then. */
export const SUBMIT_WITHIN = 30 * MINUTE;

/** AWS refuses what was signed 5 minutes ago; the signer's clock may be 5 minutes ahead. */
export const SIGNATURE_LIFE = 10 * MINUTE;

/** Athena's 30 minutes for a statement, and its queue. */
export const LONGEST_STATEMENT = 50 * MINUTE;

/** A recorded statement without an execution id never ran, or has ended, after so long. */
export const DROP_AFTER = 90 * MINUTE;

/** Athena counts OPTIMIZE as DDL and gives it 600 minutes, beside its queue. */
export const LONGEST_OPTIMIZE = 620 * MINUTE;

/** The same age for OPTIMIZE. */
export const DROP_OPTIMIZE_AFTER = 660 * MINUTE;

/** Athena answers a token with the same execution for at least so long; measured, not documented. */
export const TOKEN_LIFE = 67 * MINUTE;

/** An invocation with less time than this starts and awaits nothing more, but hands the journal on. */
export const PARK_BEFORE = 60 * SECOND;

/** How often one statement is tried, each time under a new token. */
export const STATEMENT_ATTEMPTS = 3;

/** How often one question is asked when no answer comes: about two minutes with the pauses between. */
export const ASK_ATTEMPTS = 12;
/** How often a statement is sent for which the rights are missing: some seconds, since rights that were just given take that long. */
export const DENIED_ATTEMPTS = 6;
export const FIRST_PAUSE = 100;
export const LONGEST_PAUSE = 30 * SECOND;

/** An embedded engine answers at once, Athena takes seconds. */
export const FIRST_POLL = 1;
export const LONGEST_POLL = 2 * SECOND;
