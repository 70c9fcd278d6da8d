import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ExecutionFailure } from './errors';
import { executionFailure } from './failure';
import type { Faults } from './faults';
import type { AthenaStatement } from './sql/statement';
import type { TrinoResult } from './trino';
import { carryOut } from './work';

export type ExecutionState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** What StartQueryExecution was asked. */
export interface ExecutionRequest {
  readonly sql: string;
  readonly catalog: string;
  readonly database: string | undefined;
  readonly workgroup: string;
  readonly outputLocation: string | undefined;
}

/** Runs a statement with the rights of whoever asked; throws ExecutionFailure where a right is missing. */
export interface ExecutionSettings {
  readonly trinoUrl: string;
  readonly faults: Faults;
  readonly authorize: (statement: AthenaStatement, request: ExecutionRequest) => Promise<void>;
}

const EMPTY: TrinoResult = { columns: [], rows: [], updateCount: undefined, bytesScanned: 0 };

/** One execution: QUEUED, RUNNING, and then one of the three ends, for good. */
export class Execution {
  public readonly id = randomUUID();
  public readonly submitted = new Date();
  public completed: Date | undefined;
  public state: ExecutionState = 'QUEUED';
  public failure: ExecutionFailure | undefined;
  public result: TrinoResult = EMPTY;
  public starts = 1;
  private readonly stopping = new AbortController();

  public constructor(
    public readonly request: ExecutionRequest,
    public readonly statement: AthenaStatement,
    private readonly settings: ExecutionSettings,
  ) {}

  /** Somebody has started it once more, with the same token. */
  public startedAgain(): this {
    this.starts++;
    return this;
  }

  /** Never throws: how it went is in the state. */
  public async run(): Promise<void> {
    const { faults } = this.settings;
    const { sql } = this.request;
    try {
      const slow = faults.take('slow-queue', 'execution', sql);
      if (slow) await setTimeout(slow.milliseconds ?? 5000, undefined, { signal: this.stopping.signal });
      if (this.over) return;
      this.state = 'RUNNING';
      await this.settings.authorize(this.statement, this.request);
      if (faults.take('conflict', 'execution', sql)) {
        throw new ExecutionFailure('ICEBERG_COMMIT_ERROR: Failed to commit Iceberg update to table', 'user', 233);
      }
      const result = await carryOut(this.statement.work(), this.settings.trinoUrl, this.request.database, this.stopping.signal);
      if (faults.take('more-runs-needed', 'execution', sql)) {
        const name = /^\s*VACUUM/i.test(sql) ? 'ICEBERG_VACUUM_MORE_RUNS_NEEDED' : 'ICEBERG_OPTIMIZE_MORE_RUNS_NEEDED';
        throw new ExecutionFailure(`${name}: Processed 100 partitions in this round. Run the statement again`, 'user', 233);
      }
      this.result = result;
      this.end('SUCCEEDED');
    } catch (error) {
      if (this.over) return;
      this.failure = executionFailure(error);
      this.end('FAILED');
    }
  }

  /** What has been committed stays. */
  public stop(): void {
    if (this.over) return;
    this.end('CANCELLED');
    this.stopping.abort();
  }

  private get over(): boolean {
    return this.completed !== undefined;
  }

  private end(state: ExecutionState): void {
    if (this.over) return;
    this.state = state;
    this.completed = new Date();
  }
}
