import { bronzePrefix } from '../../src/spec/storage-layout';
import type { ControlState, SilverProgress } from '../journal/control-state';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { changeRebuild, opened, readRebuild, requested, type RebuildCounts, type RebuildState } from '../rebuild/rebuild-state';
import { dimensionsOf } from './dimension-changes';
import { SilverTable } from './silver-table';

/** How far a table has come with a changed definition, for reports. */
export interface TableRebuildReport {
  /** `encoding`: changes are still to be encoded again; `merging`: they are, and runs take them; `complete`: this run took the last. */
  readonly state: 'encoding' | 'merging' | 'complete';
  readonly epoch: number;
  readonly progress: RebuildCounts;
  /** Rows that stay as an older definition made them: no file of the change log speaks of them any more. */
  readonly rowsLeft?: number;
}

/** A table's rebuild as its Silver runs see it: they open it, name runs whose files need it, and end it. */
export class TableRebuild {
  public static async read(
    dependencies: { readonly store: ObjectStore; readonly clock: Clock }, table: SilverTable, epoch: number,
  ): Promise<TableRebuild> {
    return new TableRebuild(dependencies, table, epoch, await readRebuild(dependencies.store, table.name));
  }

  /** Whether all that had to be encoded was, before this run listed the files that it takes. */
  private encodedBefore: boolean;

  private constructor(
    private readonly dependencies: { readonly store: ObjectStore; readonly clock: Clock },
    private readonly table: SilverTable,
    private readonly epoch: number,
    private state: RebuildState | undefined,
  ) {
    this.encodedBefore = this.isOurs && this.state!.queue.length === 0;
  }

  public get report(): TableRebuildReport | undefined {
    if (!this.state || !this.isOurs || this.state.complete) return undefined;
    return { state: this.state.queue.length > 0 ? 'encoding' : 'merging', epoch: this.epoch, progress: this.state.progress };
  }

  /** Whether runs can take the last of it, if they find nothing more. */
  public get isEnding(): boolean {
    return this.encodedBefore && !this.state!.complete;
  }

  /** Whether the table's rows, or some of them, are still those of another definition. */
  public isDue(progress: SilverProgress | undefined): boolean {
    // The very first definition has nothing before it.
    if (this.epoch === 1) return false;
    return progress ? progress.definitionEpoch !== this.epoch : !this.isOurs;
  }

  /** Before the first run under a new definition: whatever happens afterwards, the work is written down. */
  public async open(progress: SilverProgress | undefined): Promise<void> {
    const until = progress && `${bronzePrefix(this.table.bronzeName)}${progress.taken.at(-1) ?? progress.listFrom}`;
    this.state = await changeRebuild(this.dependencies, this.table.name, state => opened(state, this.epoch, until));
    this.encodedBefore = false;
  }

  /** Before the run writes anything: its files hold changes of older definitions. */
  public async request(run: string): Promise<void> {
    this.state = await changeRebuild(this.dependencies, this.table.name, state => withoutEnd(requested(state, this.epoch, run)));
    this.encodedBefore = false;
  }

  public async end(rowsLeft: number): Promise<TableRebuildReport> {
    this.state = await changeRebuild(this.dependencies, this.table.name,
      state => state?.epoch === this.epoch && state.queue.length === 0 ? { ...state, complete: { rowsLeft } } : state);
    return { state: 'complete', epoch: this.epoch, progress: this.state!.progress, rowsLeft };
  }

  /** Whether it is the definition's own rebuild that ends, and not that of changes which came late. */
  public get isFirst(): boolean {
    return this.state!.base < this.epoch;
  }

  private get isOurs(): boolean {
    return this.state?.epoch === this.epoch;
  }
}

/** Once more complete afterwards, all older epochs are encoded again under this one. */
function withoutEnd(state: RebuildState): RebuildState {
  if (!state.complete) return state;
  const { complete: _, ...others } = state;
  return { ...others, base: state.epoch };
}

/**
 * With the first run under a new definition: rows of the table have changed that no file names, so what is enriched from it starts
 * anew, and what is computed from it is computed in full.
 */
export function redefined(state: ControlState, table: SilverTable): ControlState {
  const progress = Object.fromEntries(Object.entries(state.progress).map(([name, other]) => {
    const { [table.name]: _, ...enrichedUpTo } = other.enrichedUpTo;
    return [name, { ...other, enrichedUpTo }];
  }));
  return withoutGold({ ...state, progress }, table);
}

/** Gold tables that hold anything of the table's are computed in full next time, those with a window among them. */
export function withoutGold(state: ControlState, table: SilverTable): ControlState {
  const readers = Object.keys(table.spec.tables)
    .filter(name => name === table.name || dimensionsOf(new SilverTable(table.spec, name)).includes(table.name));
  const kept = Object.entries(state.gold).filter(([name]) => !readers.includes(table.spec.gold[name]?.silverTable));
  return { ...state, gold: Object.fromEntries(kept) };
}
