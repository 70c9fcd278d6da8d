import type { Expression } from '../../src/expression/expression';
import { loadExpressionParser } from '../../src/expression/parser';

/** The tree of a text that parses. */
export function parsed(text: string): Expression {
  const result = loadExpressionParser()(text);
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.problems));
  return result.tree;
}

/** What is wrong with a text that does not: `line:column message`. */
export function problemsOf(text: string): string[] {
  const result = loadExpressionParser()(text);
  return result.kind === 'parsed' ? [] : result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}
