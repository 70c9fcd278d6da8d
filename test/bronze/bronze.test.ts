import { UNKNOWN_TABLE } from '../../lambda-src/bronze/bronze';
import type { StreamEvent } from '../../lambda-src/bronze/stream-event';
import { StreamRecords } from '../helpers/stream-records';
import { BronzeFixture, SHOP } from './bronze-fixture';
import { DuckDbReader, hyparquetRows, keyValueMetadata, type ReadRow } from './parquet-readers';

const ORDER = { OrderID: { S: 'O-1' }, Amount: { N: '12.50' }, Coupon: { S: 'SPRING' } };

let duckDb: DuckDbReader;
let orders: StreamRecords;
let products: StreamRecords;
let fixture: BronzeFixture;

beforeAll(async () => { duckDb = await DuckDbReader.open(); });
afterAll(() => duckDb.close());
beforeEach(async () => {
  orders = new StreamRecords('Orders', { key: ['OrderID'] });
  products = new StreamRecords('Products', { key: ['ProductID'] });
  fixture = await BronzeFixture.deployed(SHOP);
});

describe('a change in the change log', () => {
  test('carries the declared columns and all that the system knows of it', async () => {
    const changed = { ...ORDER, Amount: { N: '13' } };
    const report = await fixture.ingest(
      orders.insert(ORDER, { sequence: 100n, eventId: 'one', seconds: 1767225600 }),
      orders.modify(ORDER, changed, { sequence: 101n, eventId: 'two', seconds: 1767225601.25 }),
    );

    const key = fixture.store.keys('bronze/')[0];
    expect(key).toMatch(/^bronze\/orders\/dt=2026-01-31\/hr=09\/[0-9a-f]{32}\.parquet$/);
    const nothingOdd = { rejected: 0, conversionErrors: 0, sequenceAnomalies: 0, rejectedFiles: [] };
    expect(report).toEqual({ tables: { orders: { ...nothingOdd, records: 2, files: [key] } } });
    const expected = [
      {
        order_id: 'O-1',
        amount: '12.50',
        coupon: 'SPRING',
        _event_name: 'INSERT',
        _event_timestamp: '1767225600000000',
        _table_name: 'Orders',
        _event_id: 'one',
        _sequence: `2026-01-01T00:00:00.000/${'100'.padStart(40, '0')}`,
        _ttl_delete: 'false',
        _new_image: JSON.stringify(ORDER),
        _old_image: null,
        _errors: null,
        _epoch: '1',
      },
      {
        order_id: 'O-1',
        amount: '13.00',
        coupon: 'SPRING',
        _event_name: 'MODIFY',
        _event_timestamp: '1767225601250000',
        _table_name: 'Orders',
        _event_id: 'two',
        _sequence: `2026-01-01T00:00:00.000/${'101'.padStart(40, '0')}`,
        _ttl_delete: 'false',
        _new_image: JSON.stringify(changed),
        _old_image: JSON.stringify(ORDER),
        _errors: null,
        _epoch: '1',
      },
    ];
    expect(await rowsOf('orders')).toEqual(expected);
    const second = await hyparquetRows(fixture.parquet('orders'));
    expect(second.map(row => ({
      ...row,
      amount: (row.amount as number).toFixed(2),
      _event_timestamp: String(row._event_timestamp),
      _ttl_delete: String(row._ttl_delete),
      _epoch: String(row._epoch),
    }))).toEqual(expected);
    expect(keyValueMetadata(fixture.parquet('orders')).get('medallion.format')).toBe('1');
  });

  test('of a delete keeps the key and the old image, and nothing else', async () => {
    await fixture.ingest(orders.remove(ORDER));

    expect(await rowsOf('orders')).toEqual([expect.objectContaining({
      order_id: 'O-1',
      amount: null,
      coupon: null,
      _event_name: 'REMOVE',
      _ttl_delete: 'false',
      _new_image: null,
      _old_image: JSON.stringify(ORDER),
      _errors: null,
    })]);
  });

  test('says whether the item expired or somebody deleted it', async () => {
    const byService = { ...orders.remove(ORDER), userIdentity: { type: 'Service', principalId: 'somebody.amazonaws.com' } };
    const byRole = { ...orders.remove(ORDER), userIdentity: { type: 'AssumedRole', principalId: 'dynamodb.amazonaws.com' } };
    await fixture.ingest(orders.expire(ORDER), orders.remove(ORDER), byService, byRole);

    expect((await rowsOf('orders')).map(row => row._ttl_delete)).toEqual(['true', 'false', 'false', 'false']);
  });

  test('sorts by sequence in the order of time, across a stream that was created anew', async () => {
    const later = new StreamRecords('Orders', { key: ['OrderID'], label: '2026-05-01T00:00:00.000' });
    await fixture.ingest(
      later.insert(ORDER, { sequence: 5n }),
      orders.insert(ORDER, { sequence: 1000n }),
      orders.insert(ORDER, { sequence: 999n }),
      orders.insert(ORDER, { sequence: '9'.repeat(40) }),
    );

    const sequences = (await rowsOf('orders')).map(row => row._sequence as string);
    expect([...sequences].sort()).toEqual([sequences[2], sequences[1], sequences[3], sequences[0]]);
  });

  test('is not disturbed by attributes that are named like system columns', async () => {
    const item = {
      ...ORDER,
      _event_timestamp: { S: '1970' },
      _table_name: { S: '../products' },
      _sequence: { N: '1' },
      _epoch: { N: '99' },
      __proto__x: { S: 'x' },
    };
    await fixture.ingest(orders.insert(item, { seconds: 1767225600 }));

    expect(await rowsOf('orders')).toEqual([expect.objectContaining({
      _event_timestamp: '1767225600000000',
      _table_name: 'Orders',
      _epoch: '1',
      _new_image: JSON.stringify(item),
      _sequence: expect.stringMatching(/^2026-/),
    })]);
  });

  test('takes its key from the record\'s keys', async () => {
    const record = orders.insert(ORDER);
    await fixture.ingest({ ...record, dynamodb: { ...record.dynamodb, NewImage: { Amount: { N: '1' } } } });

    expect(await rowsOf('orders')).toEqual([expect.objectContaining({ order_id: 'O-1', amount: '1.00', coupon: null })]);
  });
});

