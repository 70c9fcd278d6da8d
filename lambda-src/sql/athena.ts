import type { Literal } from '../../src/expression/expression';
import type { SqlType } from '../../src/expression/sql-type';
import type { PartitionSpec } from '../../src/spec/pipeline-spec';
import { manifestTableName } from '../../src/spec/storage-layout';
import { SqlCompiler } from './compiler';
import type {
  AddColumns, BronzeRun, CreateTable, FromJson, FromMicros, Optimize, Query, SetProperties, SqlExpression, Statement, TableName,
  TableProperties, Vacuum, WidenColumn,
} from './nodes';

/** What a deployment calls things. */
export interface AthenaNames {
  readonly databases: { readonly [layer in TableName['layer']]: string };
  /** S3 URI under which all of a table's files lie, with a slash at its end. */
  location(table: TableName): string;
}

/** Athena engine version 3: Trino's SQL for queries and DML, Hive's for DDL. */
export function athenaSql(node: Statement | Query, names: AthenaNames): string {
  const compiler = new AthenaCompiler(names);
  return 'purpose' in node ? compiler.statement(node) : compiler.query(node);
}

/** For dialects that differ from Athena's in little. */
export class AthenaCompiler extends SqlCompiler {
  public constructor(private readonly names: AthenaNames) {
    super();
  }

  protected tableName(table: TableName): string {
    return `${this.identifier(this.names.databases[table.layer])}.${this.identifier(table.name)}`;
  }

  protected typeName(type: SqlType): string {
    switch (type.kind) {
      case 'timestamp': return 'timestamp(6)';
      case 'decimal': return `decimal(${type.precision}, ${type.scale})`;
      case 'array': return `array(${this.typeName(type.element)})`;
      case 'map': return `map(varchar, ${this.typeName(type.value)})`;
      case 'row': return `row(${Object.entries(type.fields).map(([name, field]) => `${this.identifier(name)} ${this.typeName(field)}`).join(', ')})`;
      default: return type.kind;
    }
  }

  protected literal({ type, value }: Literal): string {
    if (value === null) return `CAST(NULL AS ${this.typeName(type)})`;
    switch (type.kind) {
      case 'varchar': return this.string(value);
      case 'boolean': case 'integer': return value;
      case 'bigint': return `BIGINT '${value}'`;
      // A bare 1.5 is a double on Athena.
      case 'decimal': return `DECIMAL '${value}'`;
      case 'double': return `DOUBLE '${value}'`;
      case 'date': return `DATE '${value}'`;
      case 'timestamp': return `TIMESTAMP '${value}'`;
      case 'varbinary': return `X'${value}'`;
      default: throw new TypeError(`there are no ${type.kind} literals`);
    }
  }

  protected call(call: Extract<SqlExpression, { kind: 'call' }>): string {
    // The function fails inside the engine when it divides an integer by zero, which TRY does not catch; the operator's error it does.
    if (call.name === 'mod') return `(${call.arguments.map(argument => this.operand(argument)).join(' % ')})`;
    return `${call.name}(${this.list(call.arguments)})`;
  }

  protected binary({ left, operator, right }: Extract<SqlExpression, { kind: 'binary' }>): string {
    return `${this.operand(left)} ${operator} ${this.operand(right)}`;
  }

  protected fromMicros({ operand }: FromMicros): string {
    // Nanoseconds of the year 9999 need more than 64 bits; the zone must be named, or a session's zone would shift the value.
    return `CAST(from_unixtime_nanos(CAST(${this.expression(operand)} AS decimal(38, 0)) * DECIMAL '1000') AT TIME ZONE 'UTC' AS timestamp(6))`;
  }

  protected fromJson({ operand, type }: FromJson): string {
    const wire = wireType(type);
    const parsed = `CAST(json_parse(${this.expression(operand)}) AS ${this.typeName(wire)})`;
    return this.typeName(wire) === this.typeName(type) ? parsed : `CAST(${parsed} AS ${this.typeName(type)})`;
  }

  protected bronzeRun({ bronzeName, run }: BronzeRun): string {
    const name = this.tableName({ layer: 'bronze', name: manifestTableName(bronzeName) });
    return `SELECT *, "$path" AS "_file"\nFROM ${name}\nWHERE "run" = ${this.string(run)}`;
  }

