import type { ParseProblem, ParseResult } from '../../../src/expression/parse-result';
import { ExpressionBuilder } from './build-expression';
import { RefusedSyntax } from './refused';
import { readGrammar } from './trino-grammar';

const MAX_LENGTH = 10_000;

/** Reads exactly one scalar SQL expression; anything else is told with its line and column. */
export function parseExpression(text: string): ParseResult {
  if (text.length > MAX_LENGTH) return failed(`${text.length} characters of SQL`, `write at most ${MAX_LENGTH}`);
  if (text.trim() === '') return failed('the expression is empty', 'write an SQL expression');
  try {
    const { context, problems } = readGrammar(text);
    if (problems.length > 0) return { kind: 'failed', problems };
    const builder = new ExpressionBuilder();
    const tree = builder.expression(context.expression());
    return { kind: 'parsed', tree, positions: builder.positions };
  } catch (error) {
    if (error instanceof RefusedSyntax) return { kind: 'failed', problems: [error.problem] };
    // The generated parser recurses for each level.
    if (error instanceof RangeError) return failed('an expression with too many levels', 'split the expression');
    throw error;
  }
}

function failed(message: string, fix: string): ParseResult {
  const problem: ParseProblem = { line: 1, column: 1, message, fix };
  return { kind: 'failed', problems: [problem] };
}
