import { Redrive } from '../../lambda-src/redrive/redrive';
import type { RedriveReport } from '../../lambda-src/redrive/redrive-report';
import type { RedriveRequest } from '../../lambda-src/redrive/redrive-request';
import { DEPLOYMENT_KEY } from '../../src/spec/storage-layout';
import { BronzeFixture, deploymentOf, SHOP } from '../bronze/bronze-fixture';
import { hyparquetRows } from '../bronze/parquet-readers';
import { failedBatch } from '../helpers/failed-batch';
import { StreamRecords } from '../helpers/stream-records';

const DAY = 24 * 60 * 60;
/** The fixture's clock stands at this second. */
const NOW = Date.parse('2026-01-31T09:59:59.000Z') / 1000;
const ORDER = { OrderID: { S: 'O-1' }, Amount: { N: '12.50' } };

let fixture: BronzeFixture;
let orders: StreamRecords;
let products: StreamRecords;
let timeLeft: () => number;
beforeEach(async () => {
  fixture = await BronzeFixture.deployed(SHOP);
  orders = new StreamRecords('Orders', { key: ['OrderID'] });
  products = new StreamRecords('Products', { key: ['ProductID'] });
  timeLeft = () => Infinity;
});

function order(options: { readonly eventId?: string; readonly seconds?: number } = {}) {
  return orders.insert(ORDER, { seconds: NOW - 3600, ...options });
}

async function setAside(...records: readonly unknown[]): Promise<string> {
  const { key, text } = failedBatch(records);
  await fixture.store.put(key, text);
  return key;
}

function redrive(request: RedriveRequest = {}): Promise<RedriveReport> {
  fixture.clock.advance(1000);
  const { store, clock, bronze } = fixture;
  return new Redrive({ spec: SHOP, store, clock, bronze, timeLeft: () => timeLeft(), absentSeconds: 90 * DAY }).run(request);
}

async function eventIds(bronzeName = 'orders'): Promise<string[]> {
  const files = await Promise.all(fixture.store.keys(`bronze/${bronzeName}/`).map(key => hyparquetRows(fixture.store.bytes(key))));
  return files.flat().map(row => row._event_id as string).sort();
}

describe('a batch that Lambda gave up', () => {
  test('goes through Bronze and is filed under done as it was', async () => {
    const key = await setAside(order({ eventId: 'one' }), order({ eventId: 'two' }));
    const text = fixture.store.text(key);

    expect(await redrive()).toEqual({ tables: { orders: { changes: 2, rejected: 0 } }, filesDone: 1, filesLeft: 0, left: [] });
    expect(await eventIds()).toEqual(['one', 'two']);
    expect(fixture.store.keys('aws/lambda/')).toEqual([]);
    expect(fixture.store.text(`done/${key}`)).toBe(text);
  });

  test('of which some records are malformed is filed as well, since they are rejected now', async () => {
    await setAside(order({ eventId: 'one' }), { ...order(), eventName: 'TRUNCATE' });

    expect(await redrive()).toMatchObject({ tables: { orders: { changes: 1, rejected: 1 } }, filesDone: 1 });
    expect(fixture.rejected('orders')).toEqual([expect.objectContaining({ reason: expect.stringContaining('TRUNCATE') })]);
  });

  test('stays when Bronze fails on it, and the others go on', async () => {
    const key = await setAside(order());
    await setAside(products.insert({ ProductID: { N: '7' } }, { seconds: NOW - 60 }));
    const ingest = fixture.bronze.ingest.bind(fixture.bronze);
    jest.spyOn(fixture.bronze, 'ingest').mockImplementationOnce(async () => { throw new Error('503 Slow Down'); }).mockImplementation(ingest);

    expect(await redrive()).toEqual({
      tables: { products: { changes: 1, rejected: 0 } },
      filesDone: 1,
      filesLeft: 1,
      left: [{ key, why: 'failed', message: 'Error: 503 Slow Down' }],
    });
    expect(fixture.store.keys('aws/lambda/')).toEqual([key]);
  });

  test('of another app\'s stream, in a bucket that is shared, is left alone', async () => {
    const key = await setAside(new StreamRecords('Strangers', { key: ['Id'] }).insert({ Id: { S: '1' } }, { seconds: NOW - 60 }));
    expect(await redrive()).toMatchObject({ filesDone: 0, left: [{ key, why: 'unknown-table' }] });
    expect(fixture.store.keys('rejected/')).toEqual([]);
  });

  test.each<[string, string]>([
    ['not JSON', '{'], ['a batch of Kinesis', JSON.stringify({ KinesisBatchInfo: {}, payload: '{"Records":[]}' })],
    ['without a payload', JSON.stringify({ DDBStreamBatchInfo: { shardId: 'shardId-1', startSequenceNumber: '1', endSequenceNumber: '2' } })],
    ['with half a payload', JSON.stringify({ DDBStreamBatchInfo: { shardId: 'shardId-1', startSequenceNumber: '1', endSequenceNumber: '2' }, payload: '{"Rec' })],
  ])('that is %s stays, with what to do', async (_, text) => {
    const key = 'aws/lambda/mapping/shard/2026/01/31/x';
    await fixture.store.put(key, text);
    const { left, filesDone } = await redrive();
    expect(filesDone).toBe(0);
    expect(left).toEqual([{ key, why: 'unreadable', message: expect.stringMatching(/no batch of a DynamoDB stream|shardId-1, from 1 to 2: run repair/) }]);
    expect(fixture.store.keys('aws/lambda/')).toEqual([key]);
  });
});