  protected createTable({ table, columns, partitionBy, properties }: CreateTable): string {
    return [
      `CREATE TABLE IF NOT EXISTS ${this.ddlTableName(table)} (\n${ddlColumns(columns)}\n)`,
      ...partitionBy.length > 0 ? [`PARTITIONED BY (${partitionBy.map(partitionTransform).join(', ')})`] : [],
      `LOCATION ${this.string(this.names.location(table))}`,
      `TBLPROPERTIES (${this.properties({ table_type: 'ICEBERG', format: 'parquet', ...properties && icebergProperties(properties) })})`,
    ].join('\n');
  }

  protected addColumns({ table, columns }: AddColumns): string {
    return `ALTER TABLE ${this.ddlTableName(table)} ADD COLUMNS (\n${ddlColumns(columns)}\n)`;
  }

  protected widenColumn({ table, column, type }: WidenColumn): string {
    return `ALTER TABLE ${this.ddlTableName(table)} CHANGE COLUMN ${ddlIdentifier(column)} ${ddlIdentifier(column)} ${ddlType(type)}`;
  }

  protected setProperties({ table, properties }: SetProperties): string {
    return `ALTER TABLE ${this.ddlTableName(table)} SET TBLPROPERTIES (${this.properties(icebergProperties(properties))})`;
  }

  protected optimize({ table, where }: Optimize): string {
    const bare = new BareNameCompiler(this.names);
    return [
      `OPTIMIZE ${bare.tableName(table)} REWRITE DATA USING BIN_PACK`,
      ...where ? [`WHERE ${bare.expression(where)}`] : [],
    ].join('\n');
  }

  protected vacuum({ table }: Vacuum): string {
    return `VACUUM ${new BareNameCompiler(this.names).tableName(table)}`;
  }

  private properties(properties: { readonly [name: string]: string }): string {
    return Object.entries(properties).map(([name, value]) => `${this.string(name)} = ${this.string(value)}`).join(', ');
  }

  private ddlTableName(table: TableName): string {
    return `${ddlIdentifier(this.names.databases[table.layer])}.${ddlIdentifier(table.name)}`;
  }
}

/**
 * OPTIMIZE and VACUUM refuse names in double quotes, and a database in backticks.
 * @see https://docs.aws.amazon.com/athena/latest/ug/vacuum-statement.html
 */
class BareNameCompiler extends AthenaCompiler {
  public override tableName(table: TableName): string {
    return super.tableName(table);
  }

  protected override identifier(name: string): string {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`${name} cannot stand in OPTIMIZE or VACUUM, which take plain names only`);
    return name;
  }
}

/** A key that Athena does not know fails the statement. */
function icebergProperties({ snapshotRetentionSeconds }: TableProperties): { readonly [name: string]: string } {
  return { vacuum_max_snapshot_age_seconds: String(snapshotRetentionSeconds) };
}

function ddlColumns(columns: { readonly [name: string]: SqlType }): string {
  return Object.entries(columns).map(([name, type]) => `  ${ddlIdentifier(name)} ${ddlType(type)}`).join(',\n');
}

/** What a value inside JSON text is first read as: the JSON cast knows neither dates nor timestamps. */
function wireType(type: SqlType): SqlType {
  switch (type.kind) {
    case 'date': case 'timestamp': return { kind: 'varchar' };
    case 'array': return { kind: 'array', element: wireType(type.element) };
    case 'map': return { kind: 'map', value: wireType(type.value) };
    case 'row': return { kind: 'row', fields: Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, wireType(field)])) };
    default: return type;
  }
}

function ddlIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function ddlType(type: SqlType): string {
  switch (type.kind) {
    case 'varchar': return 'string';
    case 'integer': return 'int';
    case 'varbinary': return 'binary';
    case 'decimal': return `decimal(${type.precision},${type.scale})`;
    case 'array': return `array<${ddlType(type.element)}>`;
    case 'map': return `map<string,${ddlType(type.value)}>`;
    case 'row': return `struct<${Object.entries(type.fields).map(([name, field]) => `${name}:${ddlType(field)}`).join(',')}>`;
    default: return type.kind;
  }
}

/** Names are bare here: Athena takes quotes as part of the name. */
function partitionTransform(partition: PartitionSpec): string {
  switch (partition.transform) {
    case 'identity': return partition.column;
    case 'bucket': return `bucket(${partition.buckets}, ${partition.column})`;
    default: return `${partition.transform}(${partition.column})`;
  }
}
