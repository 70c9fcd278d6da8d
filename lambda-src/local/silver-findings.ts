import { duckDbExpression } from '../sql/duckdb';
import { qualified } from '../sql/user-expression';
import type { LocalPipeline } from './local-pipeline';
import { name } from './quote';
import type { RunReport } from './run-report';

/** Rows that break a rule and stay all the same, as its action is warn. Like any rule, it is broken by FALSE alone. */
export async function warnings(pipeline: LocalPipeline): Promise<RunReport['warnings']> {
  const rules = Object.entries(pipeline.spec.tables).flatMap(([table, { expectations }]) =>
    Object.entries(expectations).flatMap(([rule, { action, predicate }]) => action === 'warn' ? [{ table, rule, predicate }] : []));
  const found = await Promise.all(rules.map(async ({ table, rule, predicate }) => {
    const holds = duckDbExpression(qualified(predicate.tree, 's'));
    return { table, rule, rows: await count(pipeline, `silver.${name(table)} s WHERE TRY(${holds}) IS NOT DISTINCT FROM FALSE`) };
  }));
  return found.filter(({ rows }) => rows > 0);
}

/** Rows whose join columns are all set, but name no row. */
export async function unmatched(pipeline: LocalPipeline): Promise<RunReport['unmatched']> {
  const joins = Object.entries(pipeline.spec.tables).flatMap(([table, { enrichments }]) => enrichments.map(join => ({ table, join })));
  const found = await Promise.all(joins.map(async ({ table, join }) => {
    const pairs = Object.entries(join.on);
    const same = pairs.map(([own, key]) => `s.${name(own)} = d.${name(key)}`).join(' AND ');
    const set = pairs.map(([own]) => `s.${name(own)} IS NOT NULL`).join(' AND ');
    return {
      table,
      joined: join.table,
      rows: await count(pipeline, `silver.${name(table)} s ANTI JOIN silver.${name(join.table)} d ON ${same} WHERE ${set}`),
    };
  }));
  return found.filter(({ rows }) => rows > 0);
}

async function count(pipeline: LocalPipeline, rows: string): Promise<number> {
  const [{ found }] = await pipeline.read(`SELECT count(*) AS found FROM ${rows}`);
  return Number(found);
}
