import { absentTableName, REJECTED_PREFIX } from '../../src/spec/storage-layout';
import type { Row } from '../ports/query-engine';
import type { LocalPipeline } from './local-pipeline';
import { name, text } from './quote';
import type { HeldBack, RunReport } from './run-report';

/** Every key metric's value, in the order of the spec; a count without the decimals that its table's sums need. */
export async function metricRows(pipeline: LocalPipeline): Promise<Row[]> {
  const tables = Object.entries(pipeline.spec.gold).flatMap(([table, gold]) => gold.kind === 'metrics' ? [[table, gold] as const] : []);
  const rows = await Promise.all(tables.map(async ([table, { metrics }]) => {
    const found = await pipeline.read(`SELECT metric_name, metric_value FROM gold.${name(table)}`);
    const values = new Map(found.map(row => [row.metric_name, row.metric_value]));
    return Object.entries(metrics).map(([metric, { aggregate }]) => {
      const value = values.get(metric) ?? null;
      return { metric_name: metric, metric_value: aggregate === 'count' && value !== null ? value.replace(/\.0*$/, '') : value };
    });
  }));
  return rows.flat();
}

/** Records that Bronze could not take, by table. */
export async function rejected(pipeline: LocalPipeline): Promise<RunReport['rejected']> {
  const files = text(`${pipeline.lake}/${REJECTED_PREFIX}**/*.json`);
  const [{ found }] = await pipeline.read(`SELECT count(*) AS found FROM glob(${files})`);
  if (found === '0') return [];
  const rows = await pipeline.read(`SELECT regexp_extract(filename, '${REJECTED_PREFIX}([^/]+)/', 1) AS "table", reason,
    count(DISTINCT json_extract_string(record, '$.eventID')) AS records
    FROM read_json(${files}, columns = {record: 'JSON', reason: 'VARCHAR'}, format = 'newline_delimited', filename = true) GROUP BY ALL ORDER BY ALL`);
  return rows.map(row => ({ table: row.table!, reason: row.reason!, records: Number(row.records) }));
}

/** Items that are not in Silver, counted by reason. */
export async function heldBack(pipeline: LocalPipeline): Promise<HeldBack[]> {
  const queries = Object.keys(pipeline.spec.tables).map(table =>
    `SELECT ${text(table)} AS "table", _reason AS reason, count(*) AS items FROM bookkeeping.${name(absentTableName(table))} GROUP BY _reason`);
  const rows = await pipeline.read(`${queries.join(' UNION ALL ')} ORDER BY ALL`);
  return rows.map(row => ({ table: row.table!, reason: row.reason!, items: Number(row.items) }));
}

export async function conversionErrors(pipeline: LocalPipeline): Promise<RunReport['conversionErrors']> {
  const queries = Object.keys(pipeline.spec.tables).map(table =>
    `SELECT ${text(table)} AS "table", count(*) AS found, min(_errors) AS example FROM silver.${name(table)} WHERE _errors IS NOT NULL HAVING count(*) > 0`);
  const rows = await pipeline.read(`${queries.join(' UNION ALL ')} ORDER BY ALL`);
  return rows.map(row => ({ table: row.table!, rows: Number(row.found), example: row.example! }));
}

export interface Recomputed {
  readonly table: string;
  /** Rows with values that are new. */
  readonly fresh: number;
  readonly all: number;
}

/** What has changed in each Gold table since then. */
export async function recomputed(pipeline: LocalPipeline, since: Date): Promise<Recomputed[]> {
  const time = text(since.toISOString().replace('T', ' ').replace('Z', ''));
  return Promise.all(Object.keys(pipeline.spec.gold).map(async table => {
    const [row] = await pipeline.read(`SELECT count(*) AS total, count(*) FILTER (WHERE computed_at >= TIMESTAMP ${time}) AS fresh FROM gold.${name(table)}`);
    return { table, fresh: Number(row.fresh), all: Number(row.total) };
  }));
}
