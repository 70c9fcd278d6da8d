/** Something wrong with a pipeline's definition. */
export interface Problem {
  /** Where: `tables.orders.columns.total_amount`. */
  readonly path: string;
  /** What is wrong, in words that make sense after the path. */
  readonly what: string;
  /** The value in question, where the path does not say it. */
  readonly value?: string;
  /** What to do instead. */
  readonly fix: string;
}

/** A pipeline's definition cannot be compiled; the message lists every problem on a line of its own. */
export class PipelineDefinitionError extends Error {
  public readonly name = 'PipelineDefinitionError';

  public readonly problems!: readonly Problem[];

  public constructor(pipeline: string, problems: readonly Problem[]) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super([`the definition of pipeline ${pipeline} has ${count}:`, ...problems.map(problemText)].join('\n'));
    // Node prints an uncaught error's own properties below its message, which says all of them already.
    Object.defineProperty(this, 'problems', { value: problems, enumerable: false });
  }
}

/** On one line, whatever names and values a user chose. */
function problemText({ path, what, value, fix }: Problem): string {
  return escaped(`${path}: ${what}${value === undefined ? '' : ` (${shortened(value)})`}. Fix: ${fix}`);
}

function shortened(value: string): string {
  return value.length > 200 ? `${value.slice(0, 200)}…` : value;
}

/** Control and direction characters as a reader can see them; the rest as it is. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character => JSON.stringify(character).length > 3
    ? JSON.stringify(character).slice(1, -1)
    : `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}