describe('a batch', () => {
  test('may flip the type of an attribute: what does not fit is null, with the reason', async () => {
    const report = await fixture.ingest(
      orders.insert({ ...ORDER, Amount: { S: 'a lot' } }),
      orders.insert({ ...ORDER, Amount: { N: '2' } }),
      orders.insert({ ...ORDER, Amount: { S: '3.1' }, Coupon: { BOOL: true } }),
    );

    const rows = await rowsOf('orders');
    expect(rows.map(row => [row.amount, row.coupon, row._errors && JSON.parse(row._errors as string)])).toEqual([
      [null, 'SPRING', { amount: 'S "a lot" is not a decimal(12,2)' }],
      ['2.00', 'SPRING', null],
      ['3.10', null, { coupon: 'BOOL true is not a string' }],
    ]);
    expect(report.tables.orders).toMatchObject({ records: 3, rejected: 0, conversionErrors: 2 });
  });

  test('keeps an attribute that its first record lacks', async () => {
    const { Coupon, ...withoutCoupon } = ORDER;
    await fixture.ingest(orders.insert(withoutCoupon), orders.insert({ ...withoutCoupon, Coupon }));

    expect((await rowsOf('orders')).map(row => row.coupon)).toEqual([null, 'SPRING']);
  });

  test('of several tables becomes a file for each', async () => {
    const report = await fixture.ingest(
      orders.insert(ORDER), products.insert({ ProductID: { N: '7' }, Tags: { SS: ['b', 'a'] } }), orders.remove(ORDER),
    );

    expect(Object.keys(report.tables).sort()).toEqual(['orders', 'products']);
    expect((await rowsOf('orders')).map(row => row._event_name)).toEqual(['INSERT', 'REMOVE']);
    expect(await rowsOf('products')).toEqual([expect.objectContaining({ product_id: '7', tags: '["b","a"]', _table_name: 'Products' })]);
  });

  test.each<[string, unknown]>([
    ['no records', { Records: [] }], ['no Records at all', {}], ['nothing', null], ['Records of another kind', { Records: 'x' }],
  ])('with %s does nothing', async (_, event) => {
    const before = fixture.store.keys();
    expect(await fixture.bronze.ingest(event as StreamEvent)).toEqual({ tables: {} });
    expect(fixture.store.keys()).toEqual(before);
  });

  test('reads the clock once, so that its files share an hour', async () => {
    const now = jest.spyOn(fixture.clock, 'now').mockImplementationOnce(() => new Date('2026-01-31T09:59:59.999Z'))
      .mockImplementation(() => new Date('2026-01-31T10:00:00.000Z'));
    await fixture.ingest(orders.insert(ORDER), products.insert({ ProductID: { N: '7' } }), { eventSourceARN: orders.streamArn });
    now.mockRestore();

    const keys = [...fixture.store.keys('bronze/'), ...fixture.store.keys('rejected/')];
    expect(keys).toHaveLength(3);
    expect(keys.filter(key => !key.includes('dt=2026-01-31/hr=09/'))).toEqual([]);
  });
});

