import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder, shortHash } from './cache-folder';
import { runPersistently, runTool } from './run-tool';
import { needTools } from './system-tools';

/** The Python of an environment with these packages of PyPI. It is made anew where the Python that it came from is gone. */
export async function pythonEnvironment(packages: readonly string[]): Promise<string> {
  const install = (): Promise<string> => cachedFolder(`python-${shortHash(packages.join())}`, async folder => {
    await needTools('python3');
    await runTool('python3', ['-m', 'venv', '--clear', folder]);
    // Through Python, not through the scripts: those know the folder's first name.
    await runPersistently(path.join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  });
  const folder = await install();
  try {
    return await usable(folder);
  } catch {
    rmSync(folder, { recursive: true });
    return usable(await install());
  }
}

/** The folder in which an environment's packages are. */
export async function sitePackages(python: string): Promise<string> {
  return (await runTool(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'])).trim();
}

async function usable(folder: string): Promise<string> {
  const python = path.join(folder, 'bin', 'python');
  await runTool(python, ['-c', '']);
  return python;
}
