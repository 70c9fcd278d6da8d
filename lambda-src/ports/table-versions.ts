import type { TableName } from '../sql/nodes';

/** Former entries of tables in their catalog: Glue keeps one for every commit, and refuses commits when there are too many. */
export interface TableVersions {
  /** Newest first. */
  list(table: TableName): Promise<readonly string[]>;
  delete(table: TableName, versions: readonly string[]): Promise<void>;
}
