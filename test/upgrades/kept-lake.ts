import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { duckDbSql } from '../../lambda-src/sql/duckdb';
import type { TableName } from '../../lambda-src/sql/nodes';
import type { SqlType } from '../../src/expression/sql-type';
import type { PipelineSpec } from '../../src/spec/pipeline-spec';
import type { LocalLake } from '../helpers/local-lake';

/** An Iceberg table as any engine can load it: names, types, and every value as text. */
export interface KeptTable {
  readonly table: TableName;
  readonly uuid: string;
  readonly columns: { readonly [name: string]: SqlType };
  readonly rows: readonly { readonly [column: string]: string | null }[];
}

const LAKE = '{{lake}}';

/** A lake as a release left it, in a folder: the bucket's objects, and the contents of the tables. */
export class KeptLake {
  public constructor(private readonly folder: string) {}

  public get spec(): PipelineSpec {
    return JSON.parse(readFileSync(path.join(this.folder, 'pipeline.json'), 'utf8'));
  }

  public get tables(): readonly KeptTable[] {
    return JSON.parse(readFileSync(path.join(this.folder, 'tables.json'), 'utf8'));
  }

  /** Keeps what the lake holds now. */
  public async write(lake: LocalLake): Promise<void> {
    for (const key of filesBelow(lake.folder).filter(file => !file.startsWith('journal/requests/'))) {
      const target = path.join(this.folder, 'objects', key);
      mkdirSync(path.dirname(target), { recursive: true });
      const body = readFileSync(path.join(lake.folder, key));
      writeFileSync(target, key.endsWith('.parquet') ? body : body.toString('utf8').replaceAll(lake.folder, LAKE));
    }
    writeFileSync(path.join(this.folder, 'pipeline.json'), `${JSON.stringify(lake.spec, undefined, 1)}\n`);
    writeFileSync(path.join(this.folder, 'tables.json'), `${JSON.stringify(await contentsOf(lake), undefined, 1)}\n`);
  }

  /** Brings objects and tables into an empty lake on the embedded engine. */
  public async load(lake: LocalLake): Promise<void> {
    const root = path.join(this.folder, 'objects');
    for (const key of filesBelow(root)) {
      const body = readFileSync(path.join(root, key));
      await lake.store.put(key, key.endsWith('.parquet') ? body : body.toString('utf8').replaceAll(LAKE, lake.folder));
    }
    for (const { table, uuid, columns, rows } of this.tables) {
      await lake.rows(duckDbSql({ kind: 'create-table', table, columns, partitionBy: [], purpose: 'load' }, () => ({ files: [], columns: {} })));
      await lake.rows(`COMMENT ON TABLE ${table.layer}.${table.name} IS '${uuid}'`);
      for (const row of rows) {
        const values = Object.keys(columns).map(name => textOrNull(row[name]?.replaceAll(LAKE, lake.folder) ?? null));
        await lake.rows(`INSERT INTO ${table.layer}.${table.name} VALUES (${values.join(', ')})`);
      }
    }
  }
}

async function contentsOf(lake: LocalLake): Promise<KeptTable[]> {
  const found = await lake.rows('SELECT schema_name AS layer, table_name AS name FROM duckdb_tables() ORDER BY 1, 2');
  return Promise.all(found.map(async name => {
    const table = name as unknown as TableName;
    const { uuid, columns } = (await lake.engine.describe(table))!;
    const rows = await lake.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${table.layer}.${table.name} ORDER BY ALL`);
    return { table, uuid, columns, rows: rows.map(row => mapped(row, value => value?.replaceAll(lake.folder, LAKE) ?? null)) };
  }));
}

function mapped<A, B>(row: { readonly [name: string]: A }, change: (value: A) => B): { [name: string]: B } {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value)]));
}

function textOrNull(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
