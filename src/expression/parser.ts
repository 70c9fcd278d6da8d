import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { ParseExpression } from './parse-result';

/** The same two folders up from src/ and from lib/. */
const BUNDLE = path.join(__dirname, '..', '..', 'assets', 'expression-parser');

/** The bundled expression parser is not where the package should have it. */
export class ParserMissingError extends Error {
  public readonly name = 'ParserMissingError';
}

let loaded: ParseExpression | undefined;

/** The grammar is large, so it is read only when an app has an expression to parse. */
export function loadExpressionParser(): ParseExpression {
  loaded ??= requireParser();
  return loaded;
}

function requireParser(): ParseExpression {
  try {
    return (createRequire(__filename)(BUNDLE) as { parseExpression: ParseExpression }).parseExpression;
  } catch (error) {
    throw new ParserMissingError(`the expression parser cannot be loaded from ${BUNDLE} (${String(error)}). `
      + 'Fix: install the package again, or run `npm run bundle` in a checkout');
  }
}
