import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import type { DynamoDbStreamRecord } from './stream-record';

/** Records come from a table that no Silver table can be told to mirror. */
export class UnknownSourceError extends Error {
  public readonly name = 'UnknownSourceError';
}

/**
 * The Silver table that a record is for. A spec holds no physical names, so a table is known by its name, as given with --source or
 * as the pipeline itself calls it, else by its key attributes, where only one Silver table has them. Throws UnknownSourceError.
 */
export function silverTableOf(spec: PipelineSpec, record: DynamoDbStreamRecord, given: ReadonlyMap<string, string>): string {
  const tableName = /:table\/([^/]+)/.exec(record.eventSourceARN)![1];
  const attributes = Object.keys(record.dynamodb.Keys);
  const said = given.get(tableName);
  if (said !== undefined) return said;
  const tables = Object.entries(spec.tables);
  const byName = tables.filter(([table, { bronzeName }]) => tableName === table || tableName === bronzeName);
  const byKey = tables.filter(([, { key, columns }]) => sameSet(key.map(column => columns[column].attribute), attributes));
  const [found, ...others] = byName.length > 0 ? byName : byKey;
  if (!found || others.length > 0) {
    throw new UnknownSourceError(`the table ${tableName} (key ${attributes.join(', ')}) belongs to no single Silver table; `
      + `say to which with --source ${tableName}=TABLE, where TABLE is one of ${tables.map(([table]) => table).join(', ')}`);
  }
  return found[0];
}

/** Throws UnknownSourceError for a table given with --source that the pipeline does not have. */
export function assertSilverTables(spec: PipelineSpec, given: ReadonlyMap<string, string>): void {
  for (const [tableName, silverTable] of given) {
    if (Object.hasOwn(spec.tables, silverTable)) continue;
    throw new UnknownSourceError(`--source ${tableName}=${silverTable}: the pipeline has no Silver table ${silverTable}; `
      + `name one of ${Object.keys(spec.tables).join(', ')}`);
  }
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every(name => right.includes(name));
}
