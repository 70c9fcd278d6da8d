import * as path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ColumnType } from '../../../src/spec/column-type';
import type { GoldTableSpec, PipelineSpec } from '../../../src/spec/pipeline-spec';
import { bronzePrefix, REJECTED_PREFIX } from '../../../src/spec/storage-layout';
import type { AttributeMap } from '../../bronze/attribute-value';
import { name, text } from '../quote';
import { readRows, SESSION } from '../read-rows';
import { compare, exactDifferences, type Read } from './compare';
import { comparable } from './conversion';
import { comparedColumns, expectedGold } from './expected-gold';
import { dimensionsFirst, expectedSilver } from './expected-silver';
import { goldDifferences } from './gold-differences';
import { maskedItems } from './masked-items';
import { loadItems } from './source-tables';
import type { TableCheck } from './table-check';
import { windowSql } from './window-sql';

/** Holds every table against what the source says that it must hold, computed by plain queries and none of the pipeline's code. */
export class Verification {
  public static async open(instance: DuckDBInstance, spec: PipelineSpec): Promise<Verification> {
    const connection = await instance.connect();
    await connection.run(SESSION);
    return new Verification(connection, spec);
  }

  private readonly read: Read;

  private constructor(private readonly connection: DuckDBConnection, private readonly spec: PipelineSpec) {
    this.read = sql => readRows(this.connection, sql);
  }

  /** Nothing is lost: each different change is in the change log or among the rejected records. */
  public async bronze(table: string, lake: string, changes: number): Promise<TableCheck> {
    const { bronzeName } = this.spec.tables[table];
    const taken = await this.distinct(path.join(lake, bronzePrefix(bronzeName)), '.parquet', files =>
      `SELECT _event_id FROM read_parquet(${files}, hive_partitioning = false)`);
    const rejected = await this.distinct(path.join(lake, `${REJECTED_PREFIX}${bronzeName}/`), '.json', files =>
      `SELECT json_extract_string(record, '$.eventID') FROM read_json(${files}, columns = {record: 'JSON'}, format = 'newline_delimited')`);
    const rows = taken + rejected;
    return { layer: 'bronze', table: bronzeName, rows, expected: changes, verdict: rows === changes ? 'equal' : 'different', differences: [] };
  }

  /** Takes the source's items as they are now; `gold` then starts from them too. */
  public async silver(items: (table: string) => Iterable<AttributeMap>): Promise<TableCheck[]> {
    const checks: TableCheck[] = [];
    for (const table of dimensionsFirst(this.spec)) {
      const source = `source_${table}`;
      const spec = this.spec.tables[table];
      await loadItems(this.connection, source, spec, maskedItems(items(table), spec.privacy ?? {}));
      const query = expectedSilver(this.spec, table, `temp.main.${name(source)}`, expectedTable);
      await this.connection.run(`CREATE OR REPLACE TEMP TABLE ${name(`expected_${table}`)} AS ${query}`);
      await this.connection.run(`DROP TABLE temp.main.${name(source)}`);
      checks.push(await this.silverTable(table));
    }
    return checks;
  }

  /** `now` is when Gold ran: windows are cut by it. */
  public async gold(now: Date): Promise<TableCheck[]> {
    const checks: TableCheck[] = [];
    for (const [table, gold] of Object.entries(this.spec.gold)) checks.push(await this.goldTable(table, gold, now));
    return checks;
  }

  public close(): void {
    this.connection.closeSync();
  }

  private async silverTable(table: string): Promise<TableCheck> {
    const columns = Object.entries(columnTypes(this.spec, table))
      .map(([column, type]) => `${comparable(type, name(column))} AS ${name(column)}`).join(', ');
    const actual = `SELECT ${columns} FROM silver.${name(table)}`;
    const expected = `SELECT ${columns} FROM ${expectedTable(table)}`;
    return compare(this.read, { layer: 'silver', table, actual, expected, ...exactDifferences(actual, expected) });
  }

  private async goldTable(table: string, gold: GoldTableSpec, now: Date): Promise<TableCheck> {
    const columns = comparedColumns(this.spec, table);
    const names = Object.keys(columns).map(name).join(', ');
    const window = promisedWindow(gold, columns, now);
    const promised = window ? `WHERE ${window}` : '';
    const actual = `SELECT ${names} FROM gold.${name(table)} ${promised}`;
    const expected = `SELECT ${names} FROM (${expectedGold(this.spec, table, expectedTable(gold.silverTable), now)}) ${promised}`;
    const check = await compare(this.read, { layer: 'gold', table, actual, expected, ...goldDifferences(gold, columns, actual, expected) });
    return window ? { ...check, beyondWindow: await this.count(`gold.${name(table)} WHERE (${window}) IS DISTINCT FROM TRUE`) } : check;
  }

  private async count(rows: string): Promise<number> {
    const [{ found }] = await this.read(`SELECT count(*) AS found FROM ${rows}`);
    return Number(found);
  }

  /** Different event ids in files of a folder that may not exist. */
  private async distinct(folder: string, suffix: string, query: (files: string) => string): Promise<number> {
    const files = text(`${folder}**/*${suffix}`);
    if (await this.count(`glob(${files})`) === 0) return 0;
    return this.count(`(SELECT DISTINCT event_id FROM (${query(files)}) AS t(event_id) WHERE event_id IS NOT NULL)`);
  }
}

function expectedTable(table: string): string {
  return `temp.main.${name(`expected_${table}`)}`;
}

/** A delta refresh promises its window only; undefined for a table that promises all rows. */
function promisedWindow({ refresh }: GoldTableSpec, columns: ReturnType<typeof comparedColumns>, now: Date): string | undefined {
  if (refresh.kind !== 'delta' || refresh.window.kind === 'all-time') return undefined;
  const { start, startDay } = windowSql(refresh.window, now);
  return `${name(refresh.column)} >= ${columns[refresh.column].kind === 'date' ? startDay : start}`;
}

/** Own and enriched columns by their declared types. */
function columnTypes(spec: PipelineSpec, table: string): { readonly [column: string]: ColumnType } {
  const { columns, enrichments } = spec.tables[table];
  const own = Object.entries(columns).map(([column, { type }]) => [column, type] as const);
  const enriched = enrichments.flatMap(enrichment => {
    const joined = columnTypes(spec, enrichment.table);
    return Object.entries(enrichment.columns).map(([column, from]) => [column, joined[from]] as const);
  });
  return Object.fromEntries([...own, ...enriched]);
}
