import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { deployment, isEmulated } from '../stack/connection';

const ROOT = path.join(__dirname, '..', '..', '..');
const BIN = path.join(ROOT, 'node_modules', '.bin');

export class CommandFailedError extends Error {
  public readonly name = 'CommandFailedError';
}

/** The AWS CDK's own command line. Throws CommandFailedError. */
export async function cdk(...parameters: readonly string[]): Promise<string> {
  const environment = { CDK_VALIDATION: 'false', CDK_DISABLE_VERSION_CHECK: '1', CI: '1', ...isEmulated() && { HOME: deployment().folder } };
  return run(path.join(BIN, 'cdk'), [...parameters, '--no-notices', '--no-color'], environment);
}

/** Prepares the account for the CDK, if nobody has yet: what somebody has adapted to their needs stays as it is. */
export async function bootstrap(): Promise<void> {
  const { account, region } = deployment();
  const names = await new SSMClient({}).send(new GetParametersCommand({ Names: ['/cdk-bootstrap/hnb659fds/version'] }));
  if (names.Parameters?.length === 0) await cdk('bootstrap', `aws://${account}/${region}`);
}

/** The command line of this package, as its users start it. Throws CommandFailedError. */
export async function medallion(...parameters: readonly string[]): Promise<string> {
  return run(path.join(ROOT, 'bin', 'cdk-medallion-analytics'), parameters);
}

/** What `cdk.json` would say of an app. */
export function app(file: string, output: string): string[] {
  return ['--app', `${path.join(BIN, 'tsx')} ${file}`, '--output', path.join(deployment().folder, output)];
}

async function run(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...parameters], {
      cwd: ROOT, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new CommandFailedError(`${path.basename(program)} ${parameters.join(' ')}: it says\n${stdout ?? ''}\n${stderr ?? String(error)}`);
  }
}
