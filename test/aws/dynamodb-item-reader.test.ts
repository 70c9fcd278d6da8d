import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbItemReader } from '../../lambda-src/aws/dynamodb-item-reader';
import { FixedClock } from '../helpers/fixed-clock';
import { CREDENTIALS, fakeAws, type FakeAws } from './fake-aws';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders';
const DATE = 'Sat, 31 Jan 2026 09:00:00 GMT';
const key = (id: string) => ({ OrderID: { S: id } });
const item = (id: string, amount: string) => ({ Amount: { N: amount }, ...key(id) });

let aws: FakeAws;
let clock: FixedClock;
afterEach(() => aws.close());

interface Given {
  readonly items: readonly object[];
  readonly left?: readonly object[];
}

async function answering(...answers: readonly Given[]): Promise<DynamoDbItemReader> {
  clock = new FixedClock('2026-01-31T09:00:05.000Z');
  aws = await fakeAws((_, index) => {
    const { items, left } = answers[Math.min(index, answers.length - 1)];
    const body = { Responses: { [TABLE]: items }, UnprocessedKeys: left ? { [TABLE]: { Keys: left, ConsistentRead: true } } : {} };
    return { status: 200, headers: { date: index === 0 ? DATE : 'Sat, 31 Jan 2026 09:00:04 GMT' }, body: JSON.stringify(body) };
  });
  return new DynamoDbItemReader(new DynamoDBClient({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 }), clock);
}

const asked = () => aws.seen.map(({ body }) => (JSON.parse(body) as { RequestItems: { [table: string]: object } }).RequestItems[TABLE]);

test('items are read strongly consistent, and given in the order of their keys, whatever the answer\'s', async () => {
  const reader = await answering({ items: [item('b', '2'), item('a', '1')] });
  const { items } = await reader.read(TABLE, [key('a'), key('gone'), key('b')]);
  expect(items).toEqual([item('a', '1'), undefined, item('b', '2')]);
  expect(asked()).toEqual([{ Keys: [key('a'), key('gone'), key('b')], ConsistentRead: true }]);
});

test('what DynamoDB does not give at once is asked for again, after a while, and all of it has the earliest time', async () => {
  const reader = await answering({ items: [item('a', '1')], left: [key('b')] }, { items: [item('b', '2')] });
  const before = clock.now().getTime();
  const { items, readAt } = await reader.read(TABLE, [key('a'), key('b')]);
  expect(items).toEqual([item('a', '1'), item('b', '2')]);
  expect(asked()[1]).toEqual({ Keys: [key('b')], ConsistentRead: true });
  expect(readAt).toEqual(new Date(DATE));
  expect(clock.now().getTime()).toBeGreaterThan(before);
});

test('no item is taken for missing because its key is written in another form', async () => {
  const reader = await answering({ items: [{ Threshold: { N: '1.5' } }] });
  await expect(reader.read(TABLE, [{ Threshold: { N: '1.50' } }])).rejects.toThrow(`${TABLE} answered with the key [{"N":"1.5"}], which was asked for in another form`);
});

test('a table that stays throttled is named', async () => {
  const reader = await answering({ items: [], left: [key('a')] });
  await expect(reader.read(TABLE, [key('a')])).rejects.toThrow(`${TABLE}: 1 items could not be read, the table is throttled`);
  expect(aws.seen).toHaveLength(10);
});

test('values are as streams and exports write them: numbers to the last digit, binaries as base64, however deep', async () => {
  const bytes = Buffer.from('bytes').toString('base64');
  const stored = {
    ...key('a'),
    Amount: { N: '12345678901234567890123456789012345678' },
    Blob: { B: bytes },
    Parts: { L: [{ BS: [bytes] }, { M: { Inner: { B: bytes }, None: { NULL: true } } }] },
  };
  const { items } = await (await answering({ items: [stored] })).read(TABLE, [key('a')]);
  expect(items).toEqual([stored]);
});

test('a binary key is sent and found as such', async () => {
  const id = { Id: { B: Buffer.from([1, 255]).toString('base64') } };
  const { items } = await (await answering({ items: [{ ...id, Amount: { N: '1' } }] })).read(TABLE, [id]);
  expect(items).toEqual([{ ...id, Amount: { N: '1' } }]);
  expect(asked()[0]).toMatchObject({ Keys: [id] });
});

test('nothing is asked for nothing', async () => {
  const reader = await answering({ items: [] });
  expect(await reader.read(TABLE, [])).toEqual({ items: [], readAt: clock.now() });
  expect(aws.seen).toEqual([]);
});
