import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';
import { runPersistently, runTool } from './run-tool';

/** A program that comes with the system, not from npm, PyPI or Maven Central. */
export type SystemTool = 'python3' | 'mvn' | 'javac' | 'tar' | 'openssl';

export class MissingToolError extends Error {
  public readonly name = 'MissingToolError';
}

const DEBIAN_PACKAGES: Readonly<Record<SystemTool, readonly string[]>> = {
  python3: ['python3', 'python3-venv'], mvn: ['maven'], javac: ['default-jdk-headless'], tar: ['tar', 'gzip'], openssl: ['openssl'],
};
/** Fails where Python is too old, or cannot make environments. */
const USABLE_PYTHON = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** Installs what is missing where that is possible: as root of a Debian. Throws MissingToolError elsewhere. */
export async function needTools(...tools: readonly SystemTool[]): Promise<void> {
  const missing = await missingOf(tools);
  if (missing.length === 0) return;
  const packages = missing.flatMap(tool => DEBIAN_PACKAGES[tool]);
  const said = `the engines need ${missing.join(', ')} on the PATH${missing.includes('python3') ? ' (Python 3.10 or later, with venv)' : ''}`;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    throw new MissingToolError(`${said}: install them (Debian: apt-get install ${packages.join(' ')})`);
  }
  console.log(`installing ${packages.join(', ')}`);
  await runPersistently('apt-get', ['update', '-qq']);
  await runPersistently('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { DEBIAN_FRONTEND: 'noninteractive' });
  const left = await missingOf(missing);
  if (left.length > 0) throw new MissingToolError(`${said}, and ${packages.join(', ')} did not bring ${left.join(', ')}`);
}

async function missingOf(tools: readonly SystemTool[]): Promise<SystemTool[]> {
  const isUsable = async (tool: SystemTool): Promise<boolean> => isOnPath(tool) && (tool !== 'python3' || await isUsablePython());
  const usable = await Promise.all(tools.map(isUsable));
  return tools.filter((_, index) => !usable[index]);
}

function isUsablePython(): Promise<boolean> {
  return runTool('python3', ['-c', USABLE_PYTHON]).then(() => true, () => false);
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some(folder => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
