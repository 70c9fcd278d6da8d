import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { DeployedPipeline } from '../../../src/spec/deployed-pipeline';
import { connection, deployment, isEmulated } from '../stack/connection';
import { trusting } from '../stack/trust-store';

/** `streamed` waits until every change of the streams is in Bronze or set aside. */
export type Readable = 'streamed' | 'events' | 'tables';

/** What an independent reader found. */
export interface ReaderReport {
  /** Values compared, by table. */
  readonly comparisons: { readonly [table: string]: number };
  readonly differences: readonly string[];
  readonly rows: { readonly [table: string]: number };
  /** Iceberg's types of the columns, by table. */
  readonly types: { readonly [table: string]: { readonly [column: string]: string } };
  /** Data and delete files, by table. */
  readonly files: { readonly [table: string]: number };
  /** Where `streamed` or `events` were read, by Silver table. */
  readonly events?: { readonly [silverTable: string]: EventCount };
}

export interface EventCount {
  readonly sent: number;
  readonly inBronze: number;
  /** In batches that Lambda gave up. */
  readonly givenUp: number;
  /** In what Bronze set aside. */
  readonly rejected: number;
  /** Ids of those that are nowhere. */
  readonly lost: readonly string[];
}

/** Has one of the readers in this folder look at a deployed pipeline; `more` is what else it is told. */
export async function readLake<T extends ReaderReport>(
  reader: 'shop' | 'load', { bucket, databases, tables }: DeployedPipeline, what: readonly Readable[], more: object = {},
): Promise<T> {
  return run<T>(`${reader}.py`, {
    ...more,
    bucket,
    databases,
    sources: Object.fromEntries(Object.entries(tables).map(([name, { source }]) => [name, source.tableName])),
    bronze: Object.fromEntries(Object.entries(tables).map(([name, { bronzeName }]) => [name, bronzeName])),
  }, what);
}

/** Has Spark read all tables of Silver and Gold, and compares its rows with those of the other reader. */
export async function readWithSpark({ databases }: DeployedPipeline): Promise<Pick<ReaderReport, 'differences' | 'rows'>> {
  const { spark, folder } = deployment();
  const options = isEmulated() ? await trusting(connection().certificate, spark.java, path.join(folder, 'spark-trust.jks')) : [];
  return run('spark.py', { databases, jars: spark.jars, options }, ['tables'], {
    JAVA_HOME: spark.java, PYTHONPATH: spark.packages, SPARK_LOCAL_IP: '127.0.0.1',
  });
}

async function run<T>(reader: string, where: object, what: readonly Readable[], environment: NodeJS.ProcessEnv = {}): Promise<T> {
  const { stdout } = await promisify(execFile)(
    deployment().python, [path.join(__dirname, reader), JSON.stringify(where), what.join()],
    { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as T;
}

/** What of the example there is in the account, a line each. */
export async function leftBehind(): Promise<string> {
  return (await promisify(execFile)(deployment().python, [path.join(__dirname, 'left_behind.py')])).stdout;
}
