import { S3Client } from '@aws-sdk/client-s3';
import { S3ObjectStore } from '../../lambda-src/aws/s3-object-store';
import { CREDENTIALS, fakeAws, type Answer, type FakeAws, type SeenRequest } from './fake-aws';

const DATE = 'Sun, 22 Nov 2026 16:00:00 GMT';
let aws: FakeAws;

afterEach(() => aws.close());

async function storeAnswering(answer: Answer | ((request: SeenRequest, index: number) => Answer)): Promise<S3ObjectStore> {
  aws = await fakeAws(typeof answer === 'function' ? answer : () => answer);
  const client = new S3Client({
    endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, forcePathStyle: true, maxAttempts: 2,
  });
  return new S3ObjectStore(client, 'lake');
}

function failure(status: number, code: string): Answer {
  return {
    status,
    headers: { 'date': DATE, 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
  };
}

describe('get', () => {
  test('gives the object with the time at which S3 answered', async () => {
    const store = await storeAnswering({
      status: 200, headers: { 'date': DATE, 'etag': '"a1"', 'last-modified': 'Sun, 22 Nov 2026 15:00:00 GMT' }, body: 'hello',
    });

    const object = await store.get('journal/control.json');

    expect(new TextDecoder().decode(object!.body)).toBe('hello');
    expect(object).toMatchObject({ etag: '"a1"', lastModified: new Date('2026-11-22T15:00:00Z'), servedAt: new Date('2026-11-22T16:00:00Z') });
    expect(aws.seen[0].url).toMatch(/^\/lake\/journal\/control\.json/);
  });

  test('gives undefined if there is no such object', async () => {
    const store = await storeAnswering(failure(404, 'NoSuchKey'));
    expect(await store.get('missing')).toBeUndefined();
  });

  test.each([[404, 'NoSuchBucket'], [403, 'AccessDenied'], [500, 'InternalError']])('throws on %s %s', async (status, code) => {
    const store = await storeAnswering(failure(status, code));
    await expect(store.get('key')).rejects.toThrow();
  });
});

describe('put', () => {
  const written: Answer = { status: 200, headers: { date: DATE, etag: '"b2"' } };

  test('without a condition sends none', async () => {
    const store = await storeAnswering(written);
    expect(await store.put('key', 'body')).toEqual({ kind: 'written', etag: '"b2"', servedAt: new Date(DATE) });
    expect(aws.seen[0].headers['if-match']).toBeUndefined();
    expect(aws.seen[0].headers['if-none-match']).toBeUndefined();
    expect(aws.seen[0].body).toContain('body');
  });

  test('writes bytes as they are', async () => {
    const store = await storeAnswering(written);
    await store.put('key', new Uint8Array([80, 65, 82, 49]));
    expect(aws.seen[0].body).toContain('PAR1');
  });

  test('asks S3 to refuse an object that is there already', async () => {
    const store = await storeAnswering(written);
    await store.put('key', 'body', { kind: 'absent' });
    expect(aws.seen[0].headers['if-none-match']).toBe('*');
  });

  test('asks S3 to refuse an object that has changed', async () => {
    const store = await storeAnswering(written);
    await store.put('key', 'body', { kind: 'unchanged', etag: '"a1"' });
    expect(aws.seen[0].headers['if-match']).toBe('"a1"');
  });

  test.each([[412, 'PreconditionFailed'], [404, 'NoSuchKey']])('is refused by %s %s', async (status, code) => {
    const store = await storeAnswering(failure(status, code));
    expect(await store.put('key', 'body', { kind: 'unchanged', etag: '"a1"' })).toEqual({ kind: 'refused', servedAt: new Date(DATE) });
  });

  test.each([[409, 'ConditionalRequestConflict'], [404, 'NoSuchBucket'], [500, 'InternalError'], [403, 'AccessDenied']])(
    'throws on %s %s, since the outcome is unknown', async (status, code) => {
      const store = await storeAnswering(failure(status, code));
      await expect(store.put('key', 'body', { kind: 'absent' })).rejects.toThrow();
    });

  test('that wins at first but is answered by a server error is refused by the retry', async () => {
    const store = await storeAnswering((_, index) => index === 0 ? failure(500, 'InternalError') : failure(412, 'PreconditionFailed'));
    expect(await store.put('key', 'body', { kind: 'absent' })).toMatchObject({ kind: 'refused' });
    expect(aws.seen).toHaveLength(2);
  });
});

test('list goes through all pages, from after the given key', async () => {
  const page = (keys: string[], next?: string): Answer => ({
    status: 200,
    headers: { 'date': DATE, 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>`
      + (next ? `<NextContinuationToken>${next}</NextContinuationToken>` : '')
      + keys.map(key => `<Contents><Key>${key}</Key><Size>7</Size></Contents>`).join('') + '</ListBucketResult>',
  });
  const store = await storeAnswering((_, index) => index === 0 ? page(['bronze/a', 'bronze/b'], 'more') : page(['bronze/c']));

  const found = [];
  for await (const summary of store.list('bronze/', 'bronze/0')) found.push(summary);

  expect(found).toEqual([{ key: 'bronze/a', size: 7 }, { key: 'bronze/b', size: 7 }, { key: 'bronze/c', size: 7 }]);
  const queries = aws.seen.map(request => new URL(request.url, aws.endpoint).searchParams);
  expect(queries[0].get('prefix')).toBe('bronze/');
  expect(queries[0].get('start-after')).toBe('bronze/0');
  expect(queries[1].get('continuation-token')).toBe('more');
});

test('an empty prefix lists nothing', async () => {
  const store = await storeAnswering({
    status: 200, headers: { 'content-type': 'application/xml' }, body: '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>',
  });
  for await (const summary of store.list('none/')) throw new Error(`unexpected ${summary.key}`);
  expect(aws.seen).toHaveLength(1);
});

test('uri is what Athena reads', async () => {
  const store = await storeAnswering({ status: 200 });
  expect(store.uri('bronze/orders/f.parquet')).toBe('s3://lake/bronze/orders/f.parquet');
});

describe('delete', () => {
  test('removes the object, and one that is gone is no failure', async () => {
    const store = await storeAnswering({ status: 204, headers: { date: DATE } });
    await store.delete('rejected/a.json');
    expect(aws.seen.map(({ method, url }) => [method, url.split('?')[0]])).toEqual([['DELETE', '/lake/rejected/a.json']]);
  });

  test('throws when there is no answer', async () => {
    const store = await storeAnswering(failure(500, 'InternalError'));
    await expect(store.delete('key')).rejects.toThrow();
  });
});