describe('a batch that comes again', () => {
  test('in the same hour leaves the file as it is, in whatever order its records come', async () => {
    const batch = [orders.insert(ORDER), orders.remove(ORDER)];
    const first = await fixture.ingest(...batch);
    const bytes = fixture.parquet('orders');
    expect(await fixture.ingest(...batch.reverse())).toEqual(first);

    expect(fixture.parquet('orders')).toEqual(bytes);
  });

  test('in another hour is written once more under the same name', async () => {
    const record = orders.insert(ORDER);
    const first = await fixture.ingest(record);
    fixture.clock.advance(1000);
    const second = await fixture.ingest(record);

    expect(second.tables.orders.files[0]).toBe(first.tables.orders.files[0].replace('hr=09', 'hr=10'));
    expect(fixture.store.keys('bronze/')).toHaveLength(2);
  });

  test('split in halves has other names than the whole', async () => {
    const batch = [orders.insert(ORDER), orders.remove(ORDER)];
    await fixture.ingest(...batch);
    await fixture.ingest(batch[0]);
    await fixture.ingest(batch[1]);

    expect(fixture.store.keys('bronze/')).toHaveLength(3);
  });

  test('holds a record that stands in it twice', async () => {
    const record = orders.insert(ORDER);
    await fixture.ingest(record, record);

    const ids = (await rowsOf('orders')).map(row => row._event_id);
    expect(new Set(ids)).toEqual(new Set([record.eventID]));
  });

  test('fails as a whole when the store does, and succeeds when it is tried again', async () => {
    const put = jest.spyOn(fixture.store, 'put').mockRejectedValueOnce(new Error('503 Slow Down'));
    const record = orders.insert(ORDER);
    await expect(fixture.ingest(record)).rejects.toThrow('503 Slow Down');
    put.mockRestore();
    expect(fixture.store.keys('bronze/')).toEqual([]);

    await fixture.ingest(record);
    expect(await rowsOf('orders')).toHaveLength(1);
  });

  test('fails too when only the rejected records cannot be written', async () => {
    jest.spyOn(fixture.store, 'put').mockRejectedValueOnce(new Error('503 Slow Down'));
    await expect(fixture.ingest({ eventSourceARN: orders.streamArn })).rejects.toThrow('503 Slow Down');
  });
});

