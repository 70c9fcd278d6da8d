import { randomUUID } from 'node:crypto';
import type { ExecutionStatus, QueryEngine, QueryRequest, Submission } from '../../lambda-src/ports/query-engine';

/** An engine on which one statement runs until it is let go, whatever becomes of who has sent it. */
export class SlowStatement {
  public readonly engine: QueryEngine;
  private readonly id = randomUUID();
  private held?: { readonly submission: Submission; executionId?: string };

  /** The first statement that is meant is the slow one. */
  public constructor(engine: QueryEngine, isMeant: (request: QueryRequest) => boolean) {
    this.engine = new Proxy(engine, {
      get: (target, property) => {
        if (property === 'sign') return async (request: QueryRequest, token: string) => this.signed(target, request, token, isMeant);
        if (property === 'status') return async (id: string) => this.status(target, id);
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? value.bind(target) as unknown : value;
      },
    });
  }

  public get isRunning(): boolean {
    return this.held !== undefined && this.held.executionId === undefined;
  }

  /** Lets it run to its end. */
  public async finish(): Promise<void> {
    if (!this.held || !this.isRunning) return;
    this.held.executionId = await this.held.submission.send();
    while ((await this.engine.status(this.id)).state === 'running') await new Promise(resolve => setImmediate(resolve));
  }

  private async signed(
    engine: QueryEngine, request: QueryRequest, token: string, isMeant: (request: QueryRequest) => boolean,
  ): Promise<Submission> {
    const submission = await engine.sign(request, token);
    if (this.held || !isMeant(request)) return submission;
    return {
      send: async () => {
        this.held ??= { submission };
        return this.id;
      },
    };
  }

  private async status(engine: QueryEngine, id: string): Promise<ExecutionStatus> {
    if (id !== this.id) return engine.status(id);
    return this.held?.executionId === undefined ? { state: 'running' } : engine.status(this.held.executionId);
  }
}
