import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { requireDeployment, sourceOf } from '../schema/deployment';
import type { BackfillRequest } from './backfill-request';
import { readBackfill, workerOf } from './backfill-state';
import { BackfillRefusedError } from './errors';
import { FIRST, firstLoadId, firstLoadIdOfAnother } from './first-load';

/** What starts the state machine: by hand, by a deploy or by an alarm. */
export interface BackfillInput {
  /**
   * `first`: as `full`, once for ever for each source; `missed`: as `first`, of those tables alone for which it is neither done nor
   * under way; `full`, `repair` and `window` as in `BackfillRequest`; `heal`: the window until now, from where an alarm tells that
   * reading was, or from as far back as the table can be exported.
   */
  readonly kind: BackfillRequest['kind'] | 'first' | 'missed' | 'heal';
  /** The name of an earlier execution, to go on with what it has begun, of whatever kind that is; a beginning if undefined. */
  readonly id?: string;
  /** Silver tables; all of them if undefined. */
  readonly tables?: readonly string[];
  /** ISO; of a `window`, which begins there, and of a `heal` that need not go back as far as it could. */
  readonly from?: string;
  /** ISO; now if undefined. */
  readonly to?: string;
  /** What EventBridge tells of an alarm on the age of a stream's records. */
  readonly alarm?: AlarmChange;
}

export interface AlarmChange {
  readonly state: AlarmState;
  readonly previousState?: AlarmState;
}

interface AlarmState {
  readonly value: string;
  readonly timestamp: string;
  /** JSON of the metric's values that led to it. */
  readonly reasonData?: string;
}

export interface BackfillPlanDependencies {
  readonly spec: PipelineSpec;
  readonly store: ObjectStore;
  readonly clock: Clock;
}

const MINUTE = 60 * 1000;

/** One backfill a table. Throws BackfillRefusedError. */
export async function planBackfills(
  input: BackfillInput, execution: string, dependencies: BackfillPlanDependencies,
): Promise<BackfillRequest[]> {
  const { spec, clock } = dependencies;
  const loadsFirst = input.kind === 'first' || input.kind === 'missed';
  if (execution === FIRST && !loadsFirst) {
    throw new BackfillRefusedError(`the name ${FIRST} is that of the first loads, which are done once for ever: start it under another one`);
  }
  const known = Object.keys(spec.tables);
  const tables = input.tables ?? known;
  const unknown = tables.filter(table => !Object.hasOwn(spec.tables, table));
  if (unknown.length > 0) throw new BackfillRefusedError(`there is no Silver table ${unknown.join(', ')}: name some of ${known.join(', ')}`);
  if (input.id !== undefined && !loadsFirst) return begunBy(input.id, tables, dependencies.store);
  const to = input.to ?? clock.now().toISOString();
  switch (input.kind) {
    case 'first': return firstLoads(tables, dependencies);
    case 'missed': return missing(await firstLoads(tables, dependencies), dependencies);
    case 'full': case 'repair': return tables.map(table => ({ id: `${execution}-${table}`, table, kind: input.kind as 'full' | 'repair' }));
    case 'window': {
      if (input.from === undefined) throw new BackfillRefusedError('a window needs its beginning: say from, such as 2026-01-31T09:00:00Z');
      return tables.map(table => ({ id: `${execution}-${table}`, table, kind: 'window', from: input.from, to }));
    }
    case 'heal': {
      if (input.alarm && !wasRinging(input.alarm)) return [];
      const from = input.from ?? (input.alarm && gapStart(input.alarm)?.toISOString());
      return tables.map(table => ({ id: `${execution}-${table}`, table, kind: 'window', ...from !== undefined && { from }, to }));
    }
    default: throw new BackfillRefusedError(`the kind ${JSON.stringify(input.kind)} must be first, missed, full, repair, window or heal`);
  }
}

/** Who goes on with something says by what name only: what it was must not become something else, such as a heal that removes nothing. */
async function begunBy(name: string, tables: readonly string[], store: ObjectStore): Promise<BackfillRequest[]> {
  const found = await Promise.all(tables.map(async table => ({ table, request: (await readBackfill(store, `${name}-${table}`))?.state.request })));
  const begun = found.filter(({ request }) => request !== undefined).map(({ table }) => table);
  if (begun.length === tables.length) return found.map(({ request }) => request!);
  throw new BackfillRefusedError(`${name} has begun nothing for ${tables.filter(table => !begun.includes(table)).join(', ')}, so there is nothing to go on with: `
    + 'start what it was to do anew, without the former name'
    + (begun.length === 0 ? '' : `, and go on by that name with ${begun.join(', ')} alone`));
}

/** Another source under the same name has items of its own, of which the first load of the former one knew nothing. */
async function firstLoads(tables: readonly string[], { spec, store }: BackfillPlanDependencies): Promise<BackfillRequest[]> {
  const deployment = await requireDeployment(store);
  return Promise.all(tables.map(async (table): Promise<BackfillRequest> => {
    const id = firstLoadId(table);
    const source = sourceOf(deployment, spec.tables[table].bronzeName);
    const begun = await readBackfill(store, id);
    const isOther = begun !== undefined && source !== undefined && begun.state.tableArn !== source;
    return { id: isOther ? firstLoadIdOfAnother(table, source) : id, table, kind: 'full' };
  }));
}

/** Those that nobody has begun, and those that nobody goes on with: what made them fail may be gone. */
async function missing(requests: readonly BackfillRequest[], { store, clock }: BackfillPlanDependencies): Promise<BackfillRequest[]> {
  const found = await Promise.all(requests.map(({ id }) => readBackfill(store, id)));
  return requests.filter((_, index) => {
    const state = found[index]?.state;
    return state === undefined || (state.phase !== 'done' && workerOf(state, clock.now()) === undefined);
  });
}

/** It rings, or has just stopped: the time of its ringing may be a gap. */
function wasRinging({ state, previousState }: AlarmChange): boolean {
  return state.value === 'ALARM' || previousState?.value === 'ALARM';
}

/** When the oldest record was written that had not been read when the alarm began to ring; undefined if the alarm does not say. */
function gapStart({ state, previousState }: AlarmChange): Date | undefined {
  const ringing = state.value === 'ALARM' ? state : previousState!;
  const { recentDatapoints: ages } = JSON.parse(ringing.reasonData ?? '{}') as { recentDatapoints?: readonly number[] };
  if (!ages || ages.length === 0) return undefined;
  return new Date(Date.parse(ringing.timestamp) - Math.max(...ages) - 15 * MINUTE);
}