describe('a record that cannot be taken', () => {
  test.each<[string, (good: Record<string, unknown>) => unknown, RegExp]>([
    ['has no dynamodb part', ({ dynamodb, ...rest }) => rest, /no dynamodb part/],
    ['has no event id', ({ eventID, ...rest }) => rest, /eventID is missing/],
    ['says another event', good => ({ ...good, eventName: 'TRUNCATE' }), /eventName is "TRUNCATE", but must be INSERT, MODIFY or REMOVE/],
    ['has no sequence number', good => inside(good, { SequenceNumber: undefined }), /SequenceNumber is missing/],
    ['has letters in its sequence number', good => inside(good, { SequenceNumber: '12a' }), /SequenceNumber is "12a"/],
    ['has a sequence number of 41 digits', good => inside(good, { SequenceNumber: '1'.repeat(41) }), /1 to 40 digits/],
    ['has no time', good => inside(good, { ApproximateCreationDateTime: undefined }), /ApproximateCreationDateTime is missing/],
    ['has no keys', good => inside(good, { Keys: undefined }), /Keys is missing/],
    ['lacks its key attribute', good => inside(good, { Keys: { Other: { S: 'x' } } }), /key column order_id: attribute OrderID is missing/],
    ['has a key of another type', good => inside(good, { Keys: { OrderID: { M: {} } } }), /key column order_id: M \{\} is not a string/],
    ['has an image that is none', good => inside(good, { NewImage: 'text' }), /NewImage is "text"/],
    ['comes from a stream of keys only', good => inside(good, { NewImage: undefined }), /view type carries no new image; set it to NEW_AND_OLD_IMAGES/],
  ])('because it %s is kept as it came, and the batch goes on', async (_, spoil, reason) => {
    const bad = spoil({ ...orders.insert(ORDER) });
    const report = await fixture.ingest(orders.insert(ORDER), bad, orders.insert(ORDER));

    expect(report.tables.orders).toMatchObject({ records: 2, rejected: 1 });
    expect(await rowsOf('orders')).toHaveLength(2);
    const [key] = report.tables.orders.rejectedFiles;
    expect(key).toMatch(/^rejected\/orders\/dt=2026-01-31\/hr=09\/[0-9a-f]{32}\.json$/);
    expect(fixture.rejected('orders')).toEqual([
      { reason: expect.stringMatching(reason), formatVersion: 1, record: JSON.parse(JSON.stringify(bad)) },
    ]);
  });

  test('because its table is no source stands under a name that no table has', async () => {
    const strangers = new StreamRecords('Strangers', { key: ['Id'] });
    const unknown = strangers.insert({ Id: { S: '1' } });
    const kinesis = { eventSource: 'aws:kinesis', eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/s', kinesis: { data: '' } };
    const report = await fixture.ingest(unknown, orders.insert(ORDER), kinesis, 'not even an object', null);

    expect(report.tables[UNKNOWN_TABLE]).toMatchObject({ records: 0, rejected: 4, files: [] });
    expect(report.tables.orders).toMatchObject({ records: 1, rejected: 0 });
    expect(fixture.rejected(UNKNOWN_TABLE)).toEqual([
      { reason: expect.stringContaining('table/Strangers is no source of this pipeline'), formatVersion: 1, record: unknown },
      { reason: expect.stringContaining('is not the ARN of a DynamoDB stream'), formatVersion: 1, record: kinesis },
      { reason: expect.stringContaining('eventSourceARN undefined'), formatVersion: 1, record: 'not even an object' },
      { reason: expect.stringContaining('eventSourceARN undefined'), formatVersion: 1, record: null },
    ]);
  });

  test('cannot choose where it is kept', async () => {
    const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/../../bronze/orders/stream/x';
    await fixture.ingest({ ...orders.insert(ORDER), eventSourceARN: arn });

    expect(fixture.store.keys('bronze/')).toEqual([]);
    expect(fixture.store.keys('rejected/')).toEqual([expect.stringMatching(/^rejected\/_unknown\/dt=2026-01-31\/hr=09\/[0-9a-f]{32}\.json$/)]);
  });

  test('is written once when it comes again', async () => {
    const bad = { eventSourceARN: orders.streamArn };
    await fixture.ingest(bad);
    await fixture.ingest(bad);

    expect(fixture.rejected('orders')).toHaveLength(1);
  });
});

async function rowsOf(bronzeName: string): Promise<ReadRow[]> {
  return duckDb.texts(fixture.parquet(bronzeName));
}

function inside(record: Record<string, unknown>, changes: Record<string, unknown>): unknown {
  return { ...record, dynamodb: { ...record.dynamodb as object, ...changes } };
}
