import type { Announcer } from '../ports/announcer';

/** On a laptop nobody waits for refreshed tables. */
export const NO_ANNOUNCER: Announcer = { announce: async () => undefined };
