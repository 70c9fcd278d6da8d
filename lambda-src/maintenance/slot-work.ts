import type { MaintenanceRecord } from '../journal/control-state';
import type { Journal } from '../journal/journal';
import type { Change } from '../journal/transitions';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import { QueryFailedError, type QueryEngine, type Row, type TableDescription } from '../ports/query-engine';
import type { TableVersions } from '../ports/table-versions';
import { ScanMeter } from '../silver/scan-meter';
import type { Query, Statement, TableName } from '../sql/nodes';
import { MaintainedTableMissingError } from './errors';
import { NOTHING_DONE, type MaintainedTable } from './maintenance-report';

export interface SlotWorkDependencies {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
  readonly timeLeft: TimeLeft;
  readonly tableVersions: TableVersions;
  readonly journal: Journal;
}

type Count = Exclude<keyof MaintainedTable, 'state' | 'bytesScanned' | 'healedFiles' | 'error'>;

/** An engine that says for ever that there is more to do is not believed for ever. */
const MOST_ROUNDS = 50;

/** What is done in one slot of the journal, and the account of it. */
export class SlotWork {
  private account = NOTHING_DONE;
  private readonly meter: ScanMeter;

  public constructor(public readonly slot: string, public readonly dependencies: SlotWorkDependencies) {
    this.meter = new ScanMeter(dependencies);
  }

  public get report(): MaintainedTable {
    return { ...this.account, bytesScanned: this.meter.bytesScanned };
  }

  public count(what: Count, by: number): void {
    this.account = { ...this.account, [what]: this.account[what] + by };
  }

  public healed(files: readonly string[]): void {
    this.account = { ...this.account, healedFiles: [...this.account.healedFiles, ...files] };
  }

  /** There is more to do than time for it. */
  public park(): void {
    this.account = { ...this.account, state: 'parked' };
  }

  /** Nothing that an earlier invocation left in flight changes the tables any more. */
  public async settle(): Promise<void> {
    await this.dependencies.journal.settle(this.slot);
  }

  public async describe(table: TableName): Promise<TableDescription> {
    const found = await this.dependencies.engine.describe(table);
    if (!found) throw new MaintainedTableMissingError(table);
    return found;
  }

  public async query(query: Query): Promise<readonly Row[]> {
    return this.meter.query(query);
  }

  public async execute(statement: Statement, commit?: Change): Promise<void> {
    this.count('statements', 1);
    this.meter.add(await this.dependencies.journal.execute(this.slot, statement, commit));
  }

  /** Executes the statement until it has no more to do, or until so little time is left: then its rest is left to another day. */
  public async executeRounds(statement: Statement, leave: number): Promise<'finished' | 'unfinished'> {
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      try {
        await this.execute(statement);
        return 'finished';
      } catch (error) {
        if (!(error instanceof QueryFailedError) || error.failure.kind !== 'unfinished') throw error;
        if (this.dependencies.timeLeft() < leave) return 'unfinished';
      }
    }
    return 'unfinished';
  }

  /** What was last done to the table, unless it was to one that has been dropped and made again. */
  public recordOf(table: TableName, { uuid }: TableDescription): MaintenanceRecord {
    const record = this.dependencies.journal.state.maintenance?.[keyOf(table)];
    return record?.tableUuid === uuid ? record : { tableUuid: uuid };
  }

  public async record(table: TableName, record: MaintenanceRecord): Promise<void> {
    await this.dependencies.journal.commit(recorded(table, record));
  }
}

export function recorded(table: TableName, record: MaintenanceRecord): Change {
  return state => ({ ...state, maintenance: { ...state.maintenance, [keyOf(table)]: record } });
}

function keyOf({ layer, name }: TableName): string {
  return `${layer}.${name}`;
}
