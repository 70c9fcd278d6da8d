import { JournalBusyError, JournalLostError, OutcomeOpenError, OutOfTimeError } from '../../../lambda-src/journal/errors';
import type { JournalDependencies } from '../../../lambda-src/journal/journal';
import { LAMBDA_TIMEOUT, TOKEN_LIFE } from '../../../lambda-src/journal/limits';
import type { ObjectStore } from '../../../lambda-src/ports/object-store';
import { QueryFailedError, type QueryEngine } from '../../../lambda-src/ports/query-engine';
import { Athena, type AthenaTraits } from './athena';
import { invocation, maintenance } from './invocation';
import { engineFor, storeFor } from './ports';
import { EVERYTHING, Process, type FaultBudget, type Storm } from './process';
import { WatchedStore } from './watched-store';
import { HOUR, MINUTE, World, type Violation } from './world';

export interface Setting {
  readonly storm?: Storm;
  readonly athena?: AthenaTraits;
  /** Between two invocations of an actor. */
  readonly gaps?: readonly number[];
  /** Puts something between a process and its store or engine, new for each invocation. */
  readonly store?: (store: ObjectStore) => ObjectStore;
  readonly engine?: (engine: QueryEngine) => QueryEngine;
}

export interface Finding {
  readonly seed: number;
  readonly violation: Violation;
  readonly trace: readonly string[];
}

/** The lease, the time a slot may block, and the statements that were under way. */
const CALM_ENOUGH = 24 * HOUR;
const EXPECTED = [JournalBusyError, JournalLostError, OutcomeOpenError, OutOfTimeError, QueryFailedError];

/** The first seed whose schedule breaks a promise: any, or one like this. */
export async function findViolation(setting: Setting, from: number, count: number, like = /./): Promise<Finding | undefined> {
  for (let seed = from; seed < from + count; seed++) {
    const finding = await simulate(setting, seed);
    if (finding && like.test(finding.violation.message)) return finding;
  }
  return undefined;
}

/** Two or three actors with a few invocations each in a storm; then calm, in which a fresh one must finish everything. */
export async function simulate(setting: Setting, seed: number): Promise<Finding | undefined> {
  const { violation } = await play(setting, seed, 'untraced');
  return violation && { seed, violation, trace: (await play(setting, seed, 'traced')).trace };
}

async function play(setting: Setting, seed: number, tracing: 'traced' | 'untraced'): Promise<World> {
  const world = new World(seed, tracing);
  const unseeded = Math.random;
  Math.random = () => world.random.next(); // the journal's jitter is part of the schedule
  try {
    await new Schedule(world, setting).run();
  } finally {
    Math.random = unseeded;
  }
  return world;
}

class Schedule {
  private readonly steps: { readonly [table: string]: number };
  private readonly athena: Athena;
  private readonly store: WatchedStore;
  private readonly budget: FaultBudget;
  private busyActors = 0;

  public constructor(private readonly world: World, private readonly setting: Setting) {
    const { random } = world;
    this.steps = random.chance(0.7) ? { t1: random.pick([1, 2]) } : { t1: 1, t2: random.pick([1, 2]) };
    this.athena = new Athena(world, setting.athena ?? { tokenLife: TOKEN_LIFE });
    this.store = new WatchedStore(world, this.athena, this.steps);
    this.budget = { left: random.pick([1, 2, 2, 3, 3, 4, 6]) };
  }

  public async run(): Promise<void> {
    const { random } = this.world;
    this.busyActors = random.pick([2, 2, 3]);
    for (let actor = 1; actor <= this.busyActors; actor++) this.startActor(`actor${actor}`, random.pick([1, 2, 3]));
    await this.world.run(() => this.busyActors === 0);
    this.world.stormy = false;
    this.world.note(() => 'calm');
    await this.finishCalmly();
    await this.world.run(() => false);
  }

  private startActor(name: string, invocations: number): void {
    const { random } = this.world;
    if (invocations === 0) {
      this.busyActors--;
      return;
    }
    const delay = random.pick(this.setting.gaps ?? [0, random.between(0, 5 * MINUTE), random.between(0, 40 * MINUTE)]);
    this.world.after(delay, () => this.invoke(`${name}.${invocations}`, errors => {
      const isBusy = errors?.[0] instanceof JournalBusyError;
      this.startActor(name, isBusy && random.chance(0.8) ? invocations : invocations - 1);
    }));
  }

  private async finishCalmly(): Promise<void> {
    const deadline = this.world.elapsed + CALM_ENOUGH;
    let finished = false;
    const again = (): void => this.world.after(MINUTE, () => this.invoke('fresh', errors => errors?.length === 0 ? finished = true : again()));
    again();
    await this.world.run(() => finished || this.world.elapsed > deadline);
    if (!finished && !this.world.violation) this.world.violate('a fresh actor cannot finish though nothing goes wrong any more');
  }

  /** `ended` is told what went wrong, if the process lived to say so. */
  private invoke(name: string, ended: (errors?: readonly Error[]) => void): void {
    const { world, setting } = this;
    const isLambda = world.random.chance(0.5);
    const isMaintenance = world.stormy && world.random.chance(0.2);
    let over = false;
    const process = new Process(world, name, setting.storm ?? EVERYTHING, this.budget, () => ended());
    const timeLeft = () => isLambda ? LAMBDA_TIMEOUT - process.age : Infinity;
    if (isLambda) world.after(LAMBDA_TIMEOUT, () => !over && process.die('timed out'));
    const finish = (errors: readonly Error[]): void => {
      over = true;
      world.note(() => `${name} ends ${errors.map(error => error.name).join(' ')}`);
      const unexpected = errors.find(error => !EXPECTED.some(type => error instanceof type));
      if (unexpected) world.violate(`unexpected: ${unexpected.stack}`);
      ended(errors);
    };
    const store = storeFor(process, this.store);
    const engine = engineFor(process, this.athena);
    const dependencies: JournalDependencies = {
      store: setting.store?.(store) ?? store,
      engine: setting.engine?.(engine) ?? engine,
      clock: process,
      timeLeft,
      pipeline: 'p',
      lastKnownRun: async () => 0,
    };
    const work = isMaintenance ? maintenance(dependencies, Object.keys(this.steps)) : invocation(dependencies, this.steps);
    void work.then(finish, error => finish([error as Error]));
  }
}
