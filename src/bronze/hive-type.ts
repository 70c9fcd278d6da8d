import type { SqlType } from '../expression/sql-type';

/** The name of a Bronze column's type in the Glue catalog; Bronze keeps nested values as text and timestamps as numbers. */
export function hiveType(type: SqlType): string {
  switch (type.kind) {
    case 'varchar': return 'string';
    case 'integer': return 'int';
    case 'varbinary': return 'binary';
    case 'decimal': return `decimal(${type.precision},${type.scale})`;
    case 'boolean': case 'bigint': case 'double': case 'date': return type.kind;
    default: throw new TypeError(`Bronze has no ${type.kind} columns`);
  }
}
