import * as fc from 'fast-check';
import { Fuse } from './crash';
import type { Change, TableName } from './reference-model';
import type { By, UnderWay } from './under-way';
import type { Variation } from './variation';
import { World, type Sabotage } from './world';

/** One step of a history; a trace is a list of them, and every list is a valid one. */
export type Step =
  | { readonly do: 'change'; readonly change: Change }
  | { readonly do: 'deliver'; readonly order: number; readonly share: number; readonly again: number; readonly by?: By }
  | {
    readonly do: 'silver';
    readonly crashAt?: number;
    readonly moment: 'before' | 'after';
    readonly chunkFiles: number;
    readonly openPartitions: number;
    readonly by?: By;
  }
  | { readonly do: 'gold'; readonly crashAt?: number; readonly moment: 'before' | 'after'; readonly by?: By }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'lose journal' }
  | { readonly do: 'set aside'; readonly how: 'given up' | 'unknown'; readonly order: number; readonly share: number }
  | {
    readonly do: 'redefine';
    readonly variation: Variation | Pick<Variation, 'sales'>;
    readonly underWay?: UnderWay;
    readonly crashAt?: number;
    readonly moment: 'before' | 'after';
    readonly afterwards: 'again' | 'back';
  }
  | { readonly do: 'rebuild'; readonly crashAt?: number; readonly moment: 'before' | 'after'; readonly by?: By }
  | { readonly do: 'redrive'; readonly crashAt?: number; readonly moment: 'before' | 'after' }
  | { readonly do: 'lose records'; readonly count: number }
  | { readonly do: 'heal'; readonly crashAt?: number; readonly moment: 'before' | 'after' }
  | { readonly do: 'backfill'; readonly table: TableName; readonly kind: 'full' | 'repair'; readonly crashAt?: number; readonly moment: 'before' | 'after' };

/** Plays a trace, lets everything arrive, and says where the lake differs from the model; nothing if it is right. */
export async function play(trace: readonly Step[], sabotage?: Sabotage): Promise<string[]> {
  return playIn(await World.create(sabotage), trace);
}

/** As `play`, in a world that is there already; it is closed afterwards. */
export async function playIn(world: World, trace: readonly Step[]): Promise<string[]> {
  try {
    for (const step of trace) await perform(world, step);
    // What a stream has lost may be healed before or after the rest of it arrives.
    if (trace.length % 2 === 0) await world.deliverAll();
    await world.healAll(trace.length % 3 === 0 ? 'repair' : 'window');
    await world.deliverAll();
    await world.redrive();
    await world.wait(2); // whatever a crash left in flight has ended by then
    if (trace.some(step => step.do === 'redefine')) await settle(world);
    await world.silver();
    await world.gold();
    return await differences(world);
  } finally {
    world.close();
  }
}

/** Where the lake is not as the model says. */
export async function differences(world: World): Promise<string[]> {
  const expected = world.expected();
  const actual = await world.actual();
  return (Object.keys(expected) as (keyof typeof expected)[]).flatMap(table =>
    JSON.stringify(actual[table]) === JSON.stringify(expected[table])
      ? []
      : [`${table}\n  expected ${expected[table].join('  ')}\n  actual   ${actual[table].join('  ')}`]);
}

/** What was delivered under former definitions is encoded again, and what was left of earlier work before it. */
async function settle(world: World): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await world.silver();
    await world.rebuild();
  }
}

async function perform(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'change': return world.change(step.change);
    case 'deliver': return world.deliver(
      size => chosen(size, step),
      index => (index * 7 + step.again) % 5 === 0,
      step.by,
    );
    case 'silver': return void await world.silver(new Fuse(step.crashAt, step.moment), step, step.by);
    case 'gold': return void await world.gold(new Fuse(step.crashAt, step.moment), step.by);
    case 'wait': return world.wait(step.hours);
    case 'lose journal': return world.loseJournal();
    case 'set aside': return world.setAside(step.how, size => chosen(size, step));
    case 'redefine': return world.redefine(step.variation, new Fuse(step.crashAt, step.moment), step.afterwards, step.underWay);
    case 'rebuild': return void await world.rebuild(new Fuse(step.crashAt, step.moment), step.by);
    case 'redrive': return world.redrive(new Fuse(step.crashAt, step.moment));
    case 'lose records': return world.lose(step.count);
    case 'heal': return world.heal(new Fuse(step.crashAt, step.moment));
    case 'backfill': return world.backfill(step.table, step.kind, new Fuse(step.crashAt, step.moment));
  }
}

/** Some of so many, in any order. */
function chosen(size: number, { order, share }: { readonly order: number; readonly share: number }): number[] {
  return shuffled(size, order).slice(0, Math.ceil(size * share / 10));
}

function shuffled(size: number, seed: number): number[] {
  return [...Array(size).keys()]
    .map(index => [((index + 1) * 7919 * (seed + 1)) % 104729, index] as const)
    .sort(([left], [right]) => left - right)
    .map(([, index]) => index);
}

