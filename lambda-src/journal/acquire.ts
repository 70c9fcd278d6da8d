import { randomUUID } from 'node:crypto';
import { CONTROL_KEY } from '../../src/spec/storage-layout';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import type { QueryEngine, Submission } from '../ports/query-engine';
import { readControl, stamped, tryWrite, type ControlVersion } from './control-object';
import { emptyControl, type ControlState } from './control-state';
import { JournalBusyError, JournalLostError } from './errors';
import { greatestEpoch } from './first-epoch';
import { ASK_ATTEMPTS, LEASE } from './limits';
import { pauseAfter } from './patience';
import { loadRequest } from './requests';
import { acquired, maySubmit } from './transitions';

export interface Acquisition {
  readonly holder: string;
  readonly version: ControlVersion;
  /** Slot to the submission of its statement, for those that nobody knows to run. */
  readonly adopted: ReadonlyMap<string, Submission>;
}

export interface AcquisitionDependencies {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  /** The greatest run number outside the bucket's folders; asked only when there is no control object. */
  readonly lastKnownRun: () => Promise<number>;
}

export async function acquireControl(dependencies: AcquisitionDependencies): Promise<Acquisition> {
  const { store, clock } = dependencies;
  const holder = randomUUID();
  let adopted = new Map<string, Submission>();
  for (let attempt = 1; attempt <= ASK_ATTEMPTS; attempt++) {
    const object = await readControl(store, clock);
    if (object?.state.holder === holder) return { holder, version: object, adopted };
    if (object) assertFree(object);
    const state = object?.state ?? emptyControl(await greatestEpoch(store, dependencies.lastKnownRun));
    // Dated before the write that makes us the holder: what was signed before an owner's pause must be dead when it wakes up late.
    adopted = object ? await signOpen(dependencies, state, object.servedAt) : adopted;
    const wanted = stamped(acquired(holder, object?.servedAt ?? clock.now())(state));
    const version = await tryWrite(store, wanted, object ? { kind: 'unchanged', etag: object.etag } : { kind: 'absent' });
    if (version) return { holder, version, adopted };
    await pauseAfter(clock, attempt);
  }
  throw new JournalLostError(`${CONTROL_KEY} could not be written`);
}

function assertFree({ state, lastModified, servedAt }: { state: ControlState; lastModified: Date; servedAt: Date }): void {
  if (state.holder !== null && servedAt.getTime() - lastModified.getTime() < LEASE) {
    throw new JournalBusyError(state.holder, new Date(lastModified.getTime() + LEASE));
  }
}

async function signOpen(dependencies: AcquisitionDependencies, state: ControlState, servedAt: Date): Promise<Map<string, Submission>> {
  const open = Object.entries(state.slots).filter(([, slot]) => maySubmit(slot, servedAt));
  const signed = await Promise.all(open.map(async ([name, slot]) => {
    const request = await loadRequest(dependencies.store, dependencies.clock, slot.requestKey);
    return request && [name, await dependencies.engine.sign(request, slot.token)] as const;
  }));
  return new Map(signed.filter(entry => entry !== undefined));
}