describe('rejected records', () => {
  test('go through once their table is declared', async () => {
    await fixture.store.put(DEPLOYMENT_KEY, JSON.stringify({ ...deploymentOf(SHOP), sources: {} }));
    const fresh = await BronzeFixture.deployed(SHOP);
    await fresh.store.put(DEPLOYMENT_KEY, JSON.stringify({ ...deploymentOf(SHOP), sources: {} }));
    await fresh.ingest(order({ eventId: 'one' }));
    const [key] = fresh.store.keys('rejected/_unknown/');
    await fresh.store.put(DEPLOYMENT_KEY, JSON.stringify(deploymentOf(SHOP)));
    fixture = fresh;

    expect(await redrive()).toMatchObject({ tables: { orders: { changes: 1, rejected: 0 } }, filesDone: 1, filesLeft: 0 });
    expect(await eventIds()).toEqual(['one']);
    expect(fixture.store.keys('rejected/')).toEqual([]);
    expect(fixture.store.keys('done/')).toEqual([`done/${key}`]);
  });

  test('that are rejected again an hour later lie there with the new reason, and no run sees its own', async () => {
    await fixture.ingest({ ...order(), eventName: 'TRUNCATE' });
    const [before] = fixture.store.keys('rejected/');
    fixture.clock.advance(60 * 60 * 1000);

    expect(await redrive()).toMatchObject({ tables: { orders: { changes: 0, rejected: 1 } }, filesDone: 1 });
    expect(fixture.store.keys('rejected/')).toEqual([expect.stringContaining('hr=11')]);
    expect(fixture.store.keys('done/')).toEqual([`done/${before}`]);
    expect(fixture.rejected('orders')).toHaveLength(1);
  });

  test('that are rejected again for the same reason within the hour are the same file, which stays', async () => {
    await fixture.ingest({ ...order(), eventName: 'TRUNCATE' });
    const keys = fixture.store.keys('rejected/');
    fixture.clock.set('2026-01-31T09:59:59.100Z');

    const { bronze, store, clock } = fixture;
    const report = await new Redrive({ spec: SHOP, store, clock, bronze, timeLeft, absentSeconds: 90 * DAY }).run({});
    expect(report).toMatchObject({ filesDone: 0, left: [{ key: keys[0], why: 'rejected' }] });
    expect(fixture.store.keys('rejected/')).toEqual(keys);
    expect(fixture.store.keys('done/')).toEqual([]);
  });

  test('that are lines of an export stay, with what brings them in, for their table only', async () => {
    const key = 'rejected/orders/dt=2026-01-31/hr=08/x.json';
    const line = { reason: 'Keys lacks OrderID', formatVersion: 1, record: { exportId: '0170-a1', file: 'exports/orders/f.json.gz', line: 3 } };
    await fixture.store.put(key, `${JSON.stringify(line)}\n`);
    const { filesDone, left } = await redrive();
    expect(left).toEqual([{ key, why: 'export', message: expect.stringContaining('backfill or repair the table') }]);
    expect([filesDone, fixture.store.keys('rejected/')]).toEqual([0, [key]]);
    expect((await redrive({ tables: ['products'] })).left).toEqual([]);
    expect((await redrive({ tables: ['orders_enriched'], dryRun: true })).left).toHaveLength(1);
  });

  test('of a newer format stay', async () => {
    const key = 'rejected/orders/dt=2026-01-31/hr=08/x.json';
    await fixture.store.put(key, `${JSON.stringify({ reason: 'x', formatVersion: 99, record: {} })}\n`);
    expect((await redrive()).left).toEqual([{ key, why: 'unreadable', message: expect.stringContaining('format 99') }]);
  });
});

