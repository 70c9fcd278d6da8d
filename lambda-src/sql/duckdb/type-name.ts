import type { SqlType } from '../../../src/expression/sql-type';

/** The embedded engine's name of a type. */
export function duckDbType(type: SqlType): string {
  switch (type.kind) {
    case 'varbinary': return 'BLOB';
    case 'decimal': return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'array': return `${duckDbType(type.element)}[]`;
    case 'map': return `MAP(VARCHAR, ${duckDbType(type.value)})`;
    case 'row': return `STRUCT(${Object.entries(type.fields).map(([name, field]) => `"${name.replaceAll('"', '""')}" ${duckDbType(field)}`).join(', ')})`;
    default: return type.kind.toUpperCase();
  }
}
