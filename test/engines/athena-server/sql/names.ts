import type { Reader } from './reader';

/** A table as a statement names it. */
export interface NamedTable {
  /** Undefined: that of the query's context. */
  readonly database?: string;
  readonly table: string;
}

export function trinoName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function trinoTable({ database, table }: NamedTable): string {
  return database === undefined ? trinoName(table) : `${trinoName(database)}.${trinoName(table)}`;
}

/** `db`.`t` or `t`, as DDL writes it. */
export function tableName(reader: Reader): NamedTable {
  const first = reader.name();
  return reader.trySymbol('.') ? { database: first, table: reader.name() } : { table: first };
}
