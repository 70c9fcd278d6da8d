import type { Expression } from './expression';

/** Where something stands in the text of an expression, both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Something in the text that is no SQL, or no SQL that is allowed. */
export interface ParseProblem extends TextPosition {
  /** What is wrong, with the words in question. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  /** A name with dots that stands where a column's should, by its parts: who knows the columns has better advice. */
  readonly dottedName?: readonly string[];
}

export type ParseResult =
  | { readonly kind: 'parsed'; readonly tree: Expression; readonly positions: ReadonlyMap<Expression, TextPosition> }
  | { readonly kind: 'failed'; readonly problems: readonly ParseProblem[] };

/** Reads the text of one scalar SQL expression in Trino's grammar; whatever is more or other than that fails. */
export type ParseExpression = (text: string) => ParseResult;
