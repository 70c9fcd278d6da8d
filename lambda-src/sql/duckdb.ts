import type { Literal } from '../../src/expression/expression';
import type { SqlType } from '../../src/expression/sql-type';
import { SqlCompiler } from './compiler';
import type { Argument } from './duckdb/argument';
import { duckDbCast } from './duckdb/casts';
import { assertOrdinary } from './duckdb/comparison';
import { assertEscapes } from './duckdb/like';
import { duckDbType } from './duckdb/type-name';
import { typeOf } from './duckdb/type-of';
import { duckDbCall, duckDbOperator } from './duckdb-functions';
import type {
  AddColumns, Aggregate, BronzeRun, CreateTable, FromJson, FromMicros, Optimize, Query, SetProperties, SqlExpression, Statement, TableName,
  Vacuum, WidenColumn,
} from './nodes';

/** What a run's manifest lists, and the columns that its Bronze table has today. */
export interface BronzeFiles {
  readonly files: readonly string[];
  readonly columns: { readonly [name: string]: SqlType };
}

/** The embedded engine's SQL. It means what the Athena text means; what cannot be made to mean the same throws. */
export function duckDbSql(node: Statement | Query, bronzeFiles: (run: BronzeRun) => BronzeFiles): string {
  const compiler = new DuckDbCompiler(bronzeFiles);
  return 'purpose' in node ? compiler.statement(node) : compiler.query(node);
}

/** One expression as the embedded engine reads it, its columns without a table. */
export function duckDbExpression(expression: SqlExpression): string {
  return new DuckDbCompiler(() => ({ files: [], columns: {} })).expression(expression);
}

class DuckDbCompiler extends SqlCompiler {
  public constructor(private readonly bronzeFiles: (run: BronzeRun) => BronzeFiles) {
    super();
  }

  public override expression(expression: SqlExpression): string {
    switch (expression.kind) {
      case 'cast': case 'try-cast': return duckDbCast(expression.kind, this.argument(expression.expression), expression.type);
      case 'between': case 'not-between': this.assertOrdinary('BETWEEN', [expression.operand, expression.low, expression.high]); break;
      case 'in': case 'not-in': this.assertOrdinary('IN', [expression.operand, ...expression.values]); break;
      case 'case': if (expression.operand) this.assertOrdinary('CASE', [expression.operand, ...expression.branches.map(({ when }) => when)]); break;
      case 'like': case 'not-like': assertEscapes(expression); break;
    }
    return super.expression(expression);
  }

  protected tableName(table: TableName): string {
    return `${this.identifier(table.layer)}.${this.identifier(table.name)}`;
  }

  protected typeName(type: SqlType): string {
    return duckDbType(type);
  }

  protected literal({ type, value }: Literal): string {
    if (value === null) return `CAST(NULL AS ${duckDbType(type)})`;
    switch (type.kind) {
      case 'varchar': return this.string(value);
      case 'boolean': case 'integer': return value;
      case 'varbinary': return `unhex('${value}')`;
      default: return `CAST('${value}' AS ${duckDbType(type)})`;
    }
  }

  protected call(call: Extract<SqlExpression, { kind: 'call' }>): string {
    return duckDbCall(call.name, call.arguments.map(argument => this.argument(argument)), typeOf(call));
  }

  protected binary(binary: Extract<SqlExpression, { kind: 'binary' }>): string {
    return duckDbOperator(binary.operator, this.argument(binary.left), this.argument(binary.right), typeOf(binary));
  }

  protected override aggregate(aggregate: Aggregate): string {
    const text = super.aggregate(aggregate);
    // Sums of integers are 128 bits wide here, 64 on Athena, where one that does not fit fails too.
    return aggregate.function === 'sum' ? `CAST(${text} AS ${duckDbType(aggregate.type)})` : text;
  }

  protected fromMicros({ operand }: FromMicros): string {
    return `make_timestamp(${this.expression(operand)})`;
  }

  protected fromJson({ operand, type }: FromJson): string {
    return `CAST(CAST(${this.expression(operand)} AS JSON) AS ${duckDbType(type)})`;
  }

  protected bronzeRun(run: BronzeRun): string {
    const { files, columns } = this.bronzeFiles(run);
    const empty = Object.entries({ ...columns, _file: { kind: 'varchar' } as const })
      .map(([name, type]) => `CAST(NULL AS ${duckDbType(type)}) AS ${this.identifier(name)}`);
    const shape = `SELECT ${empty.join(', ')} WHERE FALSE`;
    if (files.length === 0) return shape;
    const list = files.map(file => this.string(file)).join(', ');
    return `${shape}\nUNION ALL BY NAME\nSELECT * RENAME (filename AS "_file") FROM read_parquet([${list}], filename = true, union_by_name = true, hive_partitioning = false)`;
  }

  protected createTable({ table, columns, partitionBy }: CreateTable): string {
    const lines = Object.entries(columns).map(([name, type]) => `  ${this.identifier(name)} ${duckDbType(type)}`);
    const name = this.tableName(table);
    // The embedded engine has no partitions; what was declared is kept, so that a deploy that declares others is refused here too.
    const comment = this.string(JSON.stringify({ partitionBy }));
    return `CREATE TABLE IF NOT EXISTS ${name} (\n${lines.join(',\n')}\n);\nCOMMENT ON TABLE ${name} IS ${comment}`;
  }

  protected addColumns({ table, columns }: AddColumns): string {
    const alter = `ALTER TABLE ${this.tableName(table)} ADD COLUMN IF NOT EXISTS`;
    return Object.entries(columns).map(([name, type]) => `${alter} ${this.identifier(name)} ${duckDbType(type)}`).join(';\n');
  }

  protected widenColumn({ table, column, type }: WidenColumn): string {
    return `ALTER TABLE ${this.tableName(table)} ALTER COLUMN ${this.identifier(column)} SET DATA TYPE ${duckDbType(type)}`;
  }

  /** The embedded engine keeps no snapshots that could expire: this only looks whether there is such a table. */
  protected setProperties({ table }: SetProperties): string {
    return `SELECT 1 FROM ${this.tableName(table)} WHERE FALSE`;
  }

  /** It puts rows together by itself: this reads what would be rewritten, so that a wrong condition fails here too. */
  protected optimize({ table, where }: Optimize): string {
    return `SELECT count(*) FROM ${this.tableName(table)}${where ? `\nWHERE ${this.expression(where)}` : ''}`;
  }

  /** Its own VACUUM takes no file away either, but knows whether there is such a table. */
  protected vacuum({ table }: Vacuum): string {
    return `VACUUM ${this.tableName(table)}`;
  }

  private assertOrdinary(what: string, operands: readonly SqlExpression[]): void {
    assertOrdinary(what, operands.map(operand => this.argument(operand)));
  }

  private argument(node: SqlExpression): Argument {
    return { sql: this.operand(node), node, type: typeOf(node) };
  }
}
