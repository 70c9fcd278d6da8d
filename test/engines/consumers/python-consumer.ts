import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { pythonEnvironment, sitePackages } from '../install/python-environment';
import { runTool } from '../install/run-tool';
import { VERSIONS } from './built-library';
import { APPS, synthEnvironment, type MakeConsumer } from './consumer';

/** What a user's environment gets with the library, and what makes a wheel of it. */
const PACKAGES = [
  `aws-cdk-lib==${VERSIONS.cdk}`, `constructs==${VERSIONS.constructs}`, `jsii==${VERSIONS.jsii}`, 'publication==0.0.3',
  'setuptools==75.3.2', 'wheel==0.45.1',
];

/** `pip install` of the wheel into a new environment, which takes its dependencies from a kept one. */
export const pythonConsumer: MakeConsumer = async (library, work) => {
  const kept = await pythonEnvironment(PACKAGES);
  const folder = path.join(work, 'python');
  cpSync(path.join(APPS, 'python'), folder, { recursive: true });
  const wheels = path.join(work, 'wheels');
  await runTool(kept, ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--no-build-isolation', '--wheel-dir', wheels, library.python]);

  const environment = path.join(folder, '.venv');
  await runTool(kept, ['-m', 'venv', '--without-pip', environment]);
  const python = path.join(environment, 'bin', 'python');
  const packages = await sitePackages(python);
  mkdirSync(packages, { recursive: true });
  writeFileSync(path.join(packages, 'kept.pth'), await sitePackages(kept));
  // Without an index pip finds what the wheel asks for in the environment, or refuses it.
  const [wheel] = readdirSync(wheels);
  await runTool(kept, ['-m', 'pip', '--python', python, 'install', '--quiet', '--no-index', path.join(wheels, wheel)]);
  return { synth: (outdir, ...parameters) => runTool(python, ['app.py', ...parameters], synthEnvironment(outdir), folder) };
};
