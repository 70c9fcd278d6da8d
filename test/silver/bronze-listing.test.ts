import * as fc from 'fast-check';
import type { SilverProgress } from '../../lambda-src/journal/control-state';
import { isTaken, newFiles, progressAfter } from '../../lambda-src/silver/bronze-listing';
import { bronzePrefix, hourPrefix } from '../../src/spec/storage-layout';
import { FixedClock } from '../helpers/fixed-clock';
import { MemoryObjectStore } from '../helpers/memory-object-store';

const MINUTE = 60_000;

/** A file that appears so many minutes after the writer read its clock, or a Silver run with chunks of so many files. */
type Step = { readonly wait: number } & ({ readonly kind: 'file'; readonly lateBy: number; readonly name: number } | { readonly kind: 'run'; readonly files: number; readonly chunks: number });

const wait = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 300 }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('file' as const), wait, lateBy: fc.integer({ min: 0, max: 55 }), name: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('run' as const), wait, files: fc.integer({ min: 1, max: 4 }), chunks: fc.integer({ min: 1, max: 3 }) }) },
);

class Listing {
  public readonly clock = new FixedClock('2026-02-27T21:50:00Z');
  public readonly taken: string[] = [];
  public readonly store = new MemoryObjectStore(this.clock);
  public progress: SilverProgress | undefined;

  public async write(lateBy: number, name: string): Promise<void> {
    const hour = hourPrefix(new Date(this.clock.now().getTime() - lateBy * MINUTE));
    await this.store.put(`${bronzePrefix('orders')}${hour}${name}`, 'x');
  }

  /** Takes chunks until there are no more, or as many as fit. */
  public async run(files: number, chunks: number): Promise<void> {
    for (let chunk = 0; chunk < chunks; chunk++) {
      const found = await newFiles(this.store, 'orders', this.progress, { files, bytes: 1e9 });
      if (found.keys.length === 0) return;
      this.taken.push(...found.keys);
      const base = { tableUuid: 'u', definitionEpoch: 1, committedRun: 'r', enrichedUpTo: {}, poisoned: [] };
      this.progress = { ...base, ...progressAfter('orders', this.progress, found, this.clock.now()) };
    }
  }
}

describe('the listing of Bronze', () => {
  test('loses no file and takes none twice, however they arrive and however the runs are cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const listing = new Listing();
      for (const [index, next] of steps.entries()) {
        listing.clock.advance(next.wait * MINUTE);
        if (next.kind === 'file') await listing.write(next.lateBy, `${next.name % 97}-${index}.parquet`);
        else await listing.run(next.files, next.chunks);
      }
      await listing.run(3, Infinity);
      expect([...listing.taken].sort()).toEqual(listing.store.keys());
    }), { numRuns: 300 });
  });

  test('keeps the names of the hours that are open, and of no others', async () => {
    const listing = new Listing();
    for (let hour = 0; hour < 30; hour++) {
      await listing.write(0, 'a.parquet');
      await listing.run(10, 1);
      listing.clock.advance(60 * MINUTE);
    }
    expect(listing.progress!.listFrom).toBe('dt=2026-03-01/hr=00/');
    expect(listing.progress!.taken).toEqual(['dt=2026-03-01/hr=00/a.parquet', 'dt=2026-03-01/hr=01/a.parquet', 'dt=2026-03-01/hr=02/a.parquet']);
  });

  test('a clock that goes back moves nothing back', async () => {
    const listing = new Listing();
    await listing.write(0, 'a.parquet');
    await listing.run(10, 1);
    const before = listing.progress!.listFrom;
    listing.clock.advance(-10 * 60 * MINUTE);
    await listing.write(0, 'b.parquet');
    listing.clock.advance(10 * 60 * MINUTE);
    await listing.write(0, 'c.parquet');
    listing.clock.advance(-10 * 60 * MINUTE);
    await listing.run(10, 1);
    expect(listing.progress!.listFrom).toBe(before);
  });

  test('takes what a sweep has found first, however small the chunks, and forgets what is there no more', async () => {
    const listing = new Listing();
    for (let hour = 0; hour < 10; hour++) {
      await listing.write(0, 'a.parquet');
      await listing.run(10, 1);
      listing.clock.advance(60 * MINUTE);
    }
    for (const name of ['x', 'y', 'z']) await listing.write(7 * 60, `${name}.parquet`);
    const late = listing.store.keys().filter(key => /[xyz]\.parquet$/.test(key));
    expect((await newFiles(listing.store, 'orders', listing.progress, { files: 9, bytes: 1e9 })).keys).toEqual([]);
    const missed = [...late.map(key => key.slice('bronze/orders/'.length)), 'dt=2026-02-27/hr=23/gone.parquet'];
    listing.progress = { ...listing.progress!, missed };
    expect(late.map(key => isTaken('orders', listing.progress, key))).toEqual([false, false, false]);
    await listing.write(0, 'new.parquet');
    listing.taken.length = 0;
    await listing.run(2, 1);
    expect(listing.taken).toEqual(late.slice(0, 2));
    expect(listing.progress.missed).toEqual(missed.slice(2, 3));
    expect(late.map(key => isTaken('orders', listing.progress, key))).toEqual([true, true, false]);
    await listing.run(2, Infinity);
    expect(listing.taken).toEqual([...late, expect.stringMatching(/new\.parquet$/)]);
    expect(listing.progress.missed).toBeUndefined();
  });

  test('a chunk takes one file at least, and leaves alone what is no data', async () => {
    const listing = new Listing();
    await listing.write(0, 'a.parquet');
    await listing.write(0, 'a.parquet.crc');
    await listing.write(0, 'b.parquet');
    const tiny = { files: 10, bytes: 0 };
    const first = await newFiles(listing.store, 'orders', undefined, tiny);
    expect(first.keys).toEqual([expect.stringMatching(/a\.parquet$/)]);
    expect(first.more).toBe('yes');
  });
});
