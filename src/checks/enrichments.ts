import { typeWithArticle, type SqlType } from '../expression/sql-type';
import { commonType } from '../expression/type-rules';
import type { EnrichmentSpec } from '../spec/pipeline-spec';
import type { Check, CheckContext } from './check';
import { columnOf, entry, unknownName } from './lookup';
import type { Problem } from './problem';

/** A join is on exactly the joined table's key, so that it finds one row at most, and takes columns that exist. */
export const checkEnrichments: Check = context => Object.entries(context.declaration.tables).flatMap(([name, table]) => {
  return table.enrichments.flatMap((enrichment, i) => enrichmentProblems(context, name, `tables.${name}.enrichments[${i}]`, enrichment));
});

function enrichmentProblems(context: CheckContext, name: string, path: string, enrichment: EnrichmentSpec): Problem[] {
  const { tables } = context.declaration;
  if (enrichment.table === name) {
    return [{ path, what: 'the table joins itself', value: name, fix: 'join another table' }];
  }
  if (!entry(tables, enrichment.table)) {
    return [unknownName(path, 'Silver table', enrichment.table, Object.keys(tables).filter(other => other !== name))];
  }
  const joined = context.columns[enrichment.table];
  const nothing = Object.keys(enrichment.columns).length === 0
    ? [{ path: `${path}.columns`, what: 'the join takes no column', fix: 'name the columns to take, or leave the join out' }]
    : [];
  const taken = Object.entries(enrichment.columns).flatMap(([column, from]) => {
    const found = columnOf(joined, from, `${path}.columns.${column}`);
    return found && 'problem' in found ? [found.problem] : [];
  });
  return [...keyProblems(context, name, `${path}.on`, enrichment), ...nothing, ...taken];
}

function keyProblems(context: CheckContext, name: string, path: string, { table, on }: EnrichmentSpec): Problem[] {
  const { key } = context.declaration.tables[table];
  const joinedOn = Object.values(on);
  const whole = joinedOn.length === key.length && key.every(column => joinedOn.includes(column));
  const problems: Problem[] = whole ? [] : [{
    path,
    what: `the join is on ${joinedOn.join(', ') || 'no column'} of '${table}', whose key is ${key.join(', ')}`,
    fix: `write ${onKey(on, key)}`,
  }];
  const own = context.columns[name].own;
  for (const [column, keyColumn] of Object.entries(on)) {
    const left = entry(own, column);
    const right = entry(context.columns[table].own, keyColumn);
    if (!left) {problems.push(unknownName(`${path}.${column}`, 'own column', column, Object.keys(own)));} else if (right && !joinable(left, right)) {
      problems.push({
        path: `${path}.${column}`,
        what: `${typeWithArticle(left)} joins '${keyColumn}', ${typeWithArticle(right)}`,
        fix: 'declare both columns with the same type',
      });
    }
  }
  return problems;
}

/** `on` as it would join the whole key, with the columns that the user has named as far as they go. */
function onKey(on: EnrichmentSpec['on'], key: readonly string[]): string {
  const free = Object.keys(on).filter(column => !key.includes(on[column]));
  const pairs = key.map(keyColumn => {
    const column = Object.keys(on).find(own => on[own] === keyColumn) ?? free.shift() ?? 'column_of_this_table';
    return `${column}: '${keyColumn}'`;
  });
  return `on: { ${pairs.join(', ')} }`;
}

/** Whole numbers of either size are compared as they are; anything else would be converted row by row. */
function joinable(left: SqlType, right: SqlType): boolean {
  return left.kind === right.kind ? commonType(left, right) !== undefined : isWhole(left) && isWhole(right);
}

function isWhole(type: SqlType): boolean {
  return type.kind === 'integer' || type.kind === 'bigint';
}
