import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { installPythonTools } from './install/python-tools';
import { runTool } from './install/run-tool';
import { publishAccount } from './stack/connection';

const WHO_AM_I = 'import boto3; print(boto3.client("sts").get_caller_identity()["Account"])';

/**
 * `npm run test:aws`: the deployed example, in the account and region of the current credentials. It deploys the stack `Ecommerce`,
 * plays the same rounds as on the emulator, compares the same tables with the same reader, and destroys the stack. Tables, bucket and
 * databases stay, which is part of what it shows; it says how they are called.
 */
function main(): number {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (region === undefined) {
    console.error('AWS_REGION is not set: say in which region the example shall be deployed, and give credentials as for the AWS CLI');
    return 2;
  }
  const { python } = installPythonTools();
  const account = runTool(python, ['-c', WHO_AM_I], { AWS_REGION: region, AWS_DEFAULT_REGION: region }).trim();
  console.log(`deploying the example into ${account}, ${region}`);
  publishAccount({ account, region, python, folder: mkdtempSync(path.join(tmpdir(), 'aws-')) });
  const jest = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'jest');
  const parameters = ['--config', path.join(__dirname, 'jest.config.json'), '--ci', '--maxWorkers=1', '--verbose', 'test/engines/example'];
  const { status } = spawnSync(jest, parameters, { stdio: 'inherit', env: { ...process.env, ENGINES_TIMEOUT: '3600000' } });
  return status ?? 1;
}

process.exitCode = main();
