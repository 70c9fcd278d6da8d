import type { QueryEngine, QueryFailure, QueryRequest } from '../../lambda-src/ports/query-engine';
import type { Statement, TableName } from '../../lambda-src/sql/nodes';

/** An engine that tells what it is asked, and lets statements fail as a test says. */
export class WatchedEngine {
  /** `optimize silver.orders`, `query`: in order. */
  public readonly asked: string[] = [];
  private readonly names = new Map<string, string>();
  private readonly failures = new Map<string, QueryFailure>();

  public constructor(
    private readonly engine: QueryEngine,
    private readonly fails: (what: string) => QueryFailure | undefined = () => undefined,
  ) {}

  public get port(): QueryEngine {
    const { engine } = this;
    return {
      prepare: async statement => {
        const request = await engine.prepare(statement);
        this.names.set(request.sql, nameOf(statement, request));
        return request;
      },
      sign: async (request, token) => {
        const what = this.names.get(request.sql)!;
        const submission = await engine.sign(request, token);
        return {
          send: async () => {
            this.asked.push(what);
            const failure = this.fails(what);
            if (!failure) return submission.send();
            this.failures.set(token, failure);
            return token;
          },
        };
      },
      status: async id => this.failures.has(id) ? { state: 'failed', failure: this.failures.get(id)! } : engine.status(id),
      query: async (query, timeLeft) => {
        this.asked.push('query');
        return engine.query(query, timeLeft);
      },
      describe: table => engine.describe(table),
    };
  }

  /** What has been asked since the last time that this was asked. */
  public take(): string[] {
    return this.asked.splice(0);
  }
}

function nameOf(statement: Statement, { sql }: QueryRequest): string {
  const condition = statement.kind === 'optimize' && statement.where ? ` ${sql.slice(sql.indexOf('WHERE'))}` : '';
  return `${statement.kind} ${keyOf('target' in statement ? statement.target : 'table' in statement ? statement.table : statement.view)}${condition}`;
}

function keyOf({ layer, name }: TableName): string {
  return `${layer}.${name}`;
}