describe('what is older than the pipeline remembers of deleted items', () => {
  const old = NOW - 89 * DAY - 60;

  test('is refused by the time of the change, with a list, and stays', async () => {
    const key = await setAside(order({ eventId: 'old', seconds: old }));
    const { left, ...report } = await redrive();

    expect(report).toEqual({ tables: {}, filesDone: 0, filesLeft: 1 });
    expect(left).toEqual([{
      key,
      why: 'too-old',
      message: '1 of its 1 changes are older than 89 days; of deletes before then the pipeline may remember nothing, so that they could bring an item '
        + 'back: run repair for the table',
      changes: [{ eventId: 'old', keys: { OrderID: { S: 'O-1' } }, at: new Date(old * 1000) }],
    }]);
    expect(await eventIds()).toEqual([]);
  });

  test('does not keep younger changes of the same file back', async () => {
    const key = await setAside(order({ eventId: 'old', seconds: old }), order({ eventId: 'young', seconds: NOW - 89 * DAY + 60 }));
    expect(await redrive()).toMatchObject({ tables: { orders: { changes: 1 } }, filesDone: 0, left: [{ key, why: 'too-old' }] });
    expect(await eventIds()).toEqual(['young']);
    expect(fixture.store.keys('aws/lambda/')).toEqual([key]);
  });
});

describe('a redrive', () => {
  test('of nothing does nothing', async () => {
    expect(await redrive()).toEqual({ tables: {}, filesDone: 0, filesLeft: 0, left: [] });
  });

  test('of some tables leaves the others', async () => {
    const kept = await setAside(order());
    await setAside(products.insert({ ProductID: { N: '7' } }, { seconds: NOW - 60 }));
    await fixture.ingest({ ...order(), eventName: 'TRUNCATE' });

    expect(await redrive({ tables: ['products'] })).toEqual({ tables: { products: { changes: 1, rejected: 0 } }, filesDone: 1, filesLeft: 0, left: [] });
    expect(fixture.store.keys('aws/lambda/')).toEqual([kept]);
    expect(fixture.store.keys('rejected/orders/')).toHaveLength(1);
  });

  test('that is dry says what there is and changes nothing', async () => {
    await setAside(order(), order(), order({ seconds: NOW - 100 * DAY }));
    await setAside(order());
    const before = fixture.store.keys();
    expect(await redrive({ dryRun: true })).toMatchObject({ tables: { orders: { changes: 3, rejected: 0 } }, filesDone: 1, left: [{ why: 'too-old' }] });
    expect(fixture.store.keys()).toEqual(before);
  });

  test('that runs out of time says how to go on, and the parts make the whole', async () => {
    for (let index = 0; index < 5; index++) await setAside(order({ eventId: `e${index}` }));
    const tooOld = await setAside(order({ seconds: NOW - 100 * DAY }));
    await setAside(order({ eventId: 'e5' }));
    let request: RedriveRequest | undefined = {};
    const reports: RedriveReport[] = [];
    while (request) {
      let files = 2;
      timeLeft = () => files-- > 0 ? 600_000 : 1000;
      const report = await redrive(request);
      reports.push(report);
      request = report.next;
    }

    expect(reports.map(({ filesDone, filesLeft }) => [filesDone, filesLeft])).toEqual([[2, 0], [2, 0], [1, 1], [1, 0]]);
    expect(new Set(reports.flatMap(({ next }) => next?.startedAt ?? [])).size).toBe(1);
    expect(await eventIds()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']);
    expect(fixture.store.keys('aws/lambda/')).toEqual([tooOld]);
  });

  test('leaves what was set aside after it began, in whichever of its parts', async () => {
    await setAside(order());
    const { next } = await (async () => {
      timeLeft = () => 0;
      return redrive();
    })();
    expect(next).toEqual({ startedAt: '2026-01-31T10:00:00.000Z' });
    fixture.clock.advance(1000);
    const later = await setAside(order());
    timeLeft = () => Infinity;
    expect(await redrive(next)).toMatchObject({ filesDone: 1, filesLeft: 0 });
    expect(fixture.store.keys('aws/lambda/')).toEqual([later]);
  });

  test('needs a deploy that has got to its end', async () => {
    await fixture.store.delete(DEPLOYMENT_KEY);
    await expect(redrive()).rejects.toThrow('deployment.json is missing');
  });
});
