import { BIGINT, VARCHAR } from '../../../src/expression/sql-type';
import { bronzeColumns } from '../../../src/spec/bronze-columns';
import { call, cast, column, item } from '../../sql/build';
import type { Query, SqlExpression } from '../../sql/nodes';
import type { SilverTable } from '../silver-table';

/** Decodes every value of a manifest's files; it fails where one cannot be read. */
export function decodeProbe(table: SilverTable, run: string): Query {
  const lengths = Object.entries(bronzeColumns(table.definition)).map(([name, type]) => {
    const value: SqlExpression = type.kind === 'varbinary' ? { ...column('b', name), type } : cast(column('b', name), VARCHAR);
    return item({ kind: 'aggregate', function: 'max', arguments: [call('length', value)], type: BIGINT }, name);
  });
  return { kind: 'select', columns: lengths, from: { kind: 'bronze-run', run: { bronzeName: table.bronzeName, run }, as: 'b' } };
}
