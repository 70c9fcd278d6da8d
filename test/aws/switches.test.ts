import { LambdaClient } from '@aws-sdk/client-lambda';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { EventSourceMappings } from '../../lambda-src/aws/event-source-mappings';
import { Schedules } from '../../lambda-src/aws/schedules';
import { CREDENTIALS, fakeAws, type Answer, type FakeAws, type SeenRequest } from './fake-aws';

let aws: FakeAws;
afterEach(() => aws.close());

const json = (body: object, status = 200, error?: string): Answer => ({
  status, headers: { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) }, body: JSON.stringify(body),
});

async function settings(answer: (request: SeenRequest) => Answer) {
  aws = await fakeAws(answer);
  return { endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 };
}

describe('event source mappings', () => {
  const mappings = async (answer: (request: SeenRequest) => Answer) => new EventSourceMappings(new LambdaClient(await settings(answer)));

  test.each([['Enabled', 'on'], ['Disabled', 'off'], ['Enabling', 'turning'], ['Disabling', 'turning'], ['Updating', 'turning'], ['Creating', 'turning']])(
    '%s is %s', async (State, state) => {
      const found = await (await mappings(() => json({ State, LastModified: 1769850000 }))).look('uuid');
      expect(found).toEqual({ state, changedAt: new Date(1769850000 * 1000) });
    });

  test('one that is gone is none', async () => {
    expect(await (await mappings(() => json({}, 404, 'ResourceNotFoundException'))).look('uuid')).toBeUndefined();
  });

  test('is turned by nothing but whether it is enabled', async () => {
    await (await mappings(() => json({ State: 'Disabling' }, 202))).turn('uuid', 'off');
    expect(aws.seen.map(({ method, url, body }) => [method, url, JSON.parse(body)])).toEqual([
      ['PUT', '/2015-03-31/event-source-mappings/uuid', { Enabled: false }],
    ]);
  });

  test('that is changing takes no order, which is no failure; that may not be changed is one', async () => {
    await (await mappings(() => json({}, 400, 'ResourceInUseException'))).turn('uuid', 'on');
    await aws.close();
    await expect((await mappings(() => json({ Message: 'no' }, 403, 'AccessDeniedException'))).turn('uuid', 'on')).rejects.toThrow('no');
  });
});

describe('schedules', () => {
  const schedule = {
    Arn: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/silver',
    Name: 'silver',
    GroupName: 'default',
    State: 'ENABLED',
    ScheduleExpression: 'rate(30 minutes)',
    Description: 'Starts the Silver stage',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:aws:lambda:::function:silver', RoleArn: 'arn:aws:iam:::role/r', RetryPolicy: { MaximumRetryAttempts: 3 } },
    CreationDate: 1769850000,
    LastModificationDate: 1769850000,
  };
  const schedules = async (answer: (request: SeenRequest) => Answer) => new Schedules(new SchedulerClient(await settings(answer)));

  test('are on or off', async () => {
    expect(await (await schedules(() => json(schedule))).look('silver')).toEqual({ state: 'on', changedAt: new Date(1769850000 * 1000) });
    await aws.close();
    expect(await (await schedules(() => json({ ...schedule, State: 'DISABLED' }))).look('silver')).toMatchObject({ state: 'off' });
    await aws.close();
    expect(await (await schedules(() => json({ Message: 'none' }, 404, 'ResourceNotFoundException'))).look('silver')).toBeUndefined();
  });

  test('keep all that they are when they are turned, since an update replaces everything', async () => {
    await (await schedules(({ method }) => json(method === 'GET' ? schedule : { ScheduleArn: schedule.Arn }))).turn('silver', 'off');
    const update = JSON.parse(aws.seen.find(({ method }) => method === 'PUT')!.body) as object;
    const { Arn, Name, CreationDate, LastModificationDate, ...kept } = schedule;
    expect(update).toEqual({ ...kept, State: 'DISABLED', ClientToken: expect.any(String) });
  });
});
