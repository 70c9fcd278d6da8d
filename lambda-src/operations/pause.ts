import { HEALABLE_DAYS } from '../../src/spec/export-reach';
import type { Named } from '../../src/spec/pipeline-spec';
import { STREAM_RETENTION_HOURS } from '../../src/spec/stream-retention';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { Switch, Switches } from '../ports/switches';
import { changePaused, readPaused, type Pause, type PausedState } from './paused-state';

/** What is to be paused or resumed. */
export interface PauseTargets {
  /** Silver table to the id of the event source mapping that reads its source. */
  readonly tables: Named<string>;
  /** Stage to the name of its schedule. */
  readonly schedules: Named<string>;
}

export interface PauseDependencies {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly mappings: Switches;
  readonly schedules: Switches;
}

/** One table's reading, or one stage's schedule. */
export interface Paused {
  readonly kind: Kind;
  /** Silver table, or stage. */
  readonly name: string;
  /** As it is when the command ends; `missing`: there is no such mapping or schedule any more. */
  readonly state: 'on' | 'off' | 'turning' | 'missing';
  readonly since?: Date;
  readonly by?: string;
  /** What a reader should know or do. */
  readonly advice?: string;
}

type Kind = 'tables' | 'schedules';

interface Target {
  readonly kind: Kind;
  readonly name: string;
  readonly id: string;
}

const HOUR = 60 * 60 * 1000;
const LOOK_AGAIN = 2000;
/** A mapping takes a minute or so to turn. */
const LOOKS = 90;

/**
 * Stops reading streams, starting stages, or both. It is recorded first, so that the pipeline warns of a pause whose command died
 * half-way; doing it again changes nothing, and a pause keeps the time at which it began.
 *
 * @param by who asks, for the record
 */
export async function pause(targets: PauseTargets, by: string, dependencies: PauseDependencies): Promise<Paused[]> {
  const now = dependencies.clock.now();
  const look = async (target: Target) => ({ target, before: await switchesOf(target, dependencies).look(target.id) });
  const found = await Promise.all(listOf(targets).map(look));
  const begun = new Map(found.map(({ target, before }) => [`${target.kind}.${target.name}`, pauseOf(before, now, by)]));
  await changePaused(dependencies.store, dependencies.clock, state => found.filter(({ before }) => before).reduce(
    (changed, { target: { kind, name } }) => withPause(changed, kind, name, changed[kind][name] ?? begun.get(`${kind}.${name}`)!), state));
  await Promise.all(found.map(({ target }) => turn(target, 'off', dependencies)));
  return pauseStatus(targets, dependencies);
}

/** Takes up again what is paused. The record goes last: until everything is on again the pipeline goes on warning. */
export async function resume(targets: PauseTargets, dependencies: PauseDependencies): Promise<Paused[]> {
  const { store, clock } = dependencies;
  const before = await readPaused(store);
  const after = await Promise.all(listOf(targets).map(async target => ({ target, now: await turn(target, 'on', dependencies) })));
  const settled = after.filter(({ now }) => now === undefined || now.state === 'on');
  await changePaused(store, clock, state =>
    settled.reduce((changed, { target: { kind, name } }) => withoutPause(changed, kind, name), state));
  const status = await pauseStatus(targets, dependencies);
  return status.map(one => {
    const advice = one.kind === 'tables' && one.state === 'on' ? lostChanges(one.name, before.tables[one.name], clock.now()) : undefined;
    return advice === undefined ? one : { ...one, advice };
  });
}

/** What is paused, by the record and in fact: a deploy that changes a mapping's settings may also have turned it on. */
export async function pauseStatus(targets: PauseTargets, dependencies: PauseDependencies): Promise<Paused[]> {
  const recorded = await readPaused(dependencies.store);
  const now = dependencies.clock.now();
  return Promise.all(listOf(targets).map(async (target): Promise<Paused> => {
    const found = await switchesOf(target, dependencies).look(target.id);
    const entry = Object.hasOwn(recorded[target.kind], target.name) ? recorded[target.kind][target.name] : undefined;
    const advice = adviceOn(target, found, entry, now);
    return {
      kind: target.kind,
      name: target.name,
      state: found?.state ?? 'missing',
      ...(entry && { since: new Date(entry.since), by: entry.by }),
      ...(advice !== undefined && { advice }),
    };
  }));
}

function adviceOn({ kind, name }: Target, found: Switch | undefined, entry: Pause | undefined, now: Date): string | undefined {
  if (!found) return 'it does not exist any more; deploy the stack again';
  if (found.state === 'on' && entry) return 'it is recorded as paused but is on: a deploy or somebody has turned it on; run resume to clear the record, or pause';
  if (found.state === 'off' && !entry) {
    return `it is off since ${found.changedAt.toISOString()} at the latest, and not by pause: run pause to have it watched, or resume`;
  }
  if (kind === 'schedules' || !entry || found.state === 'on') return undefined;
  const hoursLeft = STREAM_RETENTION_HOURS - (now.getTime() - Date.parse(entry.since)) / HOUR;
  return hoursLeft > 0
    ? `changes are lost to the stream in ${hoursLeft.toFixed(1)} hours: run resume before`
    : `run resume, then see to it that nothing is missing: ${lostChanges(name, entry, now)}`;
}

/** The stream forgets what nobody has read for a day. */
function lostChanges(table: string, entry: Pause | undefined, now: Date): string | undefined {
  if (!entry || now.getTime() - Date.parse(entry.since) < STREAM_RETENTION_HOURS * HOUR) return undefined;
  const until = new Date(now.getTime() - STREAM_RETENTION_HOURS * HOUR);
  const isRecoverable = now.getTime() - Date.parse(entry.since) < HEALABLE_DAYS * 24 * HOUR;
  const fix = isRecoverable
    ? `heal --table ${table} --from ${entry.since} loads them, or repair --table ${table} all items; both need point-in-time recovery`
    : `that is longer ago than an export of changes reaches back: repair --table ${table} loads all items, with point-in-time recovery`;
  return `changes from ${entry.since} to ${until.toISOString()} may have left the stream unread: ${fix}`;
}

/** What was off before, and not by us, has been so for a while. */
function pauseOf(before: Switch | undefined, now: Date, by: string): Pause {
  return { since: (before?.state === 'off' ? before.changedAt : now).toISOString(), by };
}

async function turn(target: Target, to: 'on' | 'off', dependencies: PauseDependencies): Promise<Switch | undefined> {
  const switches = switchesOf(target, dependencies);
  for (let look = 1; ; look++) {
    const found = await switches.look(target.id);
    if (!found || found.state === to || look === LOOKS) return found;
    if (found.state !== 'turning') await switches.turn(target.id, to);
    await dependencies.clock.sleep(LOOK_AGAIN);
  }
}

function listOf(targets: PauseTargets): Target[] {
  return (['tables', 'schedules'] as const).flatMap(kind => Object.entries(targets[kind]).map(([name, id]) => ({ kind, name, id })));
}

function switchesOf({ kind }: Target, { mappings, schedules }: PauseDependencies): Switches {
  return kind === 'tables' ? mappings : schedules;
}

function withPause(state: PausedState, kind: Kind, name: string, entry: Pause): PausedState {
  return { ...state, [kind]: { ...state[kind], [name]: entry } };
}

function withoutPause(state: PausedState, kind: Kind, name: string): PausedState {
  return { ...state, [kind]: Object.fromEntries(Object.entries(state[kind]).filter(([other]) => other !== name)) };
}