/** What can go wrong beside late, repeated and reordered delivery. */
export type Mishap = 'redefinitions' | 'crashes' | 'lost journal' | 'set aside' | 'lost records';

export function traces(...mishaps: readonly Mishap[]): fc.Arbitrary<Step[]> {
  const crash = mishaps.includes('crashes')
    ? { crashAt: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 2 }), moment: fc.constantFrom('before' as const, 'after' as const) }
    : { crashAt: fc.constant(undefined), moment: fc.constant('before' as const) };
  const by = mishaps.includes('redefinitions') ? fc.constantFrom('new' as const, 'new' as const, 'old' as const) : fc.constant('new' as const);
  return fc.array(fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('change' as const), change: change() }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('deliver' as const),
        order: fc.nat(1000),
        share: fc.integer({ min: 1, max: 10 }),
        again: fc.nat(10),
        by,
      }),
    },
    ...mishaps.includes('redefinitions') ? [
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('redefine' as const),
          variation: fc.oneof(variation(), fc.record({ sales: sales() })),
          ...crash,
          afterwards: fc.constantFrom('again' as const, 'back' as const),
          underWay: fc.option(underWay(), { nil: undefined, freq: 3 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('rebuild' as const), ...crash, by }) },
    ] : [],
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('silver' as const),
        ...crash,
        chunkFiles: fc.constantFrom(1, 3, 100, 100),
        openPartitions: fc.constantFrom(2, 80),
        by,
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('gold' as const), ...crash, by }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 5, 30) }) },
    ...mishaps.includes('set aside') ? [
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('set aside' as const), how: fc.constantFrom('given up' as const, 'unknown' as const), order: fc.nat(1000), share: fc.integer({ min: 1, max: 10 }),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('redrive' as const), ...crash }) },
    ] : [],
    ...mishaps.includes('lost records') ? [
      { weight: 2, arbitrary: fc.record({ do: fc.constant('lose records' as const), count: fc.integer({ min: 1, max: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('heal' as const), ...crash }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('backfill' as const),
          table: fc.constantFrom<TableName>('regions', 'customers', 'orders', 'orders'),
          kind: fc.constantFrom('full' as const, 'repair' as const),
          ...crash,
        }),
      },
    ] : [],
    ...mishaps.includes('lost journal') ? [{ weight: 1, arbitrary: fc.constant<Step>({ do: 'lose journal' }) }] : [],
  ), { minLength: 4, maxLength: 40, size: 'max' });
}

export function variation(): fc.Arbitrary<Variation> {
  return fc.record({
    amounts: fc.constantFrom('all' as const, 'not negative' as const, 'above 20' as const),
    hidden: fc.constantFrom('N0' as const, 'N1' as const, null),
    nameFrom: fc.constantFrom('Name' as const, 'RegionID' as const),
    precision: fc.constantFrom(12 as const, 18 as const),
    sales: sales(),
  });
}

export function sales(): fc.Arbitrary<Variation['sales']> {
  return fc.constantFrom('regions' as const, 'customers' as const, 'large orders' as const);
}

export function underWay(): fc.Arbitrary<UnderWay> {
  return fc.record({
    stage: fc.constantFrom('silver' as const, 'silver' as const, 'gold' as const, 'rebuild' as const),
    how: fc.constantFrom('goes on' as const, 'is cut off' as const),
    at: fc.integer({ min: 1, max: 80 }),
    chunkFiles: fc.constantFrom(1, 1, 100),
  });
}

function change(): fc.Arbitrary<Change> {
  const kind = fc.constantFrom('put' as const, 'put' as const, 'put' as const, 'delete' as const, 'expire' as const);
  const of = <T extends TableName>(table: T, key: fc.Arbitrary<string>, values: fc.Arbitrary<Change['values']>): fc.Arbitrary<Change> =>
    fc.record({ table: fc.constant(table), kind, key, values });
  const orNull = (...values: string[]) => fc.constantFrom<string | null>(...values, null);
  return fc.oneof(
    { weight: 1, arbitrary: of('regions', fc.constantFrom('r0', 'r1'), fc.record({ Label: orNull('L0', 'L1', 'L2') })) },
    {
      weight: 2,
      arbitrary: of('customers', fc.constantFrom('c0', 'c1'), fc.record({ RegionID: orNull('r0', 'r1'), Name: fc.constantFrom('N0', 'N1', 'N2') })),
    },
    {
      weight: 4,
      arbitrary: of('orders', fc.constantFrom('o0/1', 'o0/2', 'o1/1'), fc.record({
        CustomerID: orNull('c0', 'c1', 'nobody'),
        // Around the days on which the clock stands, and around the change to summer time.
        OrderDate: orNull('2026-03-28T22:30:00Z', '2026-03-28T23:30:00Z', '2026-03-29T22:30:00Z', '2026-03-30T10:00:00Z', '2026-02-01T00:00:00Z', '2025-12-31T23:59:59Z'),
        Amount: orNull('10.00', '49.99', '50.00', '1234567890.12', '-1.00', 'dear', '0.125'),
        Tags: orNull('a', 'a,b'),
      })),
    },
  );
}
