import type { ExecutionStatus, QueryEngine, QueryFailure, QueryRequest, Submission } from '../../lambda-src/ports/query-engine';

type Script = 'succeeds' | 'runs on' | Error | QueryFailure['kind'];

/** An engine that does with each sending what the test says; without a script statements succeed. */
export class ScriptedEngine implements QueryEngine {
  /** Token of each sending, in order. */
  public readonly sent: string[] = [];
  public signed = 0;
  /** Called before each sending is looked at. */
  public onSend?: () => void;
  /** Called with each question for a status. */
  public onStatus?: () => void;
  private readonly ends = new Map<string, Script>();

  public constructor(private readonly script: Script[] = []) {}

  public async prepare(statement: { readonly purpose: string }): Promise<QueryRequest> {
    return { sql: statement.purpose, context: { database: 'd' } };
  }

  public async sign(_request: QueryRequest, token: string): Promise<Submission> {
    this.signed++;
    return { send: async () => this.send(token) };
  }

  public async status(id: string): Promise<ExecutionStatus> {
    this.onStatus?.();
    const end = this.ends.get(id) ?? 'succeeds';
    if (end === 'runs on') return { state: 'running' };
    if (end === 'succeeds') return { state: 'succeeded', bytesScanned: 0 };
    return { state: 'failed', failure: { kind: end as QueryFailure['kind'], message: `a ${end as string} failure` } };
  }

  /** The statement ends well, however the script meant it. */
  public finish(id: string): void {
    this.ends.set(id, 'succeeds');
  }

  public query(): Promise<never> {
    throw new Error('the journal does not query');
  }

  public describe(): Promise<never> {
    throw new Error('the journal does not describe');
  }

  private send(token: string): string {
    this.onSend?.();
    this.sent.push(token);
    const next = this.script.shift() ?? 'succeeds';
    if (next instanceof Error) throw next;
    const id = `execution-of-${token.slice(0, 8)}`;
    this.ends.set(id, next);
    return id;
  }
}
