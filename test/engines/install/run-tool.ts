import { spawnSync } from 'node:child_process';

export class ToolFailedError extends Error {
  public readonly name = 'ToolFailedError';
}

/** Runs a program to its end. Throws ToolFailedError with what it said. */
export function runTool(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, {
    encoding: 'utf8', env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new ToolFailedError(`${program} cannot be started (${error.message}): the engines need it on the PATH`);
  if (status !== 0) throw new ToolFailedError(`${program} ${parameters.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}
