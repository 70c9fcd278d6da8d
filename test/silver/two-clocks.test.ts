import * as fc from 'fast-check';
import { SilverTable } from '../../lambda-src/silver/silver-table';
import { absentMerge } from '../../lambda-src/silver/statements/absent-merge';
import { silverMerge } from '../../lambda-src/silver/statements/silver-merge';
import { expectation, shopSpec } from '../helpers/shop-spec';
import { StatementLab, type Values } from '../sql/statement-lab';

/**
 * What a stream or an export says of one item. `micros` is DynamoDB's time of the write; a stream tells only its second, and in
 * which order its changes came.
 */
interface Version {
  readonly from: 'stream' | 'export';
  readonly key: string;
  readonly micros: number;
  readonly sequence: number;
  /** None: deleted. Below zero: held back by a rule. */
  readonly amount: number | undefined;
}

/** The versions that one run reads, in the order of their delivery; some come twice. */
type Run = readonly Version[];

const NOW = new Date('2026-03-28T20:00:00.000Z');
const START = 1774720000;
const KEYS = ['a', 'b', 'c'];
const RUNS = Number(process.env.CONVERGENCE_RUNS ?? 30);

describe('Silver with changes of streams and rows of exports', () => {
  let lab: StatementLab;
  let table: SilverTable;
  let traces = 0;
  beforeAll(async () => {
    const spec = shopSpec({ orders: { expectations: { not_negative: expectation('quarantine', 'amount >= 0') } } });
    table = new SilverTable(spec, 'orders');
    lab = await StatementLab.open(spec);
  });
  afterAll(() => lab.close());

  /** What the table holds after the runs: key to amount. */
  async function merged(runs: readonly Run[]): Promise<Record<string, number>> {
    const trace = `t${++traces}`;
    for (const [index, run] of runs.entries()) {
      if (run.length === 0) continue;
      const name = `${trace}.${index}`;
      await lab.bronze('orders', name, ...run.map(version => bronzeRow(trace, version)));
      await lab.run(absentMerge(table, name));
      await lab.run(silverMerge(table, name, NOW, {}));
    }
    const rows = await lab.rows(`SELECT order_id, amount FROM silver.orders WHERE order_id LIKE '${trace}/%'`);
    return Object.fromEntries(rows.map(({ order_id: id, amount }) => [id!.split('/')[1], Number(amount)]));
  }

  test('holds the same, however they are ordered, repeated and cut into runs', async () => {
    await fc.assert(fc.asyncProperty(histories('rising'), deliveries(), async (history, cut) => {
      expect(await merged(cut(history))).toEqual(expected(history));
    }), { numRuns: RUNS });
  });

  test('holds what a consistent read said, if their clocks leave the order open', async () => {
    await fc.assert(fc.asyncProperty(histories('falling'), deliveries(), fc.array(fc.nat(30)), async (history, cut, amounts) => {
      const readAt = Math.max(0, ...history.map(({ micros }) => micros)) + 2_000_000;
      const answers = KEYS.map((key, index): Version => ({ from: 'export', key, micros: readAt, sequence: 0, amount: amounts[index] }));
      const later = history.slice(0, 2).map((version, index): Version =>
        ({ ...version, from: 'stream', sequence: 1000 + index, micros: readAt + index * 1_000_000 }));
      const all = [...history, ...answers, ...later];
      expect(await merged(cut(all))).toEqual(expected([...answers, ...later]));
    }), { numRuns: RUNS });
  });

  test('closes a gap of the stream with the incremental export of its time', async () => {
    await fc.assert(fc.asyncProperty(histories('apart'), deliveries(), fc.nat(20), fc.nat(10), async (history, cut, start, length) => {
      const stream = history.map((version): Version => ({ ...version, from: 'stream' }));
      const lost = stream.slice(start, start + length);
      const exported = new Map(lost.map(version => [version.key, { ...version, from: 'export' as const }]));
      const known = [...stream.filter(version => !lost.includes(version)), ...exported.values()];
      expect(await merged(cut(known))).toEqual(expected(stream));
    }), { numRuns: RUNS });
  });

  test('loses to a change of the same second, and wins from the next second on', async () => {
    const stream: Version = { from: 'stream', key: 'a', micros: 10_000_000, sequence: 7, amount: 1 };
    const row = (micros: number): Version => ({ from: 'export', key: 'a', micros, sequence: 0, amount: 2 });
    expect(await merged([[stream], [row(9_999_999)]])).toEqual({ a: 1 });
    expect(await merged([[stream], [row(10_999_999)]])).toEqual({ a: 1 });
    expect(await merged([[row(10_999_999)], [stream]])).toEqual({ a: 1 });
    expect(await merged([[stream], [row(11_000_000)]])).toEqual({ a: 2 });
    expect(await merged([[row(11_000_000)], [stream]])).toEqual({ a: 2 });
  });

  test('remembers an item that an export does not have any more', async () => {
    const gone: Version = { from: 'export', key: 'a', micros: 20_000_000, sequence: 0, amount: undefined };
    const late: Version = { from: 'stream', key: 'a', micros: 19_000_000, sequence: 5, amount: 1 };
    const again: Version = { from: 'stream', key: 'a', micros: 20_000_000, sequence: 6, amount: 3 };
    expect(await merged([[gone], [late]])).toEqual({});
    expect(await merged([[gone], [late], [again]])).toEqual({ a: 3 });
  });
});

