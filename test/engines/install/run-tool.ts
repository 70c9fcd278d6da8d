import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

export class ToolFailedError extends Error {
  public readonly name = 'ToolFailedError';
}

interface Ended {
  readonly code?: unknown;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Pauses before what downloads is tried again. */
const PAUSES_SECONDS = [5, 20, 60];

/** Runs a program to its end, in `folder` if one is given. Throws ToolFailedError with what it said. */
export async function runTool(
  program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}, folder?: string,
): Promise<string> {
  const options = { env: { ...process.env, ...environment }, cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout } = await promisify(execFile)(program, parameters, options);
    return stdout;
  } catch (error) {
    const { code, stdout, stderr, message } = error as Error & Ended;
    if (code === 'ENOENT') throw new ToolFailedError(`${program} cannot be started (${message}): the engines need it on the PATH`);
    throw new ToolFailedError(`${program} ${parameters.join(' ')} ended with ${String(code)}:\n${stdout}\n${stderr}`);
  }
}

/** As `runTool`, for what downloads: a network may fail for a while. */
export async function runPersistently(...[program, ...rest]: Parameters<typeof runTool>): Promise<string> {
  for (const pause of PAUSES_SECONDS) {
    try {
      return await runTool(program, ...rest);
    } catch (error) {
      console.log(`${program} is tried again in ${pause} s: ${String(error).slice(-500)}`);
      await setTimeout(pause * 1000);
    }
  }
  return runTool(program, ...rest);
}
