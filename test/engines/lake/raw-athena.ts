import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  AthenaClient, GetQueryExecutionCommand, paginateGetQueryResults, StartQueryExecutionCommand, type QueryExecution,
} from '@aws-sdk/client-athena';
import { connection, deployment, isEmulated } from '../stack/connection';

export interface RawRow {
  readonly [column: string]: string | null;
}

export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

export class AthenaFailedError extends Error {
  public readonly name = 'AthenaFailedError';
  public constructor(public readonly execution: QueryExecution) {
    super(`${execution.Status?.StateChangeReason}\n${execution.Query}`);
  }
}

/** Any SQL, as a person at the console runs it. */
export class RawAthena {
  private readonly client = new AthenaClient(isEmulated() ? { endpoint: connection().athena } : {});

  public constructor(private readonly database?: string) {}

  /** Runs a statement to its end. Throws AthenaFailedError. */
  public async execute(sql: string): Promise<QueryExecution> {
    const { QueryExecutionId: id } = await this.client.send(new StartQueryExecutionCommand({
      QueryString: sql,
      ClientRequestToken: randomUUID(),
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: this.database },
      WorkGroup: deployment().workgroup,
    }));
    for (;;) {
      const { QueryExecution: execution } = await this.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      if (execution?.Status?.State === 'SUCCEEDED') return execution;
      if (execution?.Status?.State === 'FAILED' || execution?.Status?.State === 'CANCELLED') throw new AthenaFailedError(execution);
      await setTimeout(50);
    }
  }

  public async rows(sql: string): Promise<RawRow[]> {
    return (await this.table(sql)).rows;
  }

  /** Rows with the types of their columns; doubles are written as JavaScript writes them. */
  public async table(sql: string): Promise<{ readonly columns: readonly TypedColumn[]; readonly rows: RawRow[] }> {
    const { QueryExecutionId: id } = await this.execute(sql);
    const rows: RawRow[] = [];
    let columns: TypedColumn[] | undefined;
    for await (const page of paginateGetQueryResults({ client: this.client }, { QueryExecutionId: id })) {
      const isFirst = columns === undefined;
      columns = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name, Type, Precision, Scale }) => (
        { name: Name!, type: Type === 'decimal' ? `decimal(${Precision},${Scale})` : Type! }));
      const known = columns;
      for (const { Data: data } of (page.ResultSet?.Rows ?? []).slice(isFirst ? 1 : 0)) {
        rows.push(Object.fromEntries(known.map(({ name, type }, index) => [name, plain(data?.[index]?.VarCharValue, type)])));
      }
    }
    return { columns: columns ?? [], rows };
  }
}

function plain(value: string | undefined, type: string): string | null {
  if (value === undefined) return null;
  return type === 'double' ? String(Number(value)) : value;
}
