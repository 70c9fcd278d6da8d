import { AccessDeniedError, InvalidRequestError, MalformedQueryError, TooManyRequestsError } from './errors';
import { Execution, type ExecutionRequest, type ExecutionSettings, type ExecutionState } from './execution';
import { columnInfo, resultRows } from './results';
import { readStatement } from './sql/statement';

/** The answer's body; a request's is checked only where we rely on a refusal. */
export interface Body { readonly [name: string]: unknown }

export interface ExecutionSummary {
  readonly sql: string;
  readonly token: string;
  readonly state: ExecutionState;
  /** Calls of StartQueryExecution that meant it. */
  readonly starts: number;
}

const LONGEST_TEXT = 262_144;
const PAGE = 1000;

/** The operations of Athena that the library and its tests call. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html */
export class AthenaApi {
  private readonly executions = new Map<string, Execution>();
  /** Tokens are remembered whatever became of their execution. */
  private readonly tokens = new Map<string, Execution>();

  public constructor(private readonly settings: Omit<ExecutionSettings, 'authorize'> & { readonly authorize: (caller: string) => ExecutionSettings['authorize'] }) {}

  /** Everything that was ever started, in that order. */
  public summaries(): ExecutionSummary[] {
    return [...this.tokens].map(([token, { request: { sql }, state, starts }]) => ({ sql, token, state, starts }));
  }

  /** `caller` is the access key that signed the request. */
  public call(operation: string, body: Body, caller: string): Body {
    switch (operation) {
      case 'StartQueryExecution': return this.start(body, caller);
      case 'GetQueryExecution': return { QueryExecution: described(this.execution(body)) };
      case 'StopQueryExecution':
        this.execution(body).stop();
        return {};
      case 'GetQueryResults': return this.results(body);
      case 'ListQueryExecutions': return { QueryExecutionIds: this.idsOf(text(body.WorkGroup) ?? 'primary') };
      case 'GetWorkGroup': return { WorkGroup: { Name: body.WorkGroup, State: 'ENABLED', Configuration: { EnforceWorkGroupConfiguration: true } } };
      default: throw new InvalidRequestError(`${operation} is not among the operations that the library uses`);
    }
  }

  private start(body: Body, caller: string): Body {
    const sql = text(body.QueryString);
    if (sql === undefined || sql === '') throw new InvalidRequestError('QueryString must not be empty');
    if (Buffer.byteLength(sql) > LONGEST_TEXT) throw new InvalidRequestError(`QueryString has more than ${LONGEST_TEXT} bytes`);
    const token = text(body.ClientRequestToken);
    if (token === undefined || token.length < 32 || token.length > 128) {
      throw new InvalidRequestError('ClientRequestToken must have 32 to 128 characters');
    }
    const context = (body.QueryExecutionContext ?? {}) as Body;
    const request: ExecutionRequest = {
      sql,
      catalog: text(context.Catalog) ?? 'AwsDataCatalog',
      database: text(context.Database)?.toLowerCase(),
      workgroup: text(body.WorkGroup) ?? 'primary',
      outputLocation: text(((body.ResultConfiguration ?? {}) as Body).OutputLocation),
    };
    const known = this.tokens.get(token);
    if (known) return { QueryExecutionId: sameExecution(known, request).startedAgain().id };
    const execution = new Execution(request, readStatement(sql), { ...this.settings, authorize: this.settings.authorize(caller) });
    this.executions.set(execution.id, execution);
    this.tokens.set(token, execution);
    void execution.run();
    return { QueryExecutionId: execution.id };
  }

  private results(body: Body): Body {
    const { state, result, statement } = this.execution(body);
    if (state !== 'SUCCEEDED') throw new InvalidRequestError(`Query did not finish successfully. Final query state: ${state}`);
    const rows = statement.returns === 'nothing' ? [] : resultRows(result, statement.returns === 'rows' ? 'no-header' : 'header');
    const from = Number(body.NextToken ?? 0);
    const to = from + Math.min(Number(body.MaxResults ?? PAGE), PAGE);
    return {
      UpdateCount: result.updateCount ?? 0,
      ...(to < rows.length && { NextToken: String(to) }),
      ResultSet: { Rows: rows.slice(from, to), ResultSetMetadata: { ColumnInfo: columnInfo(result.columns) } },
    };
  }

  private idsOf(workgroup: string): string[] {
    return [...this.executions.values()].filter(({ request }) => request.workgroup === workgroup).map(({ id }) => id);
  }

  private execution(body: Body): Execution {
    const execution = this.executions.get(String(body.QueryExecutionId));
    if (!execution) throw new InvalidRequestError(`QueryExecution ${String(body.QueryExecutionId)} was not found`);
    return execution;
  }
}

/** The same token with another text, catalog, database or place for the results is a mistake; the workgroup is not looked at. */
function sameExecution(execution: Execution, asked: ExecutionRequest): Execution {
  const same = (['sql', 'catalog', 'database', 'outputLocation'] as const).every(name => execution.request[name] === asked[name]);
  if (!same) throw new InvalidRequestError('Idempotent parameters do not match', 'IDEMPOTENT_PARAMETER_MISMATCH');
  return execution;
}

function described({ id, request, statement, state, submitted, completed, failure, result }: Execution): Body {
  const elapsed = (completed ?? new Date()).getTime() - submitted.getTime();
  return {
    QueryExecutionId: id,
    Query: request.sql,
    StatementType: statement.type,
    QueryExecutionContext: { Catalog: request.catalog.toLowerCase(), Database: request.database },
    WorkGroup: request.workgroup,
    EngineVersion: { SelectedEngineVersion: 'Athena engine version 3', EffectiveEngineVersion: 'Athena engine version 3' },
    Status: {
      State: state,
      SubmissionDateTime: submitted.getTime() / 1000,
      ...(completed && { CompletionDateTime: completed.getTime() / 1000 }),
      ...(failure && {
        StateChangeReason: failure.message,
        AthenaError: { ErrorCategory: failure.category === 'system' ? 1 : 2, ErrorType: failure.type, Retryable: false, ErrorMessage: failure.message },
      }),
    },
    Statistics: { DataScannedInBytes: result.bytesScanned, TotalExecutionTimeInMillis: elapsed, EngineExecutionTimeInMillis: elapsed },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Name of the exception in the answer, and what else belongs to it. */
export function errorBody(error: unknown): { readonly status: number; readonly body: Body } {
  if (error instanceof MalformedQueryError) return refusal('InvalidRequestException', error.message, { AthenaErrorCode: 'MALFORMED_QUERY' });
  if (error instanceof InvalidRequestError) return refusal('InvalidRequestException', error.message, { AthenaErrorCode: error.athenaErrorCode });
  if (error instanceof AccessDeniedError) return refusal('AccessDeniedException', error.message, {});
  if (error instanceof TooManyRequestsError) {
    return refusal('TooManyRequestsException', error.message, { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' });
  }
  return { status: 500, body: { __type: 'InternalServerException', Message: String(error) } };
}

function refusal(type: string, message: string, more: Body): { readonly status: number; readonly body: Body } {
  return { status: 400, body: { __type: type, Message: message, message, ...more } };
}
