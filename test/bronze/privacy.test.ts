import * as fc from 'fast-check';
import type { AttributeMap, AttributeValue } from '../../lambda-src/bronze/attribute-value';
import { Bronze } from '../../lambda-src/bronze/bronze';
import { HashKeyError } from '../../lambda-src/bronze/hash-key';
import type { DynamoDbStreamRecord } from '../../lambda-src/local/source/stream-record';
import type { Named, PipelineSpec, PrivacyRule } from '../../src/spec/pipeline-spec';
import { DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import { attributeMap } from '../helpers/attribute-arbitraries';
import { FixedClock } from '../helpers/fixed-clock';
import { MemoryObjectStore } from '../helpers/memory-object-store';
import { StreamRecords } from '../helpers/stream-records';
import { deploymentOf, pipelineOf, silverTable } from './bronze-fixture';
import { hyparquetRows } from './parquet-readers';

const KEY = 'a key for tests, 32 bytes at least';
const CLOCK = new FixedClock('2026-01-31T09:59:59.000Z');

function people(privacy: Named<PrivacyRule>): PipelineSpec {
  const text = (attribute: string) => ({ attribute, type: { kind: 'string' } as const });
  const columns = { id: text('Id'), email: text('Email'), day: { attribute: 'Day', type: { kind: 'date' } as const } };
  return pipelineOf({ people: { ...silverTable('people', ['id'], columns), privacy } });
}

interface Deployed {
  readonly bronze: Bronze;
  readonly store: MemoryObjectStore;
}

async function deployed(spec: PipelineSpec, store = new MemoryObjectStore(CLOCK), key = KEY): Promise<Deployed> {
  await store.put(DEPLOYMENT_KEY, JSON.stringify(deploymentOf(spec)));
  return { bronze: new Bronze({ spec, store, clock: CLOCK, hashKey: async () => new TextEncoder().encode(key) }), store };
}

/** All that lies in the bucket but what a deploy wrote: rows as text, other files as they are. */
async function written(store: MemoryObjectStore): Promise<string> {
  const files = store.keys().filter(key => key !== DEPLOYMENT_KEY);
  const contents = await Promise.all(files.map(async key => key.endsWith('.parquet')
    ? JSON.stringify(await hyparquetRows(store.bytes(key)), (_, value: unknown) => typeof value === 'bigint' ? String(value) : value)
    : store.text(key)));
  return [...files, ...contents].join('\n');
}

const stream = new StreamRecords('People', { key: ['Id'] });

test('hashed and dropped attributes are clear nowhere: columns, both images, keys, reasons', async () => {
  const { bronze, store } = await deployed(people({ Id: 'hash', Email: 'hash', Day: 'hash', Phone: 'drop' }));
  const item = { Id: { S: 'ann-1' }, Email: { S: 'ann@example.org' }, Day: { S: 'a private day' }, Phone: { S: '555-0100' }, City: { S: 'Bern' } };
  const report = await bronze.ingest({ Records: [stream.insert(item), stream.modify(item, { ...item, City: { S: 'Basel' } }), stream.remove(item)] });
  expect(report.tables.people).toMatchObject({ records: 3, rejected: 0 });

  const text = await written(store);
  for (const clear of ['ann-1', 'ann@example.org', 'a private day', '555-0100']) expect(text).not.toContain(clear);
  expect(text).toContain('Bern');
  const [key] = store.keys('bronze/');
  const rows = await hyparquetRows(store.bytes(key));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  expect(rows[0].id).toBe((JSON.parse(rows[0]._new_image as string) as AttributeMap & { Id: { S: string } }).Id.S);
  expect(rows[1]._old_image).toBe(rows[0]._new_image);
});

describe('a record that cannot be taken', () => {
  test('is kept masked, and its reason says nothing private', async () => {
    const { bronze, store } = await deployed(people({ Email: 'hash' }));
    const record = { ...stream.insert({ Id: { S: '1' }, Email: { S: 'ann@example.org' } }), eventName: 'ann@example.org' };
    expect((await bronze.ingest({ Records: [record] })).tables.people.rejected).toBe(1);
    const [line] = store.keys('rejected/').map(key => JSON.parse(store.text(key)) as { reason: string; record: { withheld: string[]; dynamodb: object } });
    expect(line.reason).toContain('eventName is missing');
    expect(line.record.withheld).toEqual(['eventName']);
    expect(line.record.dynamodb).toMatchObject({ NewImage: { Id: { S: '1' } }, SequenceNumber: expect.any(String) });
    expect(await written(store)).not.toContain('ann@example.org');
  });

  test('and cannot be read either is kept by what tells where it came from', async () => {
    const { bronze, store } = await deployed(people({ Email: 'drop' }));
    const record = stream.insert({ Id: { S: '1' }, Email: { S: 'x' } });
    const broken = { ...record, dynamodb: { ...record.dynamodb, Keys: 'ann@example.org', Note: 'ann@example.org' }, more: 'ann@example.org' };
    await bronze.ingest({ Records: [broken] });
    const [line] = store.keys('rejected/').map(key => JSON.parse(store.text(key)) as { record: { eventID: string; withheld: string[] } });
    expect(line.record.eventID).toBe(record.eventID);
    expect(line.record.withheld).toEqual(['a part of another name', 'dynamodb.Keys', 'dynamodb.a part of another name']);
    expect(await written(store)).not.toContain('ann@example.org');
  });

  test('and says no source keeps no image, since nobody knows what is private in it', async () => {
    const { bronze, store } = await deployed(people({ Email: 'drop' }));
    await bronze.ingest({ Records: [{ ...stream.insert({ Id: { S: '1' }, Name: { S: 'Ann' } }), eventSourceARN: undefined }, 'Ann'] });
    expect(store.text(store.keys('rejected/_unknown/')[0])).not.toContain('Ann');
  });

  test('is kept as it came where a pipeline has no private attributes', async () => {
    const { bronze, store } = await deployed(people({}));
    await bronze.ingest({ Records: ['Ann'] });
    expect(JSON.parse(store.text(store.keys('rejected/')[0]))).toMatchObject({ record: 'Ann' });
  });
});

test('a table that the pipeline does not know fails the batch, which is then tried again and kept by Lambda', async () => {
  const { bronze, store } = await deployed(people({ Email: 'drop' }));
  const strangers = new StreamRecords('Strangers', { key: ['Id'] });
  await expect(bronze.ingest({ Records: [strangers.insert({ Id: { S: 'Ann' } })] })).rejects.toThrow(/Strangers is no source of this pipeline.*private attributes/);
  expect(store.keys('rejected/')).toEqual([]);
});

test('a record that is put through again keeps its hashes', async () => {
  const first = await deployed(people({ Id: 'hash', Email: 'hash' }));
  const item = { Id: { S: '1' }, Email: { S: 'ann@example.org' } };
  await first.bronze.ingest({ Records: [{ ...stream.insert(item), eventName: 'broken' }] });
  const { record } = JSON.parse(first.store.text(first.store.keys('rejected/')[0])) as { record: object };

  const again = await deployed(people({ Id: 'hash', Email: 'hash' }));
  await again.bronze.ingest({ Records: [{ ...record, eventName: 'INSERT' }, stream.insert(item)] });
  const rows = await hyparquetRows(again.store.bytes(again.store.keys('bronze/')[0]));
  expect(rows).toHaveLength(2);
  expect(new Set(rows.map(({ id, email }) => `${String(id)} ${String(email)}`)).size).toBe(1);
});

describe('the hash key', () => {
  test('may not change: batches wait until the former one is back', async () => {
    const spec = people({ Email: 'hash' });
    const { store, bronze } = await deployed(spec);
    await bronze.ingest({ Records: [stream.insert({ Id: { S: '1' }, Email: { S: 'a' } })] });
    const before = store.keys();
    const changed = await deployed(spec, store, 'another key of more than 16 bytes');
    const record = stream.insert({ Id: { S: '2' }, Email: { S: 'a' } });
    await expect(changed.bronze.ingest({ Records: [record] })).rejects.toThrow(/not the one with which this lake was begun.*Restore the former value/);
    expect(store.keys()).toEqual(before);
    const restored = await deployed(spec, store);
    expect((await restored.bronze.ingest({ Records: [record] })).tables.people.records).toBe(1);
  });

  test('is asked for again after a failure, and once only after that', async () => {
    const spec = people({ Email: 'hash' });
    const store = new MemoryObjectStore(CLOCK);
    await store.put(DEPLOYMENT_KEY, JSON.stringify(deploymentOf(spec)));
    const hashKey = jest.fn<Promise<Uint8Array>, []>().mockRejectedValueOnce(new Error('throttled')).mockResolvedValue(Buffer.from(KEY));
    const bronze = new Bronze({ spec, store, clock: CLOCK, hashKey });
    const record = stream.insert({ Id: { S: '1' }, Email: { S: 'a' } });
    await expect(bronze.ingest({ Records: [record] })).rejects.toThrow('throttled');
    await bronze.ingest({ Records: [record] });
    await bronze.ingest({ Records: [record] });
    expect(hashKey).toHaveBeenCalledTimes(2);
  });

  test('that could be guessed is refused', async () => {
    const { bronze } = await deployed(people({ Email: 'hash' }), undefined, 'short');
    await expect(bronze.ingest({ Records: [stream.insert({ Id: { S: '1' } })] })).rejects.toThrow(new HashKeyError(
      'the hash key has 5 bytes and could be guessed: give its secret at least 16, random ones'));
  });

  test('is not fetched where nothing is hashed', async () => {
    const spec = people({ Email: 'drop' });
    const { store } = await deployed(spec);
    const hashKey = jest.fn<Promise<Uint8Array>, []>();
    await new Bronze({ spec, store, clock: CLOCK, hashKey }).ingest({ Records: [stream.insert({ Id: { S: '1' } })] });
    expect(hashKey).not.toHaveBeenCalled();
  });
});

/** A value whose text is found wherever it is written. */
const secret = fc.uuid().map(id => `secret-${id}`);
const privateValue = secret.chain(text => fc.constantFrom<AttributeValue>(
  { S: text }, { SS: [text, 'b'] }, { L: [{ S: text }] }, { M: { inner: { M: { deeper: { S: text } } } } },
).map(value => ({ value, text })));

const damage = fc.constantFrom<(record: DynamoDbStreamRecord) => unknown>(
  record => record,
record => ({ ...record, eventID: undefined }),
record => ({ ...record, eventName: 'UPDATE' }),
record => ({ ...record, eventSourceARN: undefined }),
record => ({ ...record, dynamodb: { ...record.dynamodb, SequenceNumber: undefined } }),
record => ({ ...record, dynamodb: { ...record.dynamodb, Keys: JSON.stringify(record.dynamodb) } }),
record => ({ ...record, dynamodb: { ...record.dynamodb, NewImage: [record.dynamodb.NewImage] } }),
record => ({ ...record, dynamodb: JSON.stringify(record.dynamodb) }),
record => ({ ...record, dynamodb: undefined, change: record.dynamodb }),
record => JSON.stringify(record),
);

test('no text of a private value is ever written, whatever the item and however the record is damaged', async () => {
  const rule = fc.constantFrom<PrivacyRule>('hash', 'drop');
  const change = fc.record({
    kind: fc.constantFrom('insert', 'modify', 'remove', 'expire'),
    others: attributeMap,
    before: privateValue,
    after: privateValue,
    nested: privateValue,
    key: secret,
    damage,
  });
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), rule, rule, async (changes, whole, inner) => {
    const { bronze, store } = await deployed(people({ 'Id': 'hash', 'Email': whole, 'Profile.Name': inner }));
    const records = changes.map(one => {
      const item = (value: AttributeValue): AttributeMap => ({
        ...one.others, Id: { S: one.key }, Email: value, Profile: { L: [{ M: { Name: one.nested.value, Kind: { S: 'open' } } }] },
      });
      return JSON.parse(JSON.stringify(one.damage(recordOf(one.kind, item(one.before.value), item(one.after.value))))) as unknown;
    });
    const report = await bronze.ingest({ Records: records });
    const text = await written(store);
    for (const { before, after, nested, key } of changes) {
      for (const clear of [before.text, after.text, nested.text, key]) expect(text.includes(clear)).toBe(false);
    }
    const taken = Object.values(report.tables).reduce((sum, table) => sum + table.records + table.rejected, 0);
    expect(taken).toBe(records.length);
  }), { numRuns: 150 });
});

function recordOf(kind: string, before: AttributeMap, after: AttributeMap): DynamoDbStreamRecord {
  switch (kind) {
    case 'insert': return stream.insert(after);
    case 'modify': return stream.modify(before, after);
    case 'remove': return stream.remove(before);
    default: return stream.expire(before);
  }
}
