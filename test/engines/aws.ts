import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AthenaClient, CreateWorkGroupCommand, DeleteWorkGroupCommand } from '@aws-sdk/client-athena';
import { installPythonTools } from './install/python-tools';
import { runTool } from './install/run-tool';
import { installSpark } from './install/spark-distribution';
import { publishAccount } from './stack/connection';

const WHO_AM_I = 'import boto3; print(boto3.client("sts").get_caller_identity()["Account"])';

/** What needs no order that AWS does not take. */
const TESTS = ['test/engines/example/', 'test/engines/one-sql/functions'];

/**
 * `npm run test:aws`: the deployed example, in the account and region of the current credentials. It deploys the stack `Ecommerce`,
 * plays the same rounds as on the emulator, compares the same tables with the same readers, and destroys the stack. Tables, bucket and
 * databases stay, which is part of what it shows; it says how they are called. It begins only where nothing has these names yet. Beside
 * that it evaluates all functions of expressions on Athena, in a workgroup of its own that keeps results itself.
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
  console.log(`deploying the example into ${account}, ${region}; exports take their time, so that credentials should hold for three hours`);
  const folder = mkdtempSync(path.join(tmpdir(), 'aws-'));
  const spark = await installSpark(python);
  const status = await withWorkgroup(region, workgroup => {
    publishAccount({ account, region, workgroup, python, spark, folder });
    const jest = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'jest');
    const parameters = ['--config', path.join(__dirname, 'jest.config.json'), '--ci', '--maxWorkers=1', '--verbose', ...TESTS];
    return spawnSync(jest, parameters, { stdio: 'inherit', env: { ...process.env, ENGINES_TIMEOUT: '7200000' } }).status;
  });
  console.log(`left in ${account}, ${region}, beside the CDK's own bootstrap stack:\n${await ask(path.join(__dirname, 'readers', 'left_behind.py'))}`);
  if (status !== 0) console.log('a stack that still stands can be destroyed: aws cloudformation delete-stack --stack-name Ecommerce');
  return status ?? 1;
}

async function withWorkgroup<T>(region: string, use: (name: string) => T): Promise<T> {
  const athena = new AthenaClient({ region });
  const Name = `cdk-medallion-analytics-test-${Date.now()}`;
  await athena.send(new CreateWorkGroupCommand({ Name, Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } } }));
  try {
    return use(Name);
  } finally {
    await athena.send(new DeleteWorkGroupCommand({ WorkGroup: Name, RecursiveDeleteOption: true }));
  }
}

main().then(code => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
