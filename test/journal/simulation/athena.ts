import {
  SignatureExpiredError, SubmissionDeniedError, SubmissionRefusedError, type ExecutionStatus, type QueryFailure, type QueryRequest,
} from '../../../lambda-src/ports/query-engine';
import { MINUTE, SECOND, type World } from './world';

interface Execution {
  readonly id: string;
  readonly work: Work;
  status: ExecutionStatus;
  isRunning: boolean;
  /** Another statement has committed on the table since this one started to read it. */
  isStale: boolean;
}

/** What a statement of the simulation stands for. */
export interface Work {
  readonly table: string;
  readonly epoch: number;
  readonly step: number;
}

/** The step of a statement that stands for OPTIMIZE. */
export const OPTIMIZE_STEP = 0;

export interface AthenaTraits {
  readonly tokenLife: number;
}

const SIGNATURE_LIFE = 5 * MINUTE;
const FAILURES: readonly QueryFailure['kind'][] = ['conflict', 'engine', 'statement'];

/** Athena as the protocol assumes it, on tables that notice no conflict. It watches that no statement harms another. */
export class Athena {
  private readonly executions: Execution[] = [];
  private readonly remembered = new Map<string, Execution>();
  /** By the quarter of an hour: somebody takes rights away and gives them back. */
  private readonly denials = new Map<number, boolean>();
  private readonly refusals = new Map<string, boolean>();
  private readonly committed = new Set<string>();

  public constructor(private readonly world: World, private readonly traits: AthenaTraits) {}

  public async start(token: string, request: QueryRequest, signedAt: Date): Promise<string> {
    if (this.world.now().getTime() - signedAt.getTime() > SIGNATURE_LIFE) throw new SignatureExpiredError('signature expired');
    if (this.lacksRights()) throw new SubmissionDeniedError('not authorized to perform: athena:StartQueryExecution');
    const known = this.remembered.get(token);
    if (known) return known.id;
    if (this.refuses(token)) throw new SubmissionRefusedError('syntax error');
    const execution: Execution = {
      id: `x${this.executions.length + 1}`,
      work: JSON.parse(request.sql) as Work,
      status: { state: 'running' },
      isRunning: false,
      isStale: false,
    };
    this.executions.push(execution);
    this.remembered.set(token, execution);
    this.world.note(() => `athena accepts ${execution.id} ${request.sql} under ${token.slice(0, 6)}`);
    const { random } = this.world;
    const queue = this.world.stormy && random.chance(0.15) ? random.between(0, 19 * MINUTE) : random.between(0, SECOND);
    this.world.after(queue, () => this.run(execution));
    this.world.after(this.traits.tokenLife * random.between(1, 1.1), () => this.remembered.delete(token));
    return execution.id;
  }

  public async status(id: string): Promise<ExecutionStatus> {
    return this.executions.find(execution => execution.id === id)!.status;
  }

  public hasCommitted(work: Work): boolean {
    return this.committed.has(JSON.stringify(work));
  }

  /** An execution that may still change the table. */
  public inFlight(table: string): string | undefined {
    return this.executions.find(execution => execution.work.table === table && execution.status.state === 'running')?.id;
  }

  private run(execution: Execution): void {
    const { random, stormy } = this.world;
    execution.isRunning = true;
    const kind = stormy ? random.next() : 0;
    const limit = execution.work.step === OPTIMIZE_STEP ? 600 * MINUTE : 30 * MINUTE;
    const [shortest, longest] = kind < 0.8 ? [5, 5 * SECOND] : kind < 0.96 ? [SECOND, MINUTE] : [MINUTE, limit];
    this.world.after(random.between(shortest, longest), () => this.end(execution));
  }

  private end(execution: Execution): void {
    const { random, stormy } = this.world;
    const luck = stormy ? random.next() : 0;
    if (luck < 0.85) this.commit(execution);
    execution.isRunning = false;
    execution.status = luck < 0.8
      ? { state: 'succeeded', bytesScanned: 0 }
      : { state: 'failed', failure: { kind: random.pick(FAILURES), message: 'so it goes' } };
    this.world.note(() => `athena ends ${execution.id}: ${luck < 0.8 ? 'committed' : luck < 0.85 ? 'committed, reported as failed' : 'failed'}`);
  }

  private commit({ id, work, isStale }: Execution): void {
    if (isStale) this.world.violate(`two overlapping statements on ${work.table} both committed`);
    const newer = this.executions.find(other => other.work.table === work.table && other.work.epoch > work.epoch);
    if (newer) this.world.violate(`${id} of run ${work.epoch} committed on ${work.table} after ${newer.id} of run ${newer.work.epoch} started`);
    this.committed.add(JSON.stringify(work));
    for (const other of this.executions) {
      if (other.work.table === work.table && other.isRunning && other.id !== id) other.isStale = true;
    }
  }

  private lacksRights(): boolean {
    const quarter = Math.floor(this.world.elapsed / (15 * MINUTE));
    const denied = this.denials.get(quarter) ?? (this.world.stormy && this.world.random.chance(0.1));
    this.denials.set(quarter, denied);
    return denied;
  }

  private refuses(token: string): boolean {
    const refuses = this.refusals.get(token) ?? (this.world.stormy && this.world.random.chance(0.02));
    this.refusals.set(token, refuses);
    return refuses;
  }
}