/** The greatest version of each key: by its second, then the stream before an export, then by its own clock. */
function expected(history: readonly Version[]): Record<string, number> {
  const rank = ({ from, micros, sequence }: Version) =>
    [Math.floor(micros / 1e6), from === 'stream' ? 1 : 0, from === 'stream' ? sequence : micros] as const;
  const latest = new Map<string, Version>();
  for (const version of history) {
    const known = latest.get(version.key);
    if (!known || isGreater(rank(version), rank(known))) latest.set(version.key, version);
  }
  return Object.fromEntries([...latest].flatMap(([key, { amount }]) => amount === undefined || amount < 0 ? [] : [[key, amount]]));
}

function isGreater(left: readonly number[], right: readonly number[]): boolean {
  const differing = left.findIndex((value, index) => value !== right[index]);
  return differing >= 0 && left[differing] > right[differing];
}

function bronzeRow(trace: string, { from, key, micros, sequence, amount }: Version): Values {
  const second = Math.floor(micros / 1e6) * 1_000_000;
  return {
    order_id: `${trace}/${key}`,
    amount: amount === undefined ? null : String(amount),
    _event_name: amount === undefined ? 'REMOVE' : 'MODIFY',
    _sequence: from === 'stream' ? String(sequence).padStart(10, '0') : null,
    _event_timestamp: String(START * 1_000_000 + (from === 'stream' ? second : micros)),
    _event_id: `${from}-${sequence}-${micros}`,
  };
}

/** Writes of a table, as streams and exports tell of them. `rising`: time never falls; `apart`: no two lie in one second. */
function histories(clock: 'rising' | 'falling' | 'apart'): fc.Arbitrary<Version[]> {
  const step = {
    rising: fc.nat(500_000),
    falling: fc.integer({ min: -2_500_000, max: 3_000_000 }),
    apart: fc.integer({ min: 1_000_000, max: 3_000_000 }),
  };
  return fc.array(fc.record({
    from: fc.constantFrom('stream' as const, 'export' as const),
    key: fc.constantFrom(...KEYS),
    // No two exports tell of different writes of one item at the very same time.
    step: step[clock].filter(value => value !== 0),
    amount: fc.option(fc.integer({ min: -3, max: 30 }), { freq: 4, nil: undefined }),
  }), { minLength: 1, maxLength: 25 }).map(writes => {
    let micros = 5_000_000;
    const used = new Set<number>();
    return writes.map(({ from, key, step: ahead, amount }, index): Version => {
      micros = Math.max(0, micros + ahead);
      while (used.has(micros)) micros++;
      used.add(micros);
      return { from, key, micros, sequence: index + 1, amount };
    });
  });
}

/** Any order, anything twice, any cut into runs. */
function deliveries(): fc.Arbitrary<(history: readonly Version[]) => Run[]> {
  const any = fc.record({ seed: fc.nat(100_000), cuts: fc.integer({ min: 1, max: 6 }), again: fc.integer({ min: 2, max: 6 }) });
  return any.map(({ seed, cuts, again }) => history => {
    const copies = history.flatMap((version, index) => (index * 7 + seed) % again === 0 ? [version, version] : [version]);
    const shuffled = copies
      .map((version, index) => ({ version, place: ((index + 1) * 7919 * (seed + 1)) % 104_729 }))
      .sort((left, right) => left.place - right.place);
    const runs: Version[][] = Array.from({ length: cuts }, () => []);
    for (const { version, place } of shuffled) runs[Math.floor(place / 8) % cuts].push(version);
    return runs;
  });
}
