import * as fc from 'fast-check';
import { Bronze } from '../../lambda-src/bronze/bronze';
import { Redrive } from '../../lambda-src/redrive/redrive';
import { BronzeFixture, SHOP } from '../bronze/bronze-fixture';
import { hyparquetRows } from '../bronze/parquet-readers';
import { fused, Fuse } from '../convergence/crash';
import { failedBatch } from '../helpers/failed-batch';
import { StreamRecords } from '../helpers/stream-records';

const ABSENT_SECONDS = 90 * 24 * 60 * 60;
const NOW = Date.parse('2026-01-31T09:59:59.000Z') / 1000;

type Fate = 'good' | 'malformed' | 'no key' | 'unknown table' | 'too old';
interface Batch {
  readonly how: 'delivered' | 'failed';
  readonly records: readonly Fate[];
}
interface Attempt {
  readonly crashAt: number;
  readonly moment: 'before' | 'after';
  readonly minutesLater: number;
  readonly seconds: number;
}

const fate = fc.constantFrom<Fate>('good', 'good', 'malformed', 'no key', 'unknown table', 'too old');
const batch = fc.record<Batch>({ how: fc.constantFrom('delivered', 'failed'), records: fc.array(fate, { minLength: 1, maxLength: 4 }) });
const attempt = fc.record<Attempt>({
  crashAt: fc.integer({ min: 1, max: 30 }),
  moment: fc.constantFrom('before', 'after'),
  minutesLater: fc.constantFrom(0, 1, 30, 90),
  seconds: fc.constantFrom(60, 100, 1000),
});

test('whatever crashes, every event is in the change log, set aside or too old, and what can be taken has been taken in the end', async () => {
  const histories = [fc.array(batch, { minLength: 1, maxLength: 5 }), fc.array(attempt, { maxLength: 4 })] as const;
  await fc.assert(fc.asyncProperty(...histories, async (batches, attempts) => {
    const fixture = await BronzeFixture.deployed(SHOP);
    const fates = new Map<string, Fate>();
    for (const { how, records } of batches) {
      const made = records.map(one => recordOf(one, `e${fates.size}`, fates));
      if (how === 'delivered') await fixture.ingest(...made);
      else await fixture.store.put(...entryOf(made));
      fixture.clock.advance(1000);
    }
    for (const one of attempts) {
      fixture.clock.advance(one.minutesLater * 60_000 + 1000);
      const fuse = new Fuse(one.crashAt, one.moment);
      // What the dead process would have said is heard by nobody.
      await redrive(fixture, fuse, one.seconds * 1000).catch(() => undefined);
      expect(await conserved(fixture)).toEqual(new Set(fates.keys()));
    }
    fixture.clock.advance(2000);
    const report = await redrive(fixture, new Fuse(undefined, 'before'), Infinity);

    expect(report.left.filter(({ why }) => why === 'failed' || why === 'unreadable')).toEqual([]);
    const { changes, setAside } = await places(fixture);
    for (const [eventId, one] of fates) {
      const isTaken = one === 'good' || (one === 'too old' && changes.has(eventId));
      expect([eventId, changes.has(eventId)]).toEqual([eventId, isTaken]);
      // What is in the change log no longer waits, unless it shares its file with a change that is too old.
      if (one !== 'good') expect([eventId, setAside.has(eventId) || isTaken]).toEqual([eventId, true]);
    }
  }), { numRuns: Number(process.env.REDRIVE_RUNS ?? 300) });
});

function redrive(fixture: BronzeFixture, fuse: Fuse, milliseconds: number) {
  const store = fused(fixture.store, fuse);
  const { clock } = fixture;
  let left = milliseconds;
  const bronze = new Bronze({ spec: SHOP, store, clock });
  return new Redrive({ spec: SHOP, store, clock, bronze, timeLeft: () => left -= 10_000, absentSeconds: ABSENT_SECONDS }).run({});
}

function recordOf(one: Fate, eventId: string, fates: Map<string, Fate>): unknown {
  fates.set(eventId, one);
  const seconds = one === 'too old' ? NOW - 100 * 24 * 60 * 60 : NOW - 60;
  const stream = new StreamRecords(one === 'unknown table' ? 'Strangers' : 'Orders', { key: ['OrderID'] });
  const record = stream.insert({ OrderID: { S: eventId } }, { eventId, seconds });
  if (one === 'malformed') return { ...record, eventName: 'TRUNCATE' };
  return one === 'no key' ? { ...record, dynamodb: { ...record.dynamodb, Keys: { OrderID: { NULL: true } } } } : record;
}

function entryOf(records: readonly unknown[]): [string, string] {
  const { key, text } = failedBatch(records);
  return [key, text];
}

async function conserved(fixture: BronzeFixture): Promise<Set<string>> {
  const { changes, setAside } = await places(fixture);
  return new Set([...changes, ...setAside]);
}

/** Event ids by where they are; what has been filed under done counts as nowhere. */
async function places({ store }: BronzeFixture): Promise<{ readonly changes: Set<string>; readonly setAside: Set<string> }> {
  const rows = await Promise.all(store.keys('bronze/').map(key => hyparquetRows(store.bytes(key))));
  const failed = store.keys('aws/lambda/').flatMap(key => {
    const { payload } = JSON.parse(store.text(key)) as { payload: string };
    return (JSON.parse(payload) as { Records: { eventID: string }[] }).Records;
  });
  const rejected = store.keys('rejected/').flatMap(key => store.text(key).trimEnd().split('\n'))
    .map(line => (JSON.parse(line) as { record: { eventID: string } }).record);
  return {
    changes: new Set(rows.flat().map(row => row._event_id as string)),
    setAside: new Set([...failed, ...rejected].map(record => record.eventID)),
  };
}
