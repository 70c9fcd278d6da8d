import { BIGINT, BOOLEAN, DATE, DOUBLE, VARBINARY, VARCHAR, decimal, type SqlType } from '../expression/sql-type';
import type { ColumnType } from './column-type';
import type { Named, SilverTableSpec } from './pipeline-spec';
import { mapValues } from './silver-columns';
import { BRONZE_SYSTEM_COLUMNS } from './system-columns';

/**
 * The class of value that a declared column has in Bronze files. It never changes for a name, so that files of every older
 * definition stay readable: integers and epoch microseconds are 64 bits, nested values JSON text.
 */
export function bronzePhysicalType(type: ColumnType): SqlType {
  switch (type.kind) {
    case 'integer': case 'bigint': case 'timestamp': return BIGINT;
    case 'double': return DOUBLE;
    case 'boolean': return BOOLEAN;
    case 'date': return DATE;
    case 'decimal': return decimal(type.precision, type.scale);
    case 'binary': return VARBINARY;
    case 'string': case 'json': case 'list': case 'set': case 'map': case 'struct': return VARCHAR;
  }
}

/** Every column of a Bronze file in the present definition. */
export function bronzeColumns(table: SilverTableSpec): Named<SqlType> {
  return { ...mapValues(table.columns, column => bronzePhysicalType(column.type)), ...BRONZE_SYSTEM_COLUMNS };
}
