import { createHash, randomUUID } from 'node:crypto';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { bronzeColumns } from '../../src/spec/bronze-columns';
import type { PartitionSpec, PipelineSpec } from '../../src/spec/pipeline-spec';
import type { ObjectStore } from '../ports/object-store';
import type { Answer, ExecutionStatus, QueryEngine, QueryRequest, Row, Submission, TableDescription } from '../ports/query-engine';
import { readManifest } from '../silver/run-manifest';
import { duckDbSql, type BronzeFiles } from '../sql/duckdb';
import type { BronzeRun, Query, Statement, TableName } from '../sql/nodes';
import { bronzeRunsOf } from '../sql/walk';
import { parseDuckDbType } from './duckdb-type';
import { engineMessage } from './engine-message';
import { readRows, SESSION } from './read-rows';

/** Nobody asks after an execution when so many others have begun since. */
const REMEMBERED = 10_000;
const LAYERS: readonly TableName['layer'][] = ['silver', 'gold', 'bookkeeping'];

/** The embedded engine: one DuckDB database, a schema for each layer. Tables are DuckDB's own, not Iceberg. */
export class DuckDbQueryEngine implements QueryEngine {
  public static async open(instance: DuckDBInstance, spec: PipelineSpec, store: ObjectStore): Promise<DuckDbQueryEngine> {
    const connection = await connect(instance);
    for (const layer of LAYERS) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${layer}`);
    return new DuckDbQueryEngine(instance, connection, spec, store);
  }

  private readonly executions = new Map<string, ExecutionStatus>();
  /** Counts the writes to each table. What another process wrote before is not known, so each has other versions. */
  private readonly writes = new Map<string, number>();
  private readonly process = randomUUID();

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private spec: PipelineSpec,
    private readonly store: ObjectStore,
  ) {}

  /** From now on change logs have the columns of this spec. */
  public use(spec: PipelineSpec): void {
    this.spec = spec;
  }

  public async prepare(statement: Statement): Promise<QueryRequest> {
    return { sql: await this.compile(statement), context: 'target' in statement ? { target: keyOfTable(statement.target) } : {} };
  }

  public async sign(request: QueryRequest, token: string): Promise<Submission> {
    const executionId = createHash('sha256').update(token).digest('hex').slice(0, 32);
    return {
      send: async () => {
        if (!this.executions.has(executionId)) {
          this.executions.set(executionId, { state: 'running' });
          void this.execute(request).then(status => this.executions.set(executionId, status));
          const [oldest] = this.executions.keys();
          if (this.executions.size > REMEMBERED) this.executions.delete(oldest);
        }
        return executionId;
      },
    };
  }

  public async status(executionId: string): Promise<ExecutionStatus> {
    // An execution that this process did not start ended with the process that did.
    return this.executions.get(executionId) ?? { state: 'failed', failure: { kind: 'engine', message: 'the process that ran it has ended' } };
  }

  public async query(query: Query): Promise<Answer> {
    return { rows: await readRows(this.connection, await this.compile(query), 'look at what has changed'), bytesScanned: 0 };
  }

  public async describe(table: TableName): Promise<TableDescription | undefined> {
    const where = `schema_name = '${table.layer}' AND table_name = '${table.name.replaceAll("'", "''")}'`;
    const [found] = await this.read(`SELECT comment, estimated_size FROM duckdb_tables() WHERE ${where}`);
    if (!found) return undefined;
    const known = identityOf(found.comment);
    const { uuid = randomUUID(), partitionBy } = known;
    if (known.uuid === undefined) {
      const comment = JSON.stringify({ uuid, partitionBy }).replaceAll("'", "''");
      await this.connection.run(`COMMENT ON TABLE "${table.layer}"."${table.name.replaceAll('"', '""')}" IS '${comment}'`);
    }
    const columns = await this.read(`SELECT column_name, data_type FROM duckdb_columns() WHERE ${where} ORDER BY column_index`);
    return {
      uuid,
      columns: Object.fromEntries(columns.map(({ column_name: name, data_type: type }) => [name!, parseDuckDbType(type!)])),
      totalBytes: 0,
      version: `${this.process}/${this.writes.get(keyOfTable(table)) ?? 0}`,
      ...partitionBy && { partitionBy },
    };
  }

  /** Rows of any SQL text of the embedded engine's own, values as Trino would print them. */
  public async read(sql: string): Promise<Row[]> {
    return readRows(this.connection, sql);
  }

  public close(): void {
    this.connection.closeSync();
  }

  /** A statement has a connection of its own, so that tables can run side by side. */
  private async execute({ sql, context: { target } }: QueryRequest): Promise<ExecutionStatus> {
    const connection = await connect(this.instance);
    try {
      await connection.run(sql);
      if (target !== undefined) this.writes.set(target, (this.writes.get(target) ?? 0) + 1);
      return { state: 'succeeded', bytesScanned: 0 };
    } catch (error) {
      const message = engineMessage(error);
      return { state: 'failed', failure: { kind: /conflict/i.test(message) ? 'conflict' : 'statement', message } };
    } finally {
      connection.closeSync();
    }
  }

  private async compile(node: Statement | Query): Promise<string> {
    const files = new Map<string, BronzeFiles>();
    for (const run of bronzeRunsOf(node)) files.set(keyOf(run), await this.filesOf(run));
    return duckDbSql(node, run => files.get(keyOf(run))!);
  }

  private async filesOf(run: BronzeRun): Promise<BronzeFiles> {
    const table = Object.values(this.spec.tables).find(candidate => candidate.bronzeName === run.bronzeName);
    if (!table) throw new Error(`no table reads the Bronze log ${run.bronzeName}`);
    return { files: await readManifest(this.store, run), columns: bronzeColumns(table) };
  }
}

/** What a table's comment says of it; once it was the UUID alone. */
function identityOf(comment: string | null): { readonly uuid?: string; readonly partitionBy?: readonly PartitionSpec[] } {
  if (comment === null) return {};
  return comment.startsWith('{') ? JSON.parse(comment) as ReturnType<typeof identityOf> : { uuid: comment };
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run(SESSION);
  return connection;
}

function keyOfTable({ layer, name }: TableName): string {
  return `${layer}.${name}`;
}

function keyOf(run: BronzeRun): string {
  return `${run.bronzeName}/${run.run}`;
}
