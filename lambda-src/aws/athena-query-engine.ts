import { randomUUID } from 'node:crypto';
import {
  AthenaClient, GetQueryExecutionCommand, paginateGetQueryResults, StartQueryExecutionCommand, type AthenaClientConfig,
} from '@aws-sdk/client-athena';
import { EntityNotFoundException, GetTableCommand, type GlueClient } from '@aws-sdk/client-glue';
import type { Clock } from '../ports/clock';
import type { ObjectStore } from '../ports/object-store';
import {
  QueryFailedError,
  type Answer, type ExecutionStatus, type QueryEngine, type QueryRequest, type Row, type Submission, type TableDescription,
} from '../ports/query-engine';
import { athenaSql, type AthenaNames } from '../sql/athena';
import type { Query, Statement, TableName } from '../sql/nodes';
import { AthenaSubmission } from './athena-submission';
import { describeIceberg } from './iceberg-metadata';
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

  public async query(query: Query): Promise<Answer> {
    const context = this.context();
    const { QueryExecutionId: executionId } = await this.client.send(new StartQueryExecutionCommand({
      QueryString: athenaSql(query, this.options.names),
      ClientRequestToken: randomUUID(),
      QueryExecutionContext: { Catalog: context.catalog, Database: context.database },
      WorkGroup: context.workgroup,
    }));
    const bytesScanned = await this.untilOver(executionId!);
    return { rows: await this.rows(executionId!), bytesScanned };
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

  private async untilOver(executionId: string): Promise<number> {
    for (let poll = 0; ; poll++) {
      const status = await this.status(executionId);
      if (status.state === 'succeeded') return status.bytesScanned;
      if (status.state === 'failed') throw new QueryFailedError(status.failure, `query ${executionId}`);
      await this.options.clock.sleep(POLL_MILLISECONDS[Math.min(poll, POLL_MILLISECONDS.length - 1)]);
    }
  }

  private async rows(executionId: string): Promise<Row[]> {
    const rows: Row[] = [];
    let header = true;
    for await (const page of paginateGetQueryResults({ client: this.client }, { QueryExecutionId: executionId })) {
      const names = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(column => column.Name!);
      // The very first row of a SELECT repeats the column names.
      const values = (page.ResultSet?.Rows ?? []).slice(header ? 1 : 0);
      header = false;
      for (const { Data: data } of values) rows.push(Object.fromEntries(names.map((name, i) => [name, data?.[i]?.VarCharValue ?? null])));
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
