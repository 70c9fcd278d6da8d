import { ExecutionFailure, MalformedQueryError } from './errors';
import { readStatement, type Work } from './sql/statement';

function trino(sql: string): Work {
  return readStatement(sql).work();
}

const TABLE = "CREATE TABLE `db`.`t` (`a` int) LOCATION 's3://b/t/' TBLPROPERTIES ('table_type' = 'ICEBERG')";

describe('what Athena refuses before it starts', () => {
  test.each([
    ["Trino's procedures", 'ALTER TABLE t EXECUTE optimize'],
    ["Trino's way to add a column", 'ALTER TABLE t ADD COLUMN a integer'],
    ["Trino's properties", 'ALTER TABLE t SET PROPERTIES format_version = 2'],
    ["Trino's WITH", "CREATE TABLE t (a int) WITH (location = 's3://b/t/')"],
    ['double quotes in DDL', TABLE.replaceAll('`', '"')],
    ['double quotes in DROP TABLE', 'DROP TABLE "db"."t"'],
    ['double quotes around the table of OPTIMIZE', 'OPTIMIZE "t" REWRITE DATA USING BIN_PACK'],
    ['backticks in a query', 'SELECT `a` FROM t'],
    ['backticks in a MERGE', 'MERGE INTO `t` USING s ON t.a = s.a WHEN MATCHED THEN DELETE'],
    ['backticks around the database of VACUUM', 'VACUUM `db`.t'],
    ['NOT NULL', TABLE.replace('int', 'int NOT NULL')],
    ["Trino's types", TABLE.replace('int', 'varchar')],
    ['types that Iceberg does not have', TABLE.replace('int', 'smallint')],
    ['a bare name that begins with an underscore', TABLE.replace('`a`', '_a')],
    ['quotes around what partitions', TABLE.replace(' LOCATION', ' PARTITIONED BY (`a`) LOCATION')],
    ['a type where partitions are named', TABLE.replace(' LOCATION', ' PARTITIONED BY (a int) LOCATION')],
    ['CREATE OR REPLACE TABLE', TABLE.replace('CREATE', 'CREATE OR REPLACE')],
    ['two statements', 'SELECT 1; SELECT 2'],
    ['nothing', ' -- only this\n'],
    ['MSCK', 'MSCK REPAIR TABLE t'],
  ])('%s', (_, sql) => expect(() => readStatement(sql)).toThrow(MalformedQueryError));
});

describe('what Athena finds only when it runs', () => {
  test.each([
    ['no location', TABLE.replace("LOCATION 's3://b/t/' ", ''), 'No location was specified'],
    ['no table type', TABLE.replace("'table_type' = 'ICEBERG'", "'format' = 'parquet'"), 'External keyword required'],
    ['EXTERNAL', TABLE.replace('TABLE', 'EXTERNAL TABLE'), 'External keyword not supported'],
    ['a property that it does not know', TABLE.replace("'ICEBERG'", "'ICEBERG', 'format_version' = '2'"), 'Unsupported table property key: format_version'],
    ['a partition by a column that is not there', TABLE.replace(' LOCATION', ' PARTITIONED BY (month(b)) LOCATION'), 'COLUMN_NOT_FOUND'],
    ['partitions added by hand', 'ALTER TABLE t ADD PARTITION (a = 1)', 'Query type not supported by Athena Iceberg'],
  ])('%s', (_, sql, message) => {
    const statement = readStatement(sql);
    expect(() => statement.work()).toThrow(ExecutionFailure);
    expect(() => statement.work()).toThrow(message);
  });
});

describe('what Trino is told', () => {
  test('of a table: types, partitions and what OPTIMIZE and VACUUM will read', () => {
    expect(trino("CREATE TABLE IF NOT EXISTS `db`.`t` (`a` string, `b` array<struct<c:int,d:map<string,decimal(5,1)>>>, `_at` timestamp COMMENT 'when') "
      + "PARTITIONED BY (month(_at), bucket(4, a)) LOCATION 's3://b/t/' TBLPROPERTIES ('table_type'='ICEBERG', 'vacuum_max_snapshot_age_seconds'='60')")).toEqual({
      kind: 'run',
      sql: ['CREATE TABLE IF NOT EXISTS "db"."t" ("a" varchar, "b" array(row("c" integer, "d" map(varchar, decimal(5, 1)))), "_at" timestamp(6)) WITH ('
        + "location = 's3://b/t/', format = 'PARQUET', format_version = 2, object_store_layout_enabled = true, "
        + "partitioning = ARRAY['month(_at)', 'bucket(a, 4)'], extra_properties = MAP(ARRAY['vacuum_max_snapshot_age_seconds'], ARRAY['60']))"],
    });
  });

  test('of more columns: one at a time', () => {
    expect(trino('ALTER TABLE `db`.`t` ADD COLUMNS (`a` bigint, `b` binary)')).toEqual({
      kind: 'run', sql: ['ALTER TABLE "db"."t" ADD COLUMN "a" bigint', 'ALTER TABLE "db"."t" ADD COLUMN "b" varbinary'],
    });
  });

  test('of a wider column', () => {
    expect(trino('ALTER TABLE t CHANGE COLUMN a b bigint')).toEqual({
      kind: 'run', sql: ['ALTER TABLE "t" RENAME COLUMN "a" TO "b"', 'ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE bigint'],
    });
  });

  test('of a query: itself, its bare fractions as the doubles that they are on Athena', () => {
    expect(trino("SELECT 1.5 * a, 2e3, DECIMAL '1.5', '1.5' FROM t1 -- 1.5")).toEqual({
      kind: 'run', sql: ["SELECT 1.5E0 * a, 2e3, DECIMAL '1.5', '1.5' FROM t1 -- 1.5"],
    });
  });

  test('of a table to be compacted and cleaned', () => {
    expect(trino("OPTIMIZE `db`.`t` REWRITE DATA USING BIN_PACK WHERE \"day\" >= DATE '2026-01-01'"))
      .toEqual({ kind: 'optimize', table: { database: 'db', table: 't' }, where: "WHERE \"day\" >= DATE '2026-01-01'" });
    expect(trino('VACUUM db.`_t`')).toEqual({ kind: 'vacuum', table: { database: 'db', table: '_t' } });
  });
});
