/** Another invocation holds the journal: nothing is wrong, try later. */
export class JournalBusyError extends Error {
  public readonly name = 'JournalBusyError';
  public constructor(public readonly holder: string, public readonly freeBy: Date) {
    super(`the journal is held by ${holder}, until ${freeBy.toISOString()} unless it writes again: try again later`);
  }
}

/** The journal is not ours any more; whatever was in flight is recorded, and whoever holds the journal takes care of it. */
export class JournalLostError extends Error {
  public readonly name = 'JournalLostError';
  public constructor(why: string) {
    super(`the journal is no longer held by this run (${why}): what it recorded is adopted by the next holder, run again`);
  }
}

/** Too little time is left to start or await anything; the statement in the slot goes on and the next holder adopts it. */
export class OutOfTimeError extends Error {
  public readonly name = 'OutOfTimeError';
  public constructor(what: string) {
    super(`${what}: out of time; what is in flight stays recorded, the next invocation adopts it`);
  }
}

/** Nobody knows whether the recorded statement runs, so its table is left alone until it cannot run any more. */
export class OutcomeOpenError extends Error {
  public readonly name = 'OutcomeOpenError';
  public constructor(slot: string, freeBy: Date, why: string) {
    super(`${slot}: it is not known whether the recorded statement runs (${why}); `
      + `a later run settles it, at ${freeBy.toISOString()} at the latest; other tables go on`);
  }
}
