import type { ParseProblem, TextPosition } from '../../../src/expression/parse-result';

/** Part of an expression that is valid SQL but not allowed, or not valid at all. */
export class RefusedSyntax extends Error {
  public readonly name = 'RefusedSyntax';

  public constructor(public readonly problem: ParseProblem) {
    super(problem.message);
  }
}

export function refuse(position: TextPosition, message: string, fix: string): never {
  throw new RefusedSyntax({ line: position.line, column: position.column, message, fix });
}

/** A name with dots, by its parts. */
export function refuseDottedName(position: TextPosition, text: string, parts: readonly string[], fix: string): never {
  const { line, column } = position;
  throw new RefusedSyntax({ line, column, message: `a name with a dot: '${text}'`, fix, dottedName: parts });
}
