import { randomUUID } from 'node:crypto';
import {
  AthenaClient, GetQueryExecutionCommand, paginateGetQueryResults, StartQueryExecutionCommand, type AthenaClientConfig,
} from '@aws-sdk/client-athena';
import { EntityNotFoundException, GetTableCommand, type GlueClient } from '@aws-sdk/client-glue';
import { OutOfTimeError } from '../journal/errors';
import { PARK_BEFORE, STATEMENT_ATTEMPTS } from '../journal/limits';
import { pauseAfter, persistently } from '../journal/patience';
import type { Clock, TimeLeft } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import {
  QueryFailedError,
  type Answer, type ExecutionStatus, type QueryEngine, type QueryFailure, type QueryRequest, type Row, type Submission,
  type TableDescription,
} from '../ports/query-engine';
import { athenaSql, type AthenaNames } from '../sql/athena';
import type { Query, Statement, TableName } from '../sql/nodes';
import { AthenaSubmission } from './athena-submission';
import { describeIceberg } from './iceberg-metadata';
import { mayPass } from './may-pass';
import { failureOf } from './query-failure';

export interface AthenaQueryEngineOptions {
  /** Region, credentials and the like, as every client of the SDK takes them. */
  readonly athena: AthenaClientConfig;
  readonly glue: GlueClient;
  /** The bucket in which the tables' metadata lies. */
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly names: AthenaNames;
  readonly workgroup: string;
}

/** The longest text that StartQueryExecution takes, less the line that carries the token. */
const LONGEST_TEXT = 262_144 - 200;
/** What may be gone when a query is asked again; a query that is itself at fault fails again. */
const REPEATABLE: ReadonlySet<QueryFailure['kind']> = new Set(['conflict', 'engine']);
const POLL_MILLISECONDS = [200, 300, 500, 1000, 2000];

/** Athena with Iceberg tables in the Glue catalog. */
export class AthenaQueryEngine implements QueryEngine {
  private readonly client: AthenaClient;

  public constructor(private readonly options: AthenaQueryEngineOptions) {
    this.client = new AthenaClient(options.athena);
  }

  public async prepare(statement: Statement): Promise<QueryRequest> {
    const sql = athenaSql(statement, this.options.names);
    if (Buffer.byteLength(sql) > LONGEST_TEXT) {
      throw new QueryFailedError({
        kind: 'statement',
        message: `the text has ${Buffer.byteLength(sql)} bytes, Athena takes ${LONGEST_TEXT}: declare fewer or shorter columns and expressions`,
      }, statement.purpose);
    }
    return { sql, context: this.context() };
  }

  public async sign(request: QueryRequest, token: string): Promise<Submission> {
    const credentials = await this.client.config.credentials();
    return new AthenaSubmission(this.client, this.options.athena, request, token, credentials, this.options.clock.now());
  }

  public async status(executionId: string): Promise<ExecutionStatus> {
    const { QueryExecution: execution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId: executionId }));
    switch (execution?.Status?.State) {
      case 'SUCCEEDED': return { state: 'succeeded', bytesScanned: execution.Statistics?.DataScannedInBytes ?? 0 };
      case 'FAILED': case 'CANCELLED': return { state: 'failed', failure: failureOf(execution.Status) };
      default: return { state: 'running' };
    }
  }

  public async query(query: Query, timeLeft: TimeLeft): Promise<Answer> {
    const sql = athenaSql(query, this.options.names);
    for (let attempt = 1; ; attempt++) {
      const executionId = await this.start(sql);
      const end = await this.untilOver(executionId, timeLeft);
      if (end.state === 'succeeded') return { rows: await this.asking(() => this.rows(executionId, timeLeft)), bytesScanned: end.bytesScanned };
      if (!REPEATABLE.has(end.failure.kind) || attempt === STATEMENT_ATTEMPTS) throw new QueryFailedError(end.failure, `query ${executionId}`);
      await pauseAfter(this.options.clock, attempt);
    }
  }

  public async describe(table: TableName): Promise<TableDescription | undefined> {
    const database = this.options.names.databases[table.layer];
    const location = await this.metadataLocation(database, table.name);
    if (location === undefined) return undefined;
    const key = keyIn(this.options.store, location);
    const object = key === undefined ? undefined : await this.options.store.get(key);
    if (!object) {
      throw new Error(`${database}.${table.name}: its metadata ${location} is not in the pipeline's bucket, ${this.options.store.uri('')}: `
      + 'restore the object, or drop the table in Glue and deploy again');
    }
    return describeIceberg(JSON.parse(new TextDecoder().decode(object.body)));
  }

  private context(): { readonly catalog: string; readonly database: string; readonly workgroup: string } {
    return { catalog: 'AwsDataCatalog', database: this.options.names.databases.silver, workgroup: this.options.workgroup };
  }

  /** A query writes nothing, so the token only keeps the repetitions of this one start from running it twice. */
  private async start(sql: string): Promise<string> {
    const context = this.context();
    const command = new StartQueryExecutionCommand({
      QueryString: sql,
      ClientRequestToken: randomUUID(),
      QueryExecutionContext: { Catalog: context.catalog, Database: context.database },
      WorkGroup: context.workgroup,
    });
    const { QueryExecutionId: executionId } = await this.asking(() => this.client.send(command));
    return executionId!;
  }

  private async untilOver(executionId: string, timeLeft: TimeLeft): Promise<Exclude<ExecutionStatus, { state: 'running' }>> {
    for (let poll = 0; ; poll++) {
      const status = await this.asking(() => this.status(executionId));
      if (status.state !== 'running') return status;
      if (timeLeft() < PARK_BEFORE) throw new OutOfTimeError(`query ${executionId}`);
      await this.options.clock.sleep(POLL_MILLISECONDS[Math.min(poll, POLL_MILLISECONDS.length - 1)]);
    }
  }

  private asking<T>(ask: () => Promise<T>): Promise<T> {
    return persistently(this.options.clock, ask, mayPass);
  }

  private async rows(executionId: string, timeLeft: TimeLeft): Promise<Row[]> {
    const rows: Row[] = [];
    let header = true;
    for await (const page of paginateGetQueryResults({ client: this.client }, { QueryExecutionId: executionId })) {
      const names = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(column => column.Name!);
      // The very first row of a SELECT repeats the column names.
      const values = (page.ResultSet?.Rows ?? []).slice(header ? 1 : 0);
      header = false;
      for (const { Data: data } of values) rows.push(Object.fromEntries(names.map((name, i) => [name, data?.[i]?.VarCharValue ?? null])));
      if (timeLeft() < PARK_BEFORE) throw new OutOfTimeError(`the rows of query ${executionId}`);
    }
    return rows;
  }

  private async metadataLocation(database: string, name: string): Promise<string | undefined> {
    try {
      const { Table: table } = await this.options.glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
      const location = table?.Parameters?.metadata_location;
      if (location === undefined) {
        throw new Error(`${database}.${name} is in Glue, but it is no Iceberg table: drop or rename it, and deploy again`);
      }
      return location;
    } catch (error) {
      if (error instanceof EntityNotFoundException) return undefined;
      throw error;
    }
  }
}

function keyIn(store: ObjectStore, uri: string): string | undefined {
  const root = store.uri('');
  return uri.startsWith(root) ? uri.slice(root.length) : undefined;
}
