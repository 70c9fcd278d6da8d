import type { AttributeMap } from '../bronze/attribute-value';

/** What is known of a DynamoDB table before a pipeline reads it. */
export interface TableSample {
  readonly tableName: string;
  /** Partition key first. */
  readonly key: readonly string[];
  /** View type of the stream; undefined if there is none. */
  readonly stream: string | undefined;
  /** Of the stream that is on now. */
  readonly streamArn: string | undefined;
  readonly pointInTimeRecovery: 'enabled' | 'disabled';
  /** DynamoDB's own count, at most six hours old. */
  readonly itemCount: number;
  readonly items: readonly AttributeMap[];
}

/** Looks at tables that exist. */
export interface TableSampler {
  /** Throws TableNotFoundError. */
  sample(tableName: string, items: number): Promise<TableSample>;
}

export class TableNotFoundError extends Error {
  public readonly name = 'TableNotFoundError';
}
