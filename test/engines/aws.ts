import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { installPythonTools } from './install/python-tools';
import { runTool } from './install/run-tool';
import { installSpark } from './install/spark-distribution';
import { publishAccount } from './stack/connection';

const WHO_AM_I = 'import boto3; print(boto3.client("sts").get_caller_identity()["Account"])';

/**
 * `npm run test:aws`: the deployed example, in the account and region of the current credentials. It deploys the stack `Ecommerce`,
 * plays the same rounds as on the emulator, compares the same tables with the same readers, and destroys the stack. Tables, bucket and
 * databases stay, which is part of what it shows; it says how they are called. It begins only where nothing has these names yet.
 */
async function main(): Promise<number> {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (region === undefined) {
    console.error('AWS_REGION is not set: say in which region the example shall be deployed, and give credentials as for the AWS CLI');
    return 2;
  }
  const { python } = await installPythonTools();
  const environment = { AWS_REGION: region, AWS_DEFAULT_REGION: region };
  const ask = (...parameters: readonly string[]): Promise<string> => runTool(python, parameters, environment);
  const account = (await ask('-c', WHO_AM_I)).trim();
  const present = await ask(path.join(__dirname, 'readers', 'left_behind.py'));
  if (present !== '') {
    console.error(`${account}, ${region} holds something of the example already, perhaps of an earlier run; remove it first:\n${present}`);
    return 2;
  }
  console.log(`deploying the example into ${account}, ${region}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'aws-'));
  publishAccount({ account, region, python, spark: await installSpark(python), folder });
  const jest = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'jest');
  const parameters = ['--config', path.join(__dirname, 'jest.config.json'), '--ci', '--maxWorkers=1', '--verbose', 'test/engines/example'];
  const { status } = spawnSync(jest, parameters, { stdio: 'inherit', env: { ...process.env, ENGINES_TIMEOUT: '7200000' } });
  console.log(`left in ${account}, ${region}, beside the CDK's own bootstrap stack:\n${await ask(path.join(__dirname, 'readers', 'left_behind.py'))}`);
  if (status !== 0) console.log(`a stack that still stands can be destroyed: npx cdk destroy Ecommerce --app ${path.join(folder, 'cdk.out')}`);
  return status ?? 1;
}

main().then(code => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
