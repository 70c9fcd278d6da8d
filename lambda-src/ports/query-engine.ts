import type { SqlType } from '../../src/expression/sql-type';
import type { PartitionSpec } from '../../src/spec/pipeline-spec';
import type { Query, Statement, TableName } from '../sql/nodes';
import type { TimeLeft } from './clock';

/**
 * Runs SQL: Athena on AWS, DuckDB on a laptop. A statement that writes goes `prepare`, `sign`, `send`, so that a journal can
 * record each step before the next one happens.
 */
export interface QueryEngine {
  /** Everything there is to know to run the statement, now or by somebody else later. */
  prepare(statement: Statement): Promise<QueryRequest>;
  /** Fixes credentials and date of the submission, so that it can be sent again but not for ever. */
  sign(request: QueryRequest, token: string): Promise<Submission>;
  status(executionId: string): Promise<ExecutionStatus>;
  /**
   * Runs a query to its end. Throws QueryFailedError, and OutOfTimeError when the end does not come in time: a query changes
   * nothing, so whoever comes next asks again.
   */
  query(query: Query, timeLeft: TimeLeft): Promise<Answer>;
  /** The table as it is, or undefined if it does not exist. */
  describe(table: TableName): Promise<TableDescription | undefined>;
}

/** Pure data; it is stored as JSON before it is submitted. */
export interface QueryRequest {
  /** The whole text. */
  readonly sql: string;
  /** What else the engine compares for one token: database, catalog, output location. */
  readonly context: { readonly [name: string]: string };
}

export interface Submission {
  /**
   * The same token gives the same execution, however often it is sent. Throws SubmissionRefusedError if the engine will not
   * run the statement, SubmissionDeniedError if this sending has started nothing for want of rights, SignatureExpiredError if
   * this submission is too old; anything else thrown leaves the outcome open.
   */
  send(): Promise<string>;
}

export type ExecutionStatus =
  | { readonly state: 'running' }
  | { readonly state: 'succeeded'; readonly bytesScanned: number }
  | { readonly state: 'failed'; readonly failure: QueryFailure };

export interface QueryFailure {
  /**
   * `conflict` and `engine` may pass when tried again; `statement` will not: the SQL or the data it reads is at fault. `unfinished`:
   * a part of the work is done and stays, and the same statement does the next part.
   */
  readonly kind: 'conflict' | 'engine' | 'statement' | 'unfinished';
  readonly message: string;
}

/** What a query found. */
export interface Answer {
  /** Values are text in Trino's form. */
  readonly rows: readonly Row[];
  readonly bytesScanned: number;
}

export interface Row {
  readonly [column: string]: string | null;
}

export interface TableDescription {
  /** Identity of this very table; one that is dropped and made again has another. */
  readonly uuid: string;
  readonly columns: { readonly [name: string]: SqlType };
  readonly totalBytes: number;
  /** Another one after every commit of rows; undefined before the first. */
  readonly version?: string;
  /** How the table is partitioned; undefined where the engine does not know it any more. */
  readonly partitionBy?: readonly PartitionSpec[];
}

export class QueryFailedError extends Error {
  public readonly name = 'QueryFailedError';
  public constructor(public readonly failure: QueryFailure, purpose: string) {
    super(`${purpose}: ${failure.message}`);
  }
}

/** The engine looked at the request and will never run it under this token. */
export class SubmissionRefusedError extends Error {
  public readonly name = 'SubmissionRefusedError';
}

/** This sending was turned away for want of rights. It started nothing; another one, before or after it, may. */
export class SubmissionDeniedError extends Error {
  public readonly name = 'SubmissionDeniedError';
}

/** The submission's date is too old for the engine to accept it. */
export class SignatureExpiredError extends Error {
  public readonly name = 'SignatureExpiredError';
}
