import { emptyControl, serialiseControl, type ControlState, type SilverProgress, type Slot } from '../../lambda-src/journal/control-state';
import type { Clock, TimeLeft } from '../../lambda-src/ports/clock';
import type { Statement } from '../../lambda-src/sql/nodes';
import { CONTROL_KEY } from '../../src/spec/storage-layout';
import { FixedClock } from '../helpers/fixed-clock';
import { MemoryObjectStore } from '../helpers/memory-object-store';
import { ScriptedEngine } from './scripted-engine';

export const emptyProgress: SilverProgress = {
  tableUuid: 'u', definitionEpoch: 1, committedRun: '', listFrom: '', taken: [], enrichedUpTo: {}, poisoned: [],
};

/** Any statement that writes to the table. */
export function statementFor(table: string, purpose: string): Statement {
  return {
    purpose,
    kind: 'insert',
    target: { layer: 'silver', name: table },
    columns: [],
    query: { kind: 'select', columns: [] },
  };
}

export function controlOf(state: Partial<ControlState> = {}): ControlState {
  return { ...emptyControl(7), rev: 3, nonce: 'n', ...state };
}

/** A statement that an earlier holder left, recorded some minutes before the clock's now. */
export function slotOf(clock: Clock, minutesAgo: number, slot: Partial<Slot> = {}): Slot {
  const recordedAt = new Date(clock.now().getTime() - minutesAgo * 60_000).toISOString();
  return { token: 'the-recorded-token', requestKey: REQUEST_KEY, recordedAt, ...slot };
}

export const REQUEST_KEY = 'journal/requests/000000000007/orders-0123456789abcdef.json';

/** Acquires over a bucket in which the control object, if given, was written just now. */
export async function bench(control?: ControlState, { store, clock, engine, timeLeft }: Partial<Bench> & { timeLeft?: TimeLeft } = {}) {
  const time = clock ?? new FixedClock();
  const memory = store ?? new MemoryObjectStore(time);
  const dependencies = {
    store: memory,
    clock: time,
    engine: engine ?? new ScriptedEngine(),
    timeLeft: timeLeft ?? (() => Infinity),
    pipeline: 'p',
    lastKnownRun: async () => 0,
  };
  if (control) {
    await memory.put(REQUEST_KEY, JSON.stringify({ sql: 'the recorded statement', context: {} }));
    await memory.put(CONTROL_KEY, serialiseControl(control));
  }
  return { ...dependencies, control: () => JSON.parse(memory.text(CONTROL_KEY)) as ControlState };
}

export interface Bench {
  readonly store: MemoryObjectStore;
  readonly clock: FixedClock;
  readonly engine: ScriptedEngine;
}
