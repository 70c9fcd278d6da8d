import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { readRows, SESSION } from '../../lambda-src/local/read-rows';
import { duckDbExpression } from '../../lambda-src/sql/duckdb';
import { duckDbType } from '../../lambda-src/sql/duckdb/type-name';
import type { Expression } from '../../src/expression/expression';
import { inferType } from '../../src/expression/infer-type';
import { BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, TIMESTAMP, VARBINARY, VARCHAR, decimal, type SqlType } from '../../src/expression/sql-type';
import { parsed } from '../expression/parse';

/** Column types by the first letters of their names, so that a case reads by itself. */
const TYPES: { readonly [prefix: string]: SqlType } = {
  text: VARCHAR,
  flag: BOOLEAN,
  int: INTEGER,
  big: BIGINT,
  num: decimal(12, 2),
  frac: decimal(4, 4),
  wide: decimal(38, 2),
  dbl: DOUBLE,
  day: DATE,
  time: TIMESTAMP,
  bytes: VARBINARY,
  list: { kind: 'array', element: VARCHAR },
  ints: { kind: 'array', element: INTEGER },
  map: { kind: 'map', value: INTEGER },
};

/** Values of columns as text; `bytes` as hexadecimal digits, lists and maps as the embedded engine writes them. */
export interface Columns {
  readonly [name: string]: string | null;
}

/** The expression with types, as the spec has it. */
export function typed(text: string, columns: Columns): Expression {
  const { tree, problems } = inferType(parsed(text), typesOf(columns));
  if (problems.length > 0) throw new Error(`${text}: ${problems.map(({ message }) => message).join(', ')}`);
  return tree;
}

/** Runs expressions on the embedded engine, with the settings that the local run has. */
export class Evaluator {
  public static async open(): Promise<Evaluator> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    await connection.run(SESSION);
    return new Evaluator(instance, connection);
  }

  private constructor(private readonly instance: DuckDBInstance, private readonly connection: DuckDBConnection) {}

  /** The value as Trino would print it. The columns are a table's: constants would be folded before anything runs. */
  public async value(text: string, columns: Columns): Promise<string | null> {
    const types = Object.entries(typesOf(columns));
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE one AS SELECT 0 AS "_row"${types.map(([name, type]) => `, ${literal(columns[name], type)} AS "${name}"`).join('')}`);
    const [row] = await readRows(this.connection, `SELECT ${duckDbExpression(typed(text, columns))} AS value FROM one`);
    return row.value;
  }

  /** The type that the engine itself gives it. */
  public async typeName(text: string, columns: Columns): Promise<string | null> {
    await this.value(text, columns).catch(() => undefined); // lays out the columns
    const [row] = await readRows(this.connection, `SELECT typeof(${duckDbExpression(typed(text, columns))}) AS type FROM one`);
    return row.type;
  }

  public close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

export function typesOf(columns: Columns): { readonly [name: string]: SqlType } {
  return Object.fromEntries(Object.keys(columns).map(name => {
    const prefix = Object.keys(TYPES).filter(candidate => name.startsWith(candidate)).sort((left, right) => right.length - left.length)[0];
    return [name, TYPES[prefix]];
  }));
}

function literal(value: string | null, type: SqlType): string {
  const text = value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
  return type.kind === 'varbinary' ? `unhex(${text})` : `CAST(${text} AS ${duckDbType(type)})`;
}
