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

  public constructor(pipeline: string, public readonly problems: readonly Problem[]) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super([`the definition of pipeline ${pipeline} has ${count}:`, ...problems.map(problemText)].join('\n'));
  }
}

function problemText({ path, what, value, fix }: Problem): string {
  return `${path}: ${what}${value === undefined ? '' : ` (${shown(value)})`}. Fix: ${fix}`;
}

/** On one line, whatever it is, and not longer than a reader needs. */
function shown(value: string): string {
  const line = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
