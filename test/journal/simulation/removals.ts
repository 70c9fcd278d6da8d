import { createHash } from 'node:crypto';
import type { ControlState, Slot } from '../../../lambda-src/journal/control-state';
import { TOKEN_LIFE } from '../../../lambda-src/journal/limits';
import type { ObjectStore, PutCondition, PutOutcome, StoredObject } from '../../../lambda-src/ports/object-store';
import { SubmissionRefusedError, type ExecutionStatus, type QueryEngine, type QueryRequest, type Submission } from '../../../lambda-src/ports/query-engine';
import { CONTROL_KEY } from '../../../src/spec/storage-layout';
import type { Work } from './athena';
import { EVERYTHING } from './process';
import type { Setting } from './simulation';
import { MINUTE } from './world';

/** The same journal in a world where one rule of its protocol does not come to bear. */
export const removals = {
  recordingBeforeSubmitting: {
    store: store => controlWrites(store, (state, condition, put) =>
      put(withSlots(state, slot => slot.queryExecutionId ? slot : undefined), condition)),
  },

  adoptingWhatIsRecorded: {
    store: store => {
      let hasWritten = false;
      const blind = controlReads(store, state => hasWritten ? state : withSlots(state, () => undefined));
      return controlWrites(blind, (state, condition, put) => {
        hasWritten = true;
        return put(state, condition);
      });
    },
  },

  keepingSlotsWhenParking: {
    store: store => controlWrites(store, (state, condition, put) =>
      put(state.holder === null ? withSlots(state, () => undefined) : state, condition)),
  },

  conditionalWrites: {
    store: store => controlWrites(store, (state, _condition, put) => put(state, undefined)),
  },

  readingAgainAfterSilence: {
    store: store => controlWrites(store, async (state, condition, put) => {
      try {
        return await put(state, condition);
      } catch {
        return { kind: 'written', etag: etagOf(state), servedAt: new Date(0) };
      }
    }),
  },

  waitingForTheEnd: {
    engine: engine => ({ ...engine, status: async id => overIfRunning(await engine.status(id)) }),
  },

  sameTokenUntilAnswered: {
    engine: engine => resubmitting(engine, submission => ({
      send: () => submission.send().catch(() => { throw new SubmissionRefusedError('no answer, so it is taken for refused'); }),
    })),
  },

  newTokenForEachAttempt: {
    engine: engine => ({ ...engine, sign: request => engine.sign(request, tokenOfTable(request)) }),
  },

  signatureWithAFixedDate: {
    engine: engine => ({ ...engine, sign: async (request, token) => ({ send: async () => (await engine.sign(request, token)).send() }) }),
  },

  signatureBeforeTheWrite: {
    engine: engine => ({
      ...engine,
      sign: async (request, token) => {
        let signed: Promise<Submission> | undefined;
        return { send: async () => (await (signed ??= engine.sign(request, token))).send() };
      },
    }),
  },

  ageLimitForSubmittingAgain: {
    // An adopter whose first request is still on its way when Athena forgets the token: rare, so time and faults are pointed there.
    storm: { ...EVERYTHING, probability: 0.1, faults: ['crash-after', 'late'] },
    gaps: [0, 66 * MINUTE, 68 * MINUTE],
    store: store => aged(store, (_recordedAt, servedAt) => servedAt),
  },

  ageLimitForDroppingOptimize: {
    // An OPTIMIZE that runs for hours though its holder died before it heard of it.
    storm: { ...EVERYTHING, probability: 0.1, faults: ['crash-after', 'lost-answer'] },
    gaps: [0, 95 * MINUTE, 120 * MINUTE],
    store: store => controlReads(store, state => withSlots(state, slot => ({ ...slot, dropAfter: undefined }))),
  },

  ageLimitForDropping: {
    store: store => aged(store, recordedAt => new Date(recordedAt.getTime() - 70 * MINUTE)),
  },
} satisfies { readonly [rule: string]: Setting };

/** Not a rule but an assumption: Athena remembers a token for longer than anybody may send it. */
export const forgetfulAthena: Setting = { athena: { tokenLife: TOKEN_LIFE / 15 } };

type Put = (state: ControlState, condition: PutCondition | undefined) => Promise<PutOutcome>;

type Write = (state: ControlState, condition: PutCondition | undefined, put: Put) => Promise<PutOutcome>;

function controlWrites(store: ObjectStore, write: Write): ObjectStore {
  const put: Put = (state, condition) => store.put(CONTROL_KEY, JSON.stringify(state), condition);
  return {
    ...store,
    put: (key, body, condition) => key === CONTROL_KEY
      ? write(JSON.parse(body as string) as ControlState, condition, put)
      : store.put(key, body, condition),
  };
}

function controlReads(store: ObjectStore, read: (state: ControlState, servedAt: Date) => ControlState): ObjectStore {
  return {
    ...store,
    get: async key => {
      const object = await store.get(key);
      return key === CONTROL_KEY && object ? changed(object, state => read(state, object.servedAt)) : object;
    },
  };
}

function changed(object: StoredObject, change: (state: ControlState) => ControlState): StoredObject {
  const state = JSON.parse(new TextDecoder().decode(object.body)) as ControlState;
  return { ...object, body: new TextEncoder().encode(JSON.stringify(change(state))) };
}

function aged(store: ObjectStore, recordedAt: (recordedAt: Date, servedAt: Date) => Date): ObjectStore {
  return controlReads(store, (state, servedAt) =>
    withSlots(state, slot => ({ ...slot, recordedAt: recordedAt(new Date(slot.recordedAt), servedAt).toISOString() })));
}

function withSlots(state: ControlState, change: (slot: Slot) => Slot | undefined): ControlState {
  const slots = Object.entries(state.slots).flatMap(([name, slot]) => {
    const other = change(slot);
    return other ? [[name, other] as const] : [];
  });
  return { ...state, slots: Object.fromEntries(slots) };
}

function resubmitting(engine: QueryEngine, wrap: (submission: Submission) => Submission): QueryEngine {
  return { ...engine, sign: async (request, token) => wrap(await engine.sign(request, token)) };
}

function overIfRunning(status: ExecutionStatus): ExecutionStatus {
  return status.state === 'running' ? { state: 'failed', failure: { kind: 'engine', message: 'taken for over' } } : status;
}

function tokenOfTable(request: QueryRequest): string {
  return (JSON.parse(request.sql) as Work).table;
}

function etagOf(state: ControlState): string {
  return `"${createHash('md5').update(JSON.stringify(state)).digest('hex')}"`;
}
