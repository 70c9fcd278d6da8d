import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { REFRESHED_EVENT, type RefreshedDetail } from '../../src/spec/refreshed-event';
import { pauseAfter } from '../journal/patience';
import type { Announcer } from '../ports/announcer';
import type { Clock } from '../ports/clock';

/** EventBridge took the call and not the event. */
export class EventRefusedError extends Error {
  public readonly name = 'EventRefusedError';
}

/** The next run tells what this one could not, so none waits for long. */
export const ANNOUNCER_SETTINGS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

const ATTEMPTS = 3;

/** The account's default event bus. An event that is refused is sent again: PutEvents succeeds as a call even then. */
export class EventBusAnnouncer implements Announcer {
  public constructor(private readonly client: EventBridgeClient, private readonly clock: Clock) {}

  public async announce(detail: RefreshedDetail): Promise<void> {
    const { source: Source, detailType: DetailType } = REFRESHED_EVENT;
    const event = { Source, DetailType, Time: new Date(detail.computedAt), Detail: JSON.stringify(detail) };
    for (let attempt = 1; ; attempt++) {
      const { Entries: [entry] = [] } = await this.client.send(new PutEventsCommand({ Entries: [event] }));
      if (entry?.EventId !== undefined) return;
      if (attempt === ATTEMPTS) throw new EventRefusedError(`${entry?.ErrorCode ?? 'no answer'}: ${entry?.ErrorMessage ?? 'no reason given'}`);
      await pauseAfter(this.clock, attempt);
    }
  }
}
