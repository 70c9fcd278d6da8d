import type { RefreshedDetail } from '../../src/spec/refreshed-event';

/** Tells the world that Gold tables are new: EventBridge on AWS. */
export interface Announcer {
  /** Throws when it is not certain that the event was taken. */
  announce(detail: RefreshedDetail): Promise<void>;
}
