import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { deployment } from '../stack/connection';

const ROOT = path.join(__dirname, '..', '..', '..');
const BIN = path.join(ROOT, 'node_modules', '.bin');

export class CdkFailedError extends Error {
  public readonly name = 'CdkFailedError';
}

/** The AWS CDK's own command line. Throws CdkFailedError with all that it said. */
export async function cdk(...parameters: readonly string[]): Promise<string> {
  const environment = { ...process.env, CDK_VALIDATION: 'false', CDK_DISABLE_VERSION_CHECK: '1', CI: '1', HOME: deployment().folder };
  try {
    const { stdout, stderr } = await promisify(execFile)(path.join(BIN, 'cdk'), [...parameters, '--no-notices', '--no-color'], {
      cwd: ROOT, env: environment, maxBuffer: 64 * 1024 * 1024,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new CdkFailedError(`cdk ${parameters.join(' ')}\n${stdout ?? ''}\n${stderr ?? String(error)}`);
  }
}

/** What `cdk.json` would say of an app. */
export function app(file: string, output: string): string[] {
  return ['--app', `${path.join(BIN, 'tsx')} ${file}`, '--output', path.join(deployment().folder, output)];
}
