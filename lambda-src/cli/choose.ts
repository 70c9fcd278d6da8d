import { closestName } from '../../src/expression/closest-name';

/** Names on the command line that nothing has; the message lists all of them, before anything is done. */
export class UnknownNameError extends Error {
  public readonly name = 'UnknownNameError';
}

/** The names that were asked for, each once; `all` if none was. Throws UnknownNameError. */
export function chosen(
  kind: string, asked: readonly string[] | undefined, known: readonly string[], all: readonly string[] = known,
): string[] {
  if (asked === undefined) return [...all];
  const problems = [...new Set(asked)].filter(name => !known.includes(name)).map(name => {
    const closest = closestName(name, known);
    const fix = closest !== undefined ? `did you mean '${closest}'?` : known.length === 0 ? 'there is none' : `there are: ${[...known].sort().join(', ')}`;
    return `error: the pipeline has no ${kind} '${name}'; ${fix}`;
  });
  if (problems.length > 0) throw new UnknownNameError(problems.join('\n'));
  return [...new Set(asked)];
}
