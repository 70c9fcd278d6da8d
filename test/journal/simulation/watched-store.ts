import type { ControlState } from '../../../lambda-src/journal/control-state';
import { epochOfRun } from '../../../lambda-src/journal/run';
import type { PutCondition, PutOutcome } from '../../../lambda-src/ports/object-store';
import { CONTROL_KEY } from '../../../src/spec/storage-layout';
import { MemoryObjectStore } from '../../helpers/memory-object-store';
import type { Athena } from './athena';
import type { World } from './world';

/** S3, watching that what the journal says only ever goes forward, and is true. */
export class WatchedStore extends MemoryObjectStore {
  private previous?: ControlState;

  public constructor(
    private readonly world: World,
    private readonly athena: Athena,
    /** Table to the number of statements of a run. */
    private readonly steps: { readonly [table: string]: number },
  ) {
    super(world);
  }

  public async put(key: string, body: Uint8Array | string, condition?: PutCondition): Promise<PutOutcome> {
    const outcome = await super.put(key, body, condition);
    if (key === CONTROL_KEY && outcome.kind === 'written') this.check(JSON.parse(this.text(key)) as ControlState);
    return outcome;
  }

  private check(state: ControlState): void {
    const before = this.previous;
    this.previous = state;
    if (before && state.epoch < before.epoch) this.world.violate(`the epoch goes back from ${before.epoch} to ${state.epoch}`);
    for (const table of Object.keys(before?.progress ?? {})) {
      const [was, is] = [before!.progress[table].committedRun, state.progress[table]?.committedRun];
      if (!is || is < was) this.world.violate(`progress of ${table} goes back from ${was} to ${is}`);
    }
    for (const [table, { committedRun }] of Object.entries(state.progress)) {
      if (before?.progress[table]?.committedRun !== committedRun) this.checkCommit(table, epochOfRun(committedRun));
    }
  }

  private checkCommit(table: string, epoch: number): void {
    for (let step = 1; step <= this.steps[table]; step++) {
      if (!this.athena.hasCommitted({ table, epoch, step })) {
        this.world.violate(`progress of ${table} says run ${epoch}, but its statement ${step} has never committed`);
      }
    }
    const running = this.athena.inFlight(table);
    if (running) this.world.violate(`progress of ${table} is written while ${running} may still change the table`);
  }
}
