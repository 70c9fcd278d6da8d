import type { DuckDBConnection } from '@duckdb/node-api';
import type { SilverTableSpec } from '../../../src/spec/pipeline-spec';
import type { AttributeMap } from '../../bronze/attribute-value';
import { name } from '../quote';
import { attributeText } from './attribute-text';

/** Items of the source as a table of raw attribute texts, a column for each declared one. */
export async function loadItems(
  connection: DuckDBConnection, table: string, spec: SilverTableSpec, items: Iterable<AttributeMap>,
): Promise<void> {
  const columns = Object.entries(spec.columns);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${name(table)} (${columns.map(([column]) => `${name(column)} JSON`).join(', ')})`);
  const appender = await connection.createAppender(table, 'main', 'temp');
  for (const item of items) {
    for (const [, column] of columns) {
      const value = attributeText(item, column);
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}
