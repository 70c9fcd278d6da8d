import type { GoldTableSpec, PipelineSpec, UserExpression } from '../../src/spec/pipeline-spec';
import { duckDbExpression } from '../sql/duckdb';
import { NotLocalError } from '../sql/duckdb/not-local-error';

/** Some of the pipeline's own SQL has no proven meaning on the embedded engine; nothing has been run. */
export class NotRunnableLocallyError extends Error {
  public readonly name = 'NotRunnableLocallyError';
}

/** Throws NotRunnableLocallyError naming every expression that only Athena can run. */
export function assertRunsLocally(spec: PipelineSpec): void {
  const problems = expressionsOf(spec).flatMap(([place, { text, tree }]) => {
    try {
      duckDbExpression(tree);
      return [];
    } catch (error) {
      if (error instanceof NotLocalError) return [`- ${place}, ${text}: ${error.message}`];
      throw error;
    }
  });
  if (problems.length > 0) throw new NotRunnableLocallyError(`the pipeline cannot run on this machine as it is:\n${problems.join('\n')}`);
}

function expressionsOf(spec: PipelineSpec): (readonly [string, UserExpression])[] {
  return [
    ...Object.entries(spec.tables).flatMap(([table, { expectations }]) =>
      Object.entries(expectations).map(([rule, { predicate }]) => [`tables.${table}.expectations.${rule}`, predicate] as const)),
    ...Object.entries(spec.gold).flatMap(([table, gold]) =>
      expressionsOfGold(gold).map(([place, expression]) => [`gold.${table}.${place}`, expression] as const)),
  ];
}

function expressionsOfGold(gold: GoldTableSpec): (readonly [string, UserExpression])[] {
  const where = gold.where ? [['where', gold.where] as const] : [];
  switch (gold.kind) {
    case 'aggregate': return [...where, ...named('groupBy', gold.groupBy), ...filters('measures', gold.measures)];
    case 'snapshot': return [...where, ...named('columns', gold.columns)];
    case 'metrics': return [...where, ...filters('metrics', gold.metrics)];
  }
}

function named(place: string, expressions: { readonly [name: string]: UserExpression }): (readonly [string, UserExpression])[] {
  return Object.entries(expressions).map(([name, expression]) => [`${place}.${name}`, expression]);
}

function filters(
  place: string, figures: { readonly [name: string]: { readonly where?: UserExpression } },
): (readonly [string, UserExpression])[] {
  return Object.entries(figures).flatMap(([name, { where }]) => where ? [[`${place}.${name}.where`, where] as const] : []);
}
