import type { SqlType } from '../../../src/expression/sql-type';
import type { SqlExpression } from '../nodes';
import { NotLocalError } from './not-local-error';

/** A translated operand. */
export interface Argument {
  /** Binds tighter than any operator. */
  readonly sql: string;
  readonly node: SqlExpression;
  readonly type?: SqlType;
}

/** Gives text that binds tighter than any operator. */
export type Translation = (parameters: readonly Argument[], type: SqlType | undefined) => string;

/** NULL if one of them is, as in Trino; the embedded engine passes over NULLs in places. */
export function unlessNull(parameters: readonly Argument[], sql: string): string {
  const nullable = parameters.filter(({ node }) => node.kind !== 'literal' || node.value === null);
  if (nullable.length === 0) return sql;
  return `CASE WHEN ${nullable.map(parameter => `${parameter.sql} IS NULL`).join(' OR ')} THEN NULL ELSE ${sql} END`;
}

/**
 * Stops the statement, as Trino does, or makes a TRY around it NULL: of a type that suits every branch, and not by error(), which
 * TRY does not take. The text is ours, never a user's.
 */
export function fails(message: string): string {
  return `list_extract([NULL], CAST('${message}' AS BIGINT))`;
}

export function knownType(what: string, type: SqlType | undefined): SqlType {
  if (!type) throw new NotLocalError(`${what} of values whose type is not known`, 'CAST them to a type.');
  return type;
}

/** The text of a literal; undefined for anything else. */
export function literalOf({ node }: Argument): string | undefined {
  return node.kind === 'literal' ? node.value ?? undefined : undefined;
}

/** Trino compares NaN by the rules for doubles, the embedded engine as a number like others. Stored doubles are never NaN. */
export function mayBeNaN({ node, type }: Argument): boolean {
  return type?.kind === 'double' && node.kind !== 'column' && node.kind !== 'literal';
}
