import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ANNOUNCER_SETTINGS, EventBusAnnouncer } from '../../lambda-src/aws/event-bus-announcer';
import type { RefreshedDetail } from '../../src/spec/refreshed-event';
import { FixedClock } from '../helpers/fixed-clock';
import { CREDENTIALS, fakeAws, type Answer, type FakeAws } from './fake-aws';

const DETAIL: RefreshedDetail = { version: 1, pipeline: 'shop', run: 7, tables: ['sales'], computedAt: '2026-03-28T20:31:07.000Z' };
const TAKEN = { FailedEntryCount: 0, Entries: [{ EventId: 'e1' }] };
const THROTTLED = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] };

let aws: FakeAws;
afterEach(() => aws.close());

async function answering(...answers: (object | Answer)[]): Promise<EventBusAnnouncer> {
  aws = await fakeAws((_, index) => {
    const answer = answers[Math.min(index, answers.length - 1)];
    return 'status' in answer ? answer : { status: 200, body: JSON.stringify(answer) };
  });
  const client = new EventBridgeClient({ ...ANNOUNCER_SETTINGS, endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS });
  return new EventBusAnnouncer(client, new FixedClock('2026-03-28T20:32:00.000Z'));
}

test('the default bus gets the event with the time of the refresh', async () => {
  await (await answering(TAKEN)).announce(DETAIL);
  const { Entries: entries } = JSON.parse(aws.seen[0].body) as { readonly Entries: readonly [{ readonly Detail: string }] };
  const [{ Detail: detail, ...entry }] = entries;
  expect(entry).toEqual({ Source: 'cdk-medallion-analytics', DetailType: 'Gold tables refreshed', Time: Date.parse(DETAIL.computedAt) / 1000 });
  expect(JSON.parse(detail)).toEqual(DETAIL);
});

test('an event that is not taken though the call is, is sent again', async () => {
  await (await answering(THROTTLED, TAKEN)).announce(DETAIL);
  expect(aws.seen).toHaveLength(2);
});

test('one that is never taken is reported with the reason', async () => {
  await expect((await answering(THROTTLED)).announce(DETAIL)).rejects.toThrow('ThrottlingException: slow down');
  expect(aws.seen).toHaveLength(3);
});

test('an answer that says nothing does not count', async () => {
  await expect((await answering({})).announce(DETAIL)).rejects.toThrow('no answer');
});

test('missing rights are reported at once', async () => {
  const denied = { status: 400, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: JSON.stringify({ message: 'not authorized' }) };
  await expect((await answering(denied)).announce(DETAIL)).rejects.toThrow('not authorized');
  expect(aws.seen).toHaveLength(1);
});
