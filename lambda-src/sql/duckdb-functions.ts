import type { SqlExpression } from './nodes';

/** A part of the pipeline's SQL has no translation for the embedded engine that is proven to mean the same. */
export class NotLocalError extends Error {
  public readonly name = 'NotLocalError';
  public constructor(what: string, fix: string) {
    super(`${what} cannot run on the embedded engine. ${fix}`);
  }
}

export function duckDbCall(call: Extract<SqlExpression, { kind: 'call' }>, parameters: readonly string[]): string {
  if (!SAME_IN_BOTH.has(call.name)) throw new NotLocalError(`the function ${call.name}()`, 'It runs on Athena only; leave it out to run locally.');
  return `${call.name}(${parameters.join(', ')})`;
}

export function duckDbOperator({ operator, type }: Extract<SqlExpression, { kind: 'binary' }>, left: string, right: string): string {
  return `${left} ${operator} ${right}`;
}

const SAME_IN_BOTH: ReadonlySet<string> = new Set(['coalesce']);
