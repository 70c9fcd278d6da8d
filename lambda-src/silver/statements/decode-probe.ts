import type { ColumnReference } from '../../../src/expression/expression';
import { BIGINT, VARCHAR, type SqlType } from '../../../src/expression/sql-type';
import { bronzeColumns } from '../../../src/spec/bronze-columns';
import { call, cast, column, item } from '../../sql/build';
import type { Query, SqlExpression } from '../../sql/nodes';
import type { SilverTable } from '../silver-table';

/** Decodes every value of a manifest's files; it fails where one cannot be read. */
export function decodeProbe(table: SilverTable, run: string): Query {
  const columns = Object.entries(bronzeColumns(table.definition)).map(([name, type]) => item(largest(column('b', name), type), name));
  return { kind: 'select', columns, from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' } };
}

/** An aggregate that looks at each value; the text of a double has another length on each engine. */
function largest(value: ColumnReference, type: SqlType): SqlExpression {
  if (type.kind === 'double') return { kind: 'aggregate', function: 'max', arguments: [value], type };
  const text = type.kind === 'varbinary' ? { ...value, type } : cast(value, VARCHAR);
  return { kind: 'aggregate', function: 'max', arguments: [call('length', text)], type: BIGINT };
}
