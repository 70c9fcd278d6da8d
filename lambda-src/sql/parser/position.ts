import type { TextPosition } from '../../../src/expression/parse-result';

/** A parse tree's node, as far as it is of interest here. */
export interface Context {
  readonly start: { readonly line: number; readonly column: number } | null;
  getText(): string;
}

export function positionOf(context: Context): TextPosition {
  return { line: context.start?.line ?? 1, column: (context.start?.column ?? 0) + 1 };
}
